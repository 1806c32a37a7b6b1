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
        from govpub.publishing.signals import act_done, act_recorded
        from govpub.upkeep import actions, caches, endings, extensions, models

        act_recorded.connect(endings.note_ending, dispatch_uid="govpub_note_ending")
        act_recorded.connect(
            extensions.drop_when_gone, dispatch_uid="govpub_drop_when_gone"
        )
        act_recorded.connect(
            actions.close_corrections, dispatch_uid="govpub_close_corrections"
        )
        act_done.connect(caches.purge_after, dispatch_uid="govpub_purge_after")
        for table in models.TABLES:
            register_permission_policy(table, WebmasterPolicy(table))
