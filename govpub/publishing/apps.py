from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "govpub.publishing"
    label = "govpub_publishing"
    verbose_name = _("Publication procedure")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import notices, signal_handlers

        signal_handlers.connect()
        notices.connect()
