"""Into the ledger too: who was appointed to what, and how the office sets its rules."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from wagtail.log_actions import get_active_log_context

from govpub.publishing import ledger
from govpub.publishing.models import (
    Appointment,
    OfficeHoliday,
    OfficeSettings,
    ProcedureSettings,
    ProcedureStep,
)

# What decides who may do what, and by which rules; each row belongs to one office.
RECORDED = (
    Appointment,
    OfficeHoliday,
    OfficeSettings,
    ProcedureSettings,
    ProcedureStep,
)


def connect() -> None:
    for model in RECORDED:
        uid = f"govpub_record_{model._meta.model_name}"
        post_save.connect(_record_saved, sender=model, dispatch_uid=f"{uid}_saved")
        post_delete.connect(
            _record_deleted, sender=model, dispatch_uid=f"{uid}_deleted"
        )


def _record_saved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    # A dump that is restored brings its own ledger.
    if not kwargs.get("raw"):
        _append(instance, "saved")


def _record_deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    _append(instance, "deleted")


def _append(row: Any, what: str) -> None:
    """Record the row as it is now, and the account that did it, where one is known."""
    user = get_active_log_context().user
    ledger.append(
        row.site,
        f"{row._meta.model_name}.{what}",
        {"account": user.get_username() if user else "", "row": _values(row)},
    )


def _values(row: Any) -> dict[str, str]:
    """Every field in words, so that the record says the same for ever."""
    return {
        field.name: str(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if getattr(row, field.attname) is not None
    }
