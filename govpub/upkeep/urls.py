from __future__ import annotations

from django.urls import path

from govpub.upkeep import public, views

app_name = "govpub_upkeep"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("archive/", public.archive, name="archive"),
    path("archive/<int:year>/", public.archive, name="archive_year"),
]
