"""What of a text can be put on paper: the characters the font has, and where to break.

Nothing is left out silently: what the font cannot show is printed as a square.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

SQUARE = "□"
# The characters of Sarabun, regular and bold, as pairs of first and last; the test of
# this module compares them with the font files.
# fmt: off
SARABUN = (
    0x20, 0x7E, 0xA0, 0x17E, 0x18F, 0x18F, 0x192, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0,
    0x1CD, 0x1DC, 0x1E6, 0x1E7, 0x1FA, 0x1FF, 0x218, 0x21B, 0x237, 0x237, 0x251, 0x251,
    0x259, 0x259, 0x2BB, 0x2BC, 0x2BE, 0x2BF, 0x2C6, 0x2CC, 0x2D8, 0x2DD, 0x300, 0x304,
    0x306, 0x30C, 0x31B, 0x31B, 0x323, 0x324, 0x326, 0x328, 0x32E, 0x32E, 0x331, 0x331,
    0x394, 0x394, 0x3A9, 0x3A9, 0x3BC, 0x3BC, 0x3C0, 0x3C0, 0xE01, 0xE3A, 0xE3F, 0xE5B,
    0x1E0C, 0x1E0F, 0x1E20, 0x1E21, 0x1E24, 0x1E25, 0x1E2A, 0x1E2B, 0x1E36, 0x1E3B,
    0x1E42, 0x1E49, 0x1E5A, 0x1E63, 0x1E6C, 0x1E6F, 0x1E80, 0x1E85, 0x1E8E, 0x1E8F,
    0x1E92, 0x1E93, 0x1E97, 0x1E97, 0x1E9E, 0x1E9E, 0x1EA0, 0x1EF9, 0x2007, 0x2007,
    0x2010, 0x2010, 0x2012, 0x2015, 0x2018, 0x201A, 0x201C, 0x201E, 0x2020, 0x2022,
    0x2026, 0x2026, 0x2030, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x2044,
    0x2070, 0x2070, 0x2074, 0x2079, 0x207D, 0x2089, 0x208D, 0x208E, 0x20A1, 0x20A1,
    0x20A4, 0x20A4, 0x20A6, 0x20A7, 0x20AB, 0x20AC, 0x20B1, 0x20B2, 0x20B5, 0x20B5,
    0x20B9, 0x20BA, 0x20BD, 0x20BD, 0x210A, 0x210A, 0x2113, 0x2113, 0x2117, 0x2117,
    0x2120, 0x2120, 0x2122, 0x2122, 0x212E, 0x212E, 0x2153, 0x2154, 0x215B, 0x215E,
    0x2190, 0x2193, 0x2202, 0x2202, 0x2206, 0x2206, 0x220F, 0x220F, 0x2211, 0x2212,
    0x2215, 0x2215, 0x2219, 0x221A, 0x221E, 0x221E, 0x222B, 0x222B, 0x2248, 0x2248,
    0x2260, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A0, 0x25B2, 0x25B3, 0x25B6, 0x25B7,
    0x25BC, 0x25BD, 0x25C0, 0x25C1, 0x25C6, 0x25C6, 0x25CA, 0x25CA, 0xFB01, 0xFB02,
)
# fmt: on
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# A long run that nothing breaks would leave its box: letters without a space, which an
# address parts behind its punctuation, or one Thai letter again and again.
_LONG_RUN = re.compile("[^\\s\u200b\u0e00-\u0e7f]{61,}")
_AFTER_PUNCTUATION = re.compile(r"(?<=[/?&=._\-,;:%+])(?=\w)")
_SAME_AGAIN = re.compile("([\u0e01-\u0e5b])\\1{29,}")


def printable(value: Any) -> Any:
    """Plain data with every text in it made fit for paper; numbers stay numbers."""
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, Mapping):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value


def printable_text(text: str) -> str:
    """The text in characters the font has; line ends as ``\\n``, others as a square."""
    text = unicodedata.normalize("NFC", _NEWLINES.sub("\n", text))
    text = "".join(map(_shown, text.replace("\t", " ")))
    return _SAME_AGAIN.sub(_with_breaks, _LONG_RUN.sub(_with_breaks, text))


def _shown(char: str) -> str:
    if char == "\n" or char == "\u2060" or _in_font(char):
        return char
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cf", "Cn") or "\ufe00" <= char <= "\ufe0f":
        return ""
    return " " if kind[0] == "Z" else SQUARE


def _in_font(char: str) -> bool:
    place = bisect_right(SARABUN, ord(char))
    return place % 2 == 1 or (place > 0 and SARABUN[place - 1] == ord(char))


def _with_breaks(match: re.Match[str]) -> str:
    return "\u200b".join(
        piece[start : start + 30]
        for piece in _AFTER_PUNCTUATION.split(match.group())
        for start in range(0, len(piece), 30)
    )
