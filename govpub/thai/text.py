"""Repairs what Thai keyboards, word processors and PDF copies do to Thai text."""

from __future__ import annotations

import re
import unicodedata

SARA_AA, SARA_AM, NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
TONES = "\u0e48\u0e49\u0e4a\u0e4b"
THANTHAKHAT = "\u0e4c"
# Signs written above or below a consonant.
_SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_CLUSTER = re.compile(f"[{_SIGNS}{SARA_AA}{SARA_AM}]{{2,}}")
_DOUBLE_SARA_E = re.compile("\u0e40\u0e40")
# Never seen and never needed: zero-width space, byte order mark, control characters.
_NEVER = re.compile("[\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Soft hyphen and (non-)joiners mean something in other scripts, nothing beside Thai.
_BESIDE_THAI = re.compile(
    "(?<=[\u0e01-\u0e5b])[\u00ad\u200c\u200d]+|[\u00ad\u200c\u200d]+(?=[\u0e01-\u0e5b])"
)
# Letters, marks and symbols that show nothing at all.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, range(0x180B, 0x1810)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)


def normalise(text: str) -> str:
    """The same text as it should have been typed; doing it twice changes nothing more.

    Composes (NFC), joins a split sara am, puts vowel, tone mark and sara am in their
    order, drops doubled marks and characters without meaning, writes แ for เเ.
    """
    text = unicodedata.normalize("NFC", _BESIDE_THAI.sub("", _NEVER.sub("", text)))
    text = _DOUBLE_SARA_E.sub("\u0e41", _CLUSTER.sub(_in_order, text))
    return unicodedata.normalize("NFC", text)


def searchable(text: str) -> str:
    """``normalise`` for comparing: also without any character that is not seen."""
    visible = (c for c in text if unicodedata.category(c) != "Cf")
    return normalise("".join(visible)).casefold()


def is_blank(text: str | None) -> bool:
    """True when a reader would see nothing: spaces, zero-width, filler or control."""
    return all(
        unicodedata.category(char)[0] in "ZC" or char in _INVISIBLE
        for char in text or ""
    )


def _in_order(match: re.Match[str]) -> str:
    run = match.group()
    signs = dict.fromkeys(char for char in run if char not in SARA_AA + SARA_AM)
    tail = [char for char in run if char in SARA_AA + SARA_AM]
    if tail and NIKHAHIT in signs:
        del signs[NIKHAHIT]
        tail[0] = SARA_AM
    return "".join([*sorted(signs, key=_rank), *tail])


def _rank(sign: str) -> int:
    """Vowels first, then the tone mark, then what silences the letter."""
    if sign in TONES:
        return 1
    return 2 if sign == THANTHAKHAT else 0
