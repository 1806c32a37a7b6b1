"""Dates as people of a Thai office read them; ``None`` is shown as nothing.

Thai readers see the Buddhist Era, others the common era. What is stored stays ISO.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .digits import to_thai_digits
from .era import (
    BE_OFFSET,
    ENGLISH_MONTHS,
    ENGLISH_MONTHS_SHORT,
    THAI_MONTHS,
    THAI_MONTHS_SHORT,
    shown_year,
    speaks_thai,
    to_be,
    to_ce,
)
from .fiscal import FiscalYear, Quarter
from .reading import parse_date, parse_datetime

__all__ = [
    "BE_OFFSET",
    "FiscalYear",
    "Quarter",
    "parse_date",
    "parse_datetime",
    "relative_time",
    "thai_date",
    "thai_datetime",
    "to_be",
    "to_ce",
]

BANGKOK = ZoneInfo("Asia/Bangkok")
Style = Literal["long", "short", "numeric"]
Digits = Literal["arabic", "thai"]


def thai_date(
    day: date | None,
    style: Style = "long",
    digits: Digits = "arabic",
    *,
    era: bool = False,
    language: str | None = None,
) -> str:
    """``9 ธันวาคม 2563``; with ``era``, ``9 ธันวาคม พ.ศ. 2563``; ``9 December 2020``.

    ``short`` is ``9 ธ.ค. 2563``, ``numeric`` is ``09/12/2563``. A datetime counts as
    its day in Bangkok. Thai digits are for Thai only.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = _on_bangkok_clock(day)
    thai = speaks_thai(language)
    year = str(shown_year(day.year, language))
    if style == "numeric":
        text = f"{day:%d/%m}/{year}"
    else:
        mark = "พ.ศ. " if era and thai else ""
        text = f"{day.day} {_month_names(style, thai)[day.month - 1]} {mark}{year}"
    return to_thai_digits(text) if thai and digits == "thai" else text


def thai_datetime(
    moment: datetime | None,
    style: Style = "long",
    digits: Digits = "arabic",
    *,
    era: bool = False,
    language: str | None = None,
) -> str:
    """``9 ธันวาคม 2563 เวลา 14:05 น.``, Bangkok time; ``9 December 2020, 14:05``."""
    if moment is None:
        return ""
    moment = _on_bangkok_clock(moment)
    day = thai_date(moment, style, digits, era=era, language=language)
    if not speaks_thai(language):
        return f"{day}, {moment:%H:%M}"
    word = " เวลา " if style == "long" else " "
    clock = f"{moment:%H:%M} น."
    return day + word + (to_thai_digits(clock) if digits == "thai" else clock)


def relative_time(moment: datetime, now: datetime | None = None) -> str:
    """``5 นาทีที่แล้ว``, ``อีก 3 วัน``: how far ``moment`` is from ``now``, roughly."""
    gap = moment - (now or timezone.now())
    if abs(gap) < timedelta(minutes=1):
        return _("just now")
    words = _in_words(abs(gap))
    return (_("in %(time)s") if gap > timedelta() else _("%(time)s ago")) % {
        "time": words
    }


def _in_words(gap: timedelta) -> str:
    minutes, days = int(gap.total_seconds() // 60), gap.days
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if days < 1:
        hours = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if days < 30:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 365:
        months = days // 30
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _month_names(style: Style, thai: bool) -> tuple[str, ...]:
    if style == "short":
        return THAI_MONTHS_SHORT if thai else ENGLISH_MONTHS_SHORT
    return THAI_MONTHS if thai else ENGLISH_MONTHS


def _on_bangkok_clock(moment: datetime) -> datetime:
    """An aware moment moved to Bangkok; a naive one is taken to be there already."""
    return moment.astimezone(BANGKOK) if timezone.is_aware(moment) else moment
