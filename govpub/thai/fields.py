"""Form fields that read what Thai people type, and say why when they cannot."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone

from .digits import to_arabic_digits
from .reading import parse_date, parse_datetime
from .text import is_blank, normalise


class ThaiDateField(forms.DateField):
    """A date in either era and either digit set; a refusal gives its reason."""

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return parse_date(value)
        except ValueError as reason:
            raise ValidationError(str(reason), code="invalid") from reason


class ThaiDateTimeField(forms.DateTimeField):
    """A date as above and a time, on the user's clock."""

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return from_current_timezone(parse_datetime(value))
        except ValueError as reason:
            raise ValidationError(str(reason), code="invalid") from reason


class ThaiTimeField(forms.TimeField):
    """``08:30``, ``8.30 น.``, ``๘.๓๐``."""

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = to_arabic_digits(value).strip().removesuffix("น.").strip()
            value = value.replace(".", ":")
        return super().to_python(value)


class ThaiCharField(forms.CharField):
    """Text as it should have been typed; text that shows nothing counts as empty."""

    def to_python(self, value: Any) -> Any:
        # What no keyboard sends is left for Django to refuse.
        if isinstance(value, str) and "\0" not in value:
            value = "" if is_blank(value) else normalise(value)
        return super().to_python(value)


class ThaiDigits:
    """A number field that takes ๑๒๓ as well as 123; browsers' own fields do not."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = to_arabic_digits(value)
        return super().to_python(value)  # type: ignore[misc]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        keyboard = {"inputmode": "decimal"}
        return keyboard | super().widget_attrs(widget)  # type: ignore[misc]


class ThaiIntegerField(ThaiDigits, forms.IntegerField):
    """``๕`` is 5."""


class ThaiDecimalField(ThaiDigits, forms.DecimalField):
    """``๔.๕๑`` is 4.51."""


class ThaiFloatField(ThaiDigits, forms.FloatField):
    """``๑๓.๗๕`` is 13.75."""
