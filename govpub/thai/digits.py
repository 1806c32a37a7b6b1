"""Thai numerals and Arabic numerals, one for one."""

from __future__ import annotations

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

_TO_THAI = str.maketrans(ARABIC, THAI)
_TO_ARABIC = str.maketrans(THAI, ARABIC)


def to_thai_digits(value: object) -> str:
    """``2567`` -> ``๒๕๖๗``; everything that is not a digit stays as it is."""
    return str(value).translate(_TO_THAI)


def to_arabic_digits(value: object) -> str:
    """``๒๕๖๗`` -> ``2567``; everything that is not a digit stays as it is."""
    return str(value).translate(_TO_ARABIC)
