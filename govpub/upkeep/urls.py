from __future__ import annotations

from django.urls import path

from govpub.upkeep import views

app_name = "govpub_upkeep"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
