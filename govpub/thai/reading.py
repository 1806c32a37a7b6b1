"""Reads dates as people type them: both eras, both digit sets, numbers or month names.

Nothing is guessed: what cannot be a date is refused with the reason.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from .digits import to_arabic_digits
from .era import (
    ENGLISH_MONTHS,
    ENGLISH_MONTHS_SHORT,
    THAI_MONTHS,
    THAI_MONTHS_SHORT,
    shown_year,
    speaks_thai,
    to_be,
    to_ce,
)
from .text import normalise

# A bare year from 2400 on is Buddhist Era, one before 2200 is common era.
FIRST_BE_YEAR = 2400
LAST_CE_YEAR = 2199
LONGEST = 60

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,3}")
_WORDS = re.compile(
    r"(?:วันที่)?\s*(?P<day>\d{1,2})\s*(?:เดือน)?\s*(?P<name>[^\d\s].*?)\s*"
    r"(?P<era>พ\.?\s*ศ\.?|ค\.?\s*ศ\.?|B\.?E\.?|A\.?D\.?|C\.?E\.?)?\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<date>.*?)(?:\s+|T|,)(?:\s*เวลา)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?:น\.?)?"
)


def _key(name: str) -> str:
    return re.sub(r"[.\s]", "", name).casefold()


_MONTHS = {
    _key(name): number
    for names in (THAI_MONTHS, THAI_MONTHS_SHORT, ENGLISH_MONTHS, ENGLISH_MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
} | {
    # "กุมภา", "มีนา": the month without the ending that tells its length.
    re.sub("(คม|ยน|พันธ์)$", "", name): number
    for number, name in enumerate(THAI_MONTHS, start=1)
}


def parse_date(text: str) -> date:
    """``29 ก.พ. 2567``, ``๒๙/๒/๒๕๖๗``, ``2567-02-29``, ``2024-02-29`` -> the date.

    Raises ``ValueError`` with a reason in the reader's language.
    """
    typed = _typed(text)
    if found := _YEAR_FIRST.fullmatch(typed) or _DAY_FIRST.fullmatch(typed):
        return _date(_year(found["year"]), int(found["month"]), int(found["day"]))
    if (found := _WORDS.fullmatch(typed)) and _key(found["name"]) in _MONTHS:
        year = _year(found["year"], found["era"])
        return _date(year, _MONTHS[_key(found["name"])], int(found["day"]))
    if _SHORT_YEAR.fullmatch(typed):
        raise ValueError(_("Write the year with four digits."))
    raise ValueError(_not_a_date(text))


def parse_datetime(text: str) -> datetime:
    """A date as ``parse_date`` reads it, then a time; midnight when there is none."""
    found = _TIME.fullmatch(_typed(text))
    if not found:
        return datetime.combine(parse_date(text), time())
    day = parse_date(found["date"].rstrip(", "))
    hour, minute, second = (
        int(found[name] or 0) for name in ("hour", "minute", "second")
    )
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(_("The time must be between 00:00 and 23:59."))
    return datetime.combine(day, time(hour, minute, second))


def _typed(text: str) -> str:
    """What was typed, in Arabic digits; a novel is refused before it is searched."""
    if len(text) > LONGEST:
        raise ValueError(_not_a_date(text))
    typed = to_arabic_digits(normalise(text)).strip()
    if not typed:
        raise ValueError(_("Enter a date."))
    return typed


def _not_a_date(text: str) -> str:
    return _("“%(text)s” is not a date. Write it like %(example)s.") % {
        "text": text.strip()[:LONGEST],
        "example": "29/2/2567" if speaks_thai() else "29/2/2024",
    }


def _year(digits: str, era: str | None = None) -> int:
    """The common-era year, by the era written or, without one, by its size."""
    year = int(digits)
    if era:
        return to_ce(year) if _key(era) in ("พศ", "be") else year
    if LAST_CE_YEAR < year < FIRST_BE_YEAR:
        raise ValueError(_("Write the era with the year %(year)s.") % {"year": digits})
    return to_ce(year) if year >= FIRST_BE_YEAR else year


def _date(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(_("There is no month %(month)s.") % {"month": month})
    if not 1 <= year <= 9999:
        raise ValueError(_("There is no year %(year)s.") % {"year": to_be(year)})
    if year > LAST_CE_YEAR:  # read again, it would be taken for a Buddhist year
        far = _("The year %(year)s is too far away.")
        raise ValueError(far % {"year": to_be(year)})
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(_no_such_day(year, month, day))
    return date(year, month, day)


def _no_such_day(year: int, month: int, day: int) -> str:
    months = THAI_MONTHS if speaks_thai() else ENGLISH_MONTHS
    return _("There is no %(day)s %(month)s in %(year)s.") % {
        "day": day,
        "month": months[month - 1],
        "year": shown_year(year),
    }
