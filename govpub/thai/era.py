"""The Buddhist Era, the names of the months, and which language is being spoken."""

from __future__ import annotations

from django.utils.translation import get_language

# Since 1941 the Thai year begins on 1 January, 543 years ahead of the common era.
BE_OFFSET = 543

THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
THAI_MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH_MONTHS_SHORT = tuple(name[:3] for name in ENGLISH_MONTHS)


def to_be(year: int) -> int:
    """2024 -> 2567."""
    return year + BE_OFFSET


def to_ce(year: int) -> int:
    """2567 -> 2024."""
    return year - BE_OFFSET


def speaks_thai(language: str | None = None) -> bool:
    """Whether ``language`` (by default the one now active) is Thai."""
    return (language or get_language() or "").split("-")[0] == "th"


def shown_year(year: int, language: str | None = None) -> int:
    """A common-era year as people of that language count it."""
    return to_be(year) if speaks_thai(language) else year
