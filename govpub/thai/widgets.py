"""Wagtail's date pickers in the Buddhist Era; in English they count the common era."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.admin.widgets.datetime import (
    AdminDateInputAdapter,
    AdminDateTimeInputAdapter,
)

from .dates import thai_date
from .era import BE_OFFSET, speaks_thai
from .reading import parse_date, parse_datetime


class BuddhistEra:
    """Shows day/month/Buddhist year, hands on ISO, leaves alone what it cannot read."""

    picker_format: ClassVar[str]

    def get_config(self) -> dict[str, Any]:
        """The picker's options. It must never rewrite on blur what somebody typed."""
        config = {**super().get_config(), "validateOnBlur": False}  # type: ignore[misc]
        if speaks_thai():
            config |= {"format": self.picker_format, "yearOffset": BE_OFFSET}
        return config

    @property
    def media(self) -> forms.Media:
        script = versioned_static("govpub/js/buddhist-era.js")
        return super().media + forms.Media(js=[script])  # type: ignore[misc]

    def format_value(self, value: Any) -> str | None:
        if not speaks_thai():
            return super().format_value(value)  # type: ignore[misc]
        if isinstance(value, str):
            try:
                value = self.parse(value)
            except ValueError:
                return value
        return self.shown(value) if value else None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        try:
            return self.parse(typed).isoformat() if typed else typed
        except ValueError:
            return typed

    def parse(self, typed: str) -> date:
        return parse_date(typed)

    def shown(self, value: Any) -> str:
        return thai_date(value, "numeric")


class BuddhistDateInput(BuddhistEra, AdminDateInput):
    """``29/02/2567``."""

    picker_format = "d/m/Y"


class BuddhistDateTimeInput(BuddhistEra, AdminDateTimeInput):
    """``29/02/2567 14:05``, on the user's clock."""

    picker_format = "d/m/Y H:i"

    def parse(self, typed: str) -> datetime:
        return parse_datetime(typed)

    def shown(self, value: datetime) -> str:
        return f"{value:%d/%m}/{value.year + BE_OFFSET} {value:%H:%M}"


register(AdminDateInputAdapter(), BuddhistDateInput)
register(AdminDateTimeInputAdapter(), BuddhistDateTimeInput)
