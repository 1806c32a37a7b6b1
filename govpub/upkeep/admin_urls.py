"""Addresses in the admin, below ``/admin/govpub/upkeep/``."""

from __future__ import annotations

from django.urls import path

from govpub.upkeep import views

app_name = "govpub_upkeep_admin"
urlpatterns = [
    path("<int:pk>/take-down/", views.TakeDownView.as_view(), name="take_down"),
    path("<int:pk>/verify/", views.VerifyView.as_view(), name="verify"),
]
