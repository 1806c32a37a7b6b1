from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "govpub.upkeep"
    label = "govpub_upkeep"
    verbose_name = _("Upkeep of published information")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from govpub.publishing.office_tables import WebmasterPolicy
        from govpub.upkeep import models

        for table in models.TABLES:
            register_permission_policy(table, WebmasterPolicy(table))
