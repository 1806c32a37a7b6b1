from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "govpub.publishing"
    label = "govpub_publishing"
    verbose_name = _("Publication procedure")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.admin.admin_url_finder import register_admin_url_finder
        from wagtail.models import ReferenceIndex
        from wagtail.permissions import register_permission_policy

        from . import (
            apis,
            differences,
            notices,
            office_records,
            signal_handlers,
            wagtail_reports,
        )
        from .finders import RoundFileFinder
        from .models import OfficeHoliday, OutboxMail, ProcedureStep, RoundFile
        from .office_tables import WebmasterPolicy
        from .outbox_viewset import OutboxPolicy

        signal_handlers.connect()
        apis.close_all()
        notices.connect()
        office_records.connect()
        differences.connect()
        wagtail_reports.close()
        # So that Wagtail says which request a document or picture belongs to.
        ReferenceIndex.register_model(RoundFile)
        register_admin_url_finder(RoundFile, RoundFileFinder)
        register_permission_policy(OutboxMail, OutboxPolicy(OutboxMail))
        for table in (ProcedureStep, OfficeHoliday):
            register_permission_policy(table, WebmasterPolicy(table))
