"""Addresses in the admin, below ``/admin/govpub/``."""

from __future__ import annotations

from django.urls import path

from govpub.publishing import notice_views
from govpub.publishing.elsewhere import PostedElsewhereView
from govpub.publishing.views.bulk import BulkView
from govpub.publishing.views.changed import ChangedView
from govpub.publishing.views.inbox import InboxView
from govpub.publishing.views.preview import PreviewView
from govpub.publishing.views.review import ReviewView
from govpub.publishing.views.times import TimesView
from govpub.publishing.views.urgent import ConfirmView, PermitVerballyView

app_name = "govpub_publishing"
urlpatterns = [
    path("notices/", notice_views.NoticeListView.as_view(), name="notices"),
    path("notices/read/", notice_views.mark_all_read, name="notices_read"),
    path("notices/<int:pk>/", notice_views.open_notice, name="notice"),
    path("times/", TimesView.as_view(), name="times"),
    path("requests/", InboxView.as_view(), name="index"),
    path("requests/allow/", BulkView.as_view(), name="bulk"),
    path("requests/<int:pk>/", ReviewView.as_view(), name="review"),
    path("requests/<int:pk>/changed/", ChangedView.as_view(), name="changed"),
    path(
        "requests/<int:pk>/rounds/<int:number>/preview/",
        PreviewView.as_view(),
        name="preview",
    ),
    path("requests/<int:pk>/verbal/", PermitVerballyView.as_view(), name="verbal"),
    path("requests/<int:pk>/confirm/", ConfirmView.as_view(), name="confirm"),
    path(
        "requests/<int:pk>/elsewhere/", PostedElsewhereView.as_view(), name="elsewhere"
    ),
]
