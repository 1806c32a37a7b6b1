from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "govpub.evidence"
    label = "govpub_evidence"
    verbose_name = _("Evidence for assessors")
    default_auto_field = "django.db.models.BigAutoField"
