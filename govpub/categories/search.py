"""Finding words inside unspaced Thai text, whichever digits it was written with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Page

from govpub.publishing.models import PublicationQuerySet
from govpub.thai.digits import ARABIC, THAI, to_arabic_digits
from govpub.thai.text import searchable

MAX_LENGTH = 200
MAX_TERMS = 8
_QUOTES = re.compile("[\"'“”‘’«»]")


@dataclass(frozen=True)
class Hit:
    """One result as it is shown: the item, its topic and a passage, words marked."""

    item: Page
    title: SafeString
    excerpt: SafeString

    @classmethod
    def of(cls, item: Page, words: list[str]) -> Hit:
        return cls(item, highlighted(item.title, words), excerpt(item.prose, words))


def folded(text: str) -> str:
    """A text as it is compared: normalised, caseless, Arabic digits, single spaces."""
    return " ".join(to_arabic_digits(searchable(text)).split())


def terms(query: str) -> list[str]:
    """The words a reader typed, ready to be looked for; never an error."""
    words = _QUOTES.sub(" ", folded(query[:MAX_LENGTH])).split()
    return list(dict.fromkeys(words))[:MAX_TERMS]


def containing(items: PublicationQuerySet, words: list[str]) -> PublicationQuerySet:
    """Those items in whose topic or text all the words occur; all if there are none."""
    if not words:
        return items
    return items.filter(_all_in("search_text__text", words))


def ranked(items: PublicationQuerySet, words: list[str]) -> PublicationQuerySet:
    """``containing``, with the words in the topic first, then the newest."""
    in_topic = Case(
        When(_all_in("search_text__title", words), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return containing(items, words).order_by(in_topic, "-last_published_at", "-pk")


def _all_in(field: str, words: list[str]) -> Q:
    return reduce(and_, (Q(**{f"{field}__contains": word}) for word in words))


def highlighted(text: str, words: list[str]) -> SafeString:
    """``text`` as HTML, with what was found in ``<mark>``."""
    if not words:
        return conditional_escape(text)
    parts = _pattern(words).split(text)
    return mark_safe(  # noqa: S308
        "".join(
            format_html("<mark>{}</mark>", part)
            if index % 2
            else conditional_escape(part)
            for index, part in enumerate(parts)
        )
    )


def excerpt(text: str, words: list[str], length: int = 220) -> SafeString:
    """The passage round the first word that was found, with the words marked."""
    text = " ".join(text.split())
    found = _pattern(words).search(text) if words else None
    start = _not_inside_a_letter(
        text, max(0, found.start() - length // 3 if found else 0)
    )
    end = _not_inside_a_letter(text, min(len(text), start + length))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return format_html("{}{}{}", before, highlighted(text[start:end], words), after)


def _pattern(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("(" + "|".join(map(_as_written, longest_first)) + ")", re.I)


def _as_written(word: str) -> str:
    """A regular expression for the word in either set of digits."""
    return "".join(
        f"[{char}{THAI[ARABIC.index(char)]}]" if char in ARABIC else re.escape(char)
        for char in word
    )


def _not_inside_a_letter(text: str, position: int) -> int:
    while 0 < position < len(text) and _belongs_to_the_letter_before(text[position]):
        position -= 1
    return position


def _belongs_to_the_letter_before(char: str) -> bool:
    return unicodedata.category(char) == "Mn" or char in "ะาำๅ"
