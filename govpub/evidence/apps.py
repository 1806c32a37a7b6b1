from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "govpub.evidence"
    label = "govpub_evidence"
    verbose_name = _("Evidence for assessors")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from govpub.evidence.models import Checklist
        from govpub.publishing.models import FormWords
        from govpub.publishing.office_tables import WebmasterPolicy

        for table in (FormWords, Checklist):
            register_permission_policy(table, WebmasterPolicy(table))
