"""Alphabetical order as in a Thai dictionary: ก ข ค ... ฮ, vowels after consonants."""

from __future__ import annotations

import re

from .digits import to_arabic_digits
from .text import searchable

# เ แ โ ใ ไ are written before the consonant they follow in sound and in sorting.
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
# Maitaikhu, the tone marks and thanthakhat decide only between words otherwise alike.
_MARK = re.compile("[\u0e47-\u0e4c]")


def collation_key(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """``sorted(names, key=collation_key)``; digits first, of either set; then Latin."""
    plain = to_arabic_digits(searchable(text))
    letters = _LEADING_VOWEL.sub(r"\2\1", _MARK.sub("", plain))
    marks = ((found.start(), found.group()) for found in _MARK.finditer(plain))
    # A mark further along comes first: the word without a mark here is the smaller.
    return letters, tuple((-place, mark) for place, mark in marks)
