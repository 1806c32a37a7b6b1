from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from home import views

app_name = "home"
urlpatterns: list[URLPattern | URLResolver] = [
    path("policies/<slug:slug>/", views.policy, name="policy"),
    path("sitemap/", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
