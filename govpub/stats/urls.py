from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "govpub_stats"
urlpatterns: list[URLPattern | URLResolver] = [
    path("statistics/hit.gif", views.beacon, name="beacon"),
    path("statistics/data.csv", views.data_csv, name="csv"),
    path("statistics/data.json", views.data_json, name="json"),
]
