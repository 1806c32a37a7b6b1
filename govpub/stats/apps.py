from __future__ import annotations

from django.apps import AppConfig
from django.core.signals import setting_changed
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class StatsConfig(AppConfig):
    name = "govpub.stats"
    label = "govpub_stats"
    verbose_name = _("Visitor statistics")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.documents.models import document_served

        from . import collector, offices, served

        document_served.connect(served.mark_document, dispatch_uid="govpub.stats")
        setting_changed.connect(collector.reset_collector)
        for signal in (post_save, post_delete):
            signal.connect(
                offices.forget_offices,
                sender="wagtailcore.Site",
                dispatch_uid="govpub.stats.offices",
            )
