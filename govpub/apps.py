from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovpubConfig(AppConfig):
    name = "govpub"
    verbose_name = _("Publication of public information")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .thai.install import install

        install()
