"""Words of the demo's texts that depend on the day on which the demo is made.

``{office}`` and ``{head}`` are names, ``{fy}`` is this fiscal year and ``{fy:-1}`` the
last one, ``{day:-12}`` the date twelve days ago, ``{month:-1}`` the month before this.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from govpub.thai.dates import FiscalYear, thai_date
from home.demo.office import HEAD_TITLE, NAME


class _Year:
    def __format__(self, offset: str) -> str:
        return str(FiscalYear.current().be + int(offset or 0))


class _Day:
    def __format__(self, offset: str) -> str:
        day = timezone.localdate() + timedelta(days=int(offset or 0))
        return thai_date(day, language="th")


class _Month:
    def __format__(self, offset: str) -> str:
        day = timezone.localdate().replace(day=1)
        for _month in range(-int(offset or 0)):
            day = (day - timedelta(days=1)).replace(day=1)
        return thai_date(day, language="th").partition(" ")[2]


_WORDS = {
    "office": NAME,
    "head": HEAD_TITLE,
    "fy": _Year(),
    "day": _Day(),
    "month": _Month(),
}


def fill(text: str) -> str:
    """``text`` with today's words in the place of the braces."""
    return text.format_map(_WORDS)
