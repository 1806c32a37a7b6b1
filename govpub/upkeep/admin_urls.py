"""Addresses in the admin, below ``/admin/govpub/upkeep/``."""

from __future__ import annotations

from django.urls import path

from govpub.upkeep import views
from govpub.upkeep.evidence_views import EvidenceView
from govpub.upkeep.extension_views import AskView, ExtensionView
from govpub.upkeep.takedown_views import TakeDownView

app_name = "govpub_upkeep_admin"
urlpatterns = [
    path("<int:pk>/take-down/", TakeDownView.as_view(), name="take_down"),
    path("<int:pk>/documents/", EvidenceView.as_view(), name="documents"),
    path("<int:pk>/extend/", AskView.as_view(), name="extend"),
    path("extensions/<int:pk>/", ExtensionView.as_view(), name="extension"),
    path("verify/", views.QueueView.as_view(), name="queue"),
    path("<int:pk>/verify/", views.VerifyView.as_view(), name="verify"),
]
