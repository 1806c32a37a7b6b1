"""Hours and days of the statistics: those of Bangkok, which has no summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from govpub.thai.dates import BANGKOK

_SHIFT = 7 * 3600
_EPOCH = date(1970, 1, 1)


def hour_of(at: int) -> int:
    """Number of the hour in which the second ``at`` of the Unix clock falls."""
    return at // 3600


def day_of_hour(hour: int) -> date:
    """The day in Bangkok of an hour that ``hour_of`` numbered."""
    return _EPOCH + timedelta((hour * 3600 + _SHIFT) // 86400)


def hour_in_day(hour: int) -> int:
    """0 to 23, by the clock in Bangkok."""
    return (hour + 7) % 24


def moment_of_hour(hour: int) -> datetime:
    """The beginning of a numbered hour."""
    return datetime.fromtimestamp(hour * 3600, UTC)


def day_number(at: float) -> int:
    """A number that changes at midnight in Bangkok; cheap enough for every request."""
    return (int(at) + _SHIFT) // 86400


def day_of_number(number: int) -> date:
    return _EPOCH + timedelta(number)


def first_hour(day: date) -> datetime:
    """Midnight in Bangkok, at which ``day`` begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BANGKOK)
