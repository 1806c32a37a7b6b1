from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: Decimal | None) -> str:
    """``1,500.50``: thousands apart, as many decimals as were written."""
    return "" if number is None else number_format(number, force_grouping=True)


@register.filter
def baht(amount: Decimal | None) -> str:
    """``1,500`` or ``1,500.50``: satang only where there are any; ``–`` if unknown."""
    if amount is None:
        return "–"
    places = 0 if amount == amount.to_integral_value() else 2
    return number_format(amount, places, force_grouping=True)
