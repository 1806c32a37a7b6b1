"""One thing that happened on the site, and the line of the spool that keeps it.

A line holds no address, no user agent and no name: only what is counted.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

_MARK = "h"
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # the years 2000 to 2100
KEY_LENGTH = 300
MANY_DIGITS = re.compile(r"(?:\d[ -]?){8}")


class Event(StrEnum):
    """What happened; the letter is what the spool keeps."""

    VIEW = "v"
    DOWNLOAD = "d"
    LINK = "l"
    SEARCH = "s"
    SEARCH_IN_VAIN = "n"
    BOT = "b"
    LOST = "x"


class Hit(NamedTuple):
    """One event. ``key`` is a page's number or a path, a document's number, an address
    elsewhere or a search term; ``visitor`` 0 is somebody who asked not to be counted.
    """

    at: int
    site: int
    event: Event
    key: str = ""
    category: int = 0
    visitor: int = 0
    device: str = ""
    language: str = ""
    country: str = ""
    referrer: str = ""
    amount: int = 1


class DamagedLine(ValueError):
    """A line of the spool that was torn when a disk was full or a computer fell."""


def to_line(hit: Hit) -> bytes:
    """The line of ``hit``, complete with its line end."""
    return (
        f"{_MARK}\t{hit.at}\t{hit.site}\t{hit.event}\t{hit.key}\t{hit.category}\t"
        f"{hit.visitor:x}\t{hit.device}\t{hit.language}\t{hit.country}\t"
        f"{hit.referrer}\t{hit.amount}\n"
    ).encode()


def from_line(line: bytes) -> Hit:
    """The hit of a line without its end; ``DamagedLine`` when it is not one."""
    try:
        mark, at, site, event, key, category, visitor, *words, amount = (
            line.decode().split("\t")
        )
        device, language, country, referrer = words
        hit = Hit(
            int(at),
            int(site),
            Event(event),
            key,
            int(category),
            int(visitor, 16),
            device,
            language,
            country,
            referrer,
            int(amount),
        )
    except ValueError as error:
        raise DamagedLine from error
    if mark != _MARK or not _is_sane(hit):
        raise DamagedLine
    return hit


def _is_sane(hit: Hit) -> bool:
    words = (hit.key, hit.device, hit.language, hit.country, hit.referrer)
    return (
        _EARLIEST < hit.at < _LATEST
        and 0 <= hit.visitor < 1 << 63
        and 0 < hit.amount < 1 << 31
        and max(map(len, words)) <= KEY_LENGTH
        and "".join(words).isprintable()
    )


def one_line(text: str, length: int = KEY_LENGTH) -> str:
    """``text`` without anything that does not print, so that it fits in a line."""
    text = text[:length]
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def search_term(typed: str) -> str:
    """A search as it is counted: one spelling for one question, nothing personal.

    What looks like an e-mail address or a number of a person becomes ``…``.
    """
    text = unicodedata.normalize("NFC", one_line(typed, 200)).casefold()
    if "@" in text or MANY_DIGITS.search(text):
        return "…"
    return " ".join(text.split())[:80]
