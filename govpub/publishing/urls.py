"""Addresses in the admin, below ``/admin/govpub/``."""

from __future__ import annotations

from django.urls import path

from govpub.publishing import views
from govpub.publishing.elsewhere import PostedElsewhereView

app_name = "govpub_publishing"
urlpatterns = [
    path("requests/", views.RequestListView.as_view(), name="index"),
    path("requests/<int:pk>/", views.ReviewView.as_view(), name="review"),
    path(
        "requests/<int:pk>/elsewhere/", PostedElsewhereView.as_view(), name="elsewhere"
    ),
]
