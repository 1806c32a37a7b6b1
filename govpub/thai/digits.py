"""Thai numerals and Arabic numerals, one for one."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

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


def official_digits(text: str) -> str:
    """Thai digits as on official paper; words with Latin letters keep their own.

    So addresses, codes such as ``H1N1`` and file names stay what they are.
    """
    return _WORD.sub(_unless_latin, text)


_WORD = re.compile(r"\S+")
_LATIN = re.compile("[A-Za-z@]")


def _unless_latin(match: re.Match[str]) -> str:
    word = match.group()
    return word if _LATIN.search(word) else to_thai_digits(word)


def with_arabic_digits(value: Any) -> Any:
    """The same text, list, dictionary or dataclass, with 0-9 for every Thai digit."""
    if isinstance(value, str):
        return to_arabic_digits(value)
    if isinstance(value, list | tuple):
        return type(value)(with_arabic_digits(item) for item in value)
    if isinstance(value, dict):
        return {key: with_arabic_digits(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **with_arabic_digits(parts))
    return value
