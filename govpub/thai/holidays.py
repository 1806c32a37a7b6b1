"""Days on which Thai government offices are closed, from the ``holidays`` library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> dict[date, str]:
    found = holidays.country_holidays(
        "TH", years=year, language="th", categories=("public", "government")
    )
    return dict(found.items())


def holiday_name(day: date) -> str:
    """Thai name of the holiday; empty on other days.

    Special holidays that the cabinet adds are known only after the library was
    updated; until then the office writes them into its own list.
    """
    return _holidays_of(day.year).get(day, "")
