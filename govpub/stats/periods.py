"""Periods of days that people ask for, and the ones before to compare with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.thai.dates import FiscalYear, parse_date, thai_date

ONE_DAY = timedelta(days=1)
LONGEST = 366 * 50
DAYS_IN_A_CHART = 92


class BadPeriod(ValueError):
    """What was asked for is no period; the message says why, for the reader."""


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if self.first == self.last:
            return thai_date(self.first)
        return _("%(first)s to %(last)s") % {
            "first": thai_date(self.first),
            "last": thai_date(self.last),
        }

    @property
    def before(self) -> Period:
        """As many days, just before this period; whole months before whole months."""
        last = self.first - ONE_DAY
        if self.is_whole_months:
            months = sum(1 for _month in self.months())
            return Period(months_later(self.first, -months), last)
        return Period(last - timedelta(len(self) - 1), last)

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + ONE_DAY).day == 1

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(number) for number in range(len(self)))

    def months(self) -> Iterator[date]:
        """The first day of every month that this period touches."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = months_later(month, 1)

    def whole_months(self) -> Period | None:
        """The part that is made of whole months."""
        first = self.first
        if first.day != 1:
            first = months_later(first.replace(day=1), 1)
        last = (self.last + ONE_DAY).replace(day=1) - ONE_DAY
        return Period(first, last) if first < last else None


def months_later(month: date, number: int) -> date:
    """The first day of the month that many months later, or before."""
    index = month.year * 12 + month.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)


def month_of(day: date) -> Period:
    """The whole calendar month of ``day``."""
    first = day.replace(day=1)
    return Period(first, months_later(first, 1) - ONE_DAY)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(days=6))


def fiscal_year(year: FiscalYear) -> Period:
    return Period(year.start, year.end)


def last_days(number: int) -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(number - 1), today)


def asked_for(query: Mapping[str, str]) -> Period:
    """The period of ``?from=...&to=...``, in either era; ``BadPeriod`` if it is none.

    Without a question, the last thirty days.
    """
    first, last = query.get("from", "").strip(), query.get("to", "").strip()
    if not first and not last:
        return last_days(30)
    try:
        end = parse_date(last) if last else timezone.localdate()
        start = parse_date(first) if first else end - timedelta(29)
    except (ValueError, OverflowError) as error:
        raise BadPeriod(str(error)) from error
    if start > end:
        raise BadPeriod(_("The first day is after the last day."))
    if (end - start).days >= LONGEST or start.year < 1900:
        raise BadPeriod(_("The period is too long."))
    return Period(start, end)
