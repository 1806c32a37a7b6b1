"""The steps of a manual: how long they take together, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext

from govpub.categories.enums import TimeUnit

MINUTES_PER_HOUR = 60


def time_in_words(amounts: Iterable[tuple[Decimal | None, str]]) -> str:
    """``5 days, 3 working days, 1 hour 20 minutes``: times added up, kind by kind.

    Hours and minutes are one kind. Days and working days are not added to each other,
    for how many days a working day is depends on when one begins.
    """
    sums = dict.fromkeys(TimeUnit.values, Decimal(0))
    for amount, unit in amounts:
        if amount is not None and unit in sums:
            sums[unit] += amount
    minutes = sums[TimeUnit.HOUR] * MINUTES_PER_HOUR + sums[TimeUnit.MINUTE]
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    parts = (
        (_days, sums[TimeUnit.DAY]),
        (_working_days, sums[TimeUnit.WORKING_DAY]),
        (_hours, hours),
        (_minutes, rest),
    )
    return " ".join(words(number) for words, number in parts if number)


def total_time(steps: Iterable[Any]) -> str:
    """The time of all steps together, in words; empty if none has any."""
    return time_in_words((step["time"], step["unit"]) for step in steps)


def total_fee(steps: Iterable[Any]) -> Decimal | None:
    """The fees of all steps together; ``None`` if no step states one."""
    fees = [step["fee"] for step in steps if step["fee"] is not None]
    return sum(fees, Decimal(0)) if fees else None


def _days(number: Decimal) -> str:
    return ngettext("%(n)s day", "%(n)s days", _plural(number)) % {"n": _plain(number)}


def _working_days(number: Decimal) -> str:
    words = ngettext("%(n)s working day", "%(n)s working days", _plural(number))
    return words % {"n": _plain(number)}


def _hours(number: Decimal) -> str:
    words = ngettext("%(n)s hour", "%(n)s hours", _plural(number))
    return words % {"n": _plain(number)}


def _minutes(number: Decimal) -> str:
    words = ngettext("%(n)s minute", "%(n)s minutes", _plural(number))
    return words % {"n": _plain(number)}


def _plural(number: Decimal) -> int:
    return 1 if number == 1 else 2


def _plain(number: Decimal) -> str:
    """Without the nought behind the point: 30, not 30.0."""
    whole = number == number.to_integral_value()
    return number_format(number, 0 if whole else 1)
