from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: Decimal | None) -> str:
    """``1,500.50``: thousands apart, as many decimals as were written."""
    return "" if number is None else number_format(number, force_grouping=True)
