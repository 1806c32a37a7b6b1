"""The filters of Wagtail's listings and reports, in both eras and both digit sets.

Wagtail has no hook for their fields; they are exchanged where they were declared.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField, RangeField

from wagtail.admin import filters
from wagtail.admin.views.reports.aging_pages import AgingPagesReportFilterSet

from .digits import to_arabic_digits
from .fields import ThaiDateField, ThaiDateTimeField, ThaiDecimalField
from .widgets import BuddhistDateInput


class ThaiDateRangeField(DateRangeField):
    """From a day to a day; each is read, or refused, as ``ThaiDateField`` does."""

    def __init__(self, *args: Any, **options: Any) -> None:
        RangeField.__init__(self, (ThaiDateField(), ThaiDateField()), *args, **options)


class NumberRangeWidget(filters.NumberRangeWidget):
    """The least and the most, in either digits; ``type=number`` takes 123 only."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        digits = {"inputmode": "numeric"}
        widgets = (
            forms.TextInput(attrs={"placeholder": _("Minimum"), **digits}),
            forms.TextInput(attrs={"placeholder": _("Maximum"), **digits}),
        )
        super(filters.NumberRangeWidget, self).__init__(widgets, attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        typed = super().value_from_datadict(data, files, name)
        return [text and to_arabic_digits(text) for text in typed]


def install() -> None:
    """Called when the apps are ready."""
    filters.AdminDateInput = BuddhistDateInput
    django_filters.DateFromToRangeFilter.field_class = ThaiDateRangeField
    django_filters.NumberFilter.field_class = ThaiDecimalField
    aging = AgingPagesReportFilterSet.base_filters["last_published_at"]
    aging.field_class = ThaiDateTimeField
    aging.extra["widget"] = BuddhistDateInput
    usage = filters.BaseMediaFilterSet.base_filters["usage_count"]
    usage.extra["widget"] = NumberRangeWidget()
