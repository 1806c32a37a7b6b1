from __future__ import annotations

from decimal import Decimal

from django import template
from django.template import Context
from django.utils.formats import number_format

from govpub.categories.clauses import ClauseEntry, clause_index
from govpub.categories.office import office_of

register = template.Library()


@register.simple_tag(takes_context=True)
def clause_counts(context: Context) -> list[ClauseEntry]:
    """Every clause of the Official Information Act with what is open under it."""
    return clause_index(office_of(context["request"]))


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


@register.filter
def is_number(cell: object) -> bool:
    """Whether a cell of a table holds a number."""
    return isinstance(cell, Decimal | int | float)
