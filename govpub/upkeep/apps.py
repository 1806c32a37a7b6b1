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

        from govpub.upkeep import models
        from govpub.upkeep.permissions import WebmasterPolicy

        for table in models.TABLES:
            register_permission_policy(table, WebmasterPolicy(table))
