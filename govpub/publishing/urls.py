"""Addresses in the admin, below ``/admin/govpub/``."""

from __future__ import annotations

from django.urls import path

from govpub.publishing import notice_views, views
from govpub.publishing.elsewhere import PostedElsewhereView

app_name = "govpub_publishing"
urlpatterns = [
    path("notices/", notice_views.NoticeListView.as_view(), name="notices"),
    path("notices/read/", notice_views.mark_all_read, name="notices_read"),
    path("notices/<int:pk>/", notice_views.open_notice, name="notice"),
    path("requests/", views.RequestListView.as_view(), name="index"),
    path("requests/<int:pk>/", views.ReviewView.as_view(), name="review"),
    path(
        "requests/<int:pk>/elsewhere/", PostedElsewhereView.as_view(), name="elsewhere"
    ),
]
