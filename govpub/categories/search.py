"""Finding words inside unspaced Thai text, whichever digits it was written with."""

from __future__ import annotations

import re
import unicodedata
from functools import reduce
from operator import and_

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from govpub.publishing.models import PublicationQuerySet
from govpub.thai.digits import ARABIC, THAI, to_arabic_digits
from govpub.thai.text import NIKHAHIT, SARA_AA, SARA_AM, searchable

MAX_LENGTH = 200
MAX_TERMS = 8
_LOOSE_SPACE = re.compile(r"(?<![0-9a-z]) | (?![0-9a-z])")
_THAI = re.compile("[\u0e01-\u0e5b]")
_QUOTES = re.compile("[\"'“”‘’«»]")


def folded(text: str) -> str:
    """A text as it is compared: normalised, caseless, Arabic digits, single spaces."""
    return " ".join(to_arabic_digits(searchable(text)).split())


def squeezed(text: str) -> str:
    """``folded`` without spaces, except between Latin letters and digits.

    Thai has none between words, but lines of a PDF end within them, and some write
    พ.ศ.2540 and some พ.ศ. 2540.
    """
    return _LOOSE_SPACE.sub("", folded(text))


def terms(query: str) -> list[str]:
    """The words a reader typed, ready to be looked for; never an error."""
    words = _QUOTES.sub(" ", folded(query[:MAX_LENGTH])).split()
    return list(dict.fromkeys(words))[:MAX_TERMS]


def phrase(query: str) -> str:
    """The whole query as it would stand in a text."""
    return squeezed(_QUOTES.sub(" ", query[:MAX_LENGTH]))


def containing(items: PublicationQuerySet, words: list[str]) -> PublicationQuerySet:
    """Those items in whose topic, text or files all the words occur."""
    files = items.model._meta.get_field("search_files").related_model
    for word in words:
        in_file = files.objects.filter(item=OuterRef("pk"), text__contains=word)
        items = items.filter(Q(search_text__text__contains=word) | Exists(in_file))
    return items


def ranked(
    items: PublicationQuerySet, words: list[str], whole: str
) -> PublicationQuerySet:
    """``containing``, the likeliest first; among equals the newest.

    1. The topic is what was asked for. 2. The whole query stands in the topic. 3. All
    its words do. 4. The whole query stands in the text. 5. All its words do. 6. Some
    stand only in the files. ``whole`` is the ``phrase`` of the query.
    """
    places = (
        Q(search_text__title=whole),
        Q(search_text__title__contains=whole),
        _all_in("search_text__title", words),
        Q(search_text__text__contains=whole),
        _all_in("search_text__text", words),
    )
    rank = Case(
        *(When(place, then=Value(number)) for number, place in enumerate(places)),
        default=Value(len(places)),
        output_field=IntegerField(),
    )
    return containing(items, words).order_by(rank, "-last_published_at", "-pk")


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
        text, max(0, found.start() - length // 5 if found else 0)
    )
    end = _not_inside_a_letter(text, min(len(text), start + length))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return format_html("{}{}{}", before, highlighted(text[start:end], words), after)


def _pattern(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("(" + "|".join(map(_as_written, longest_first)) + ")", re.I)


def _as_written(word: str) -> str:
    """A regular expression for the word as somebody may have typed it.

    In either set of digits, with sara am in one piece or two, and with the spaces and
    line ends that ``squeezed`` takes out of Thai.
    """
    gap = r"\s*" if _THAI.search(word) else ""
    return gap.join(map(_letter, word))


def _letter(char: str) -> str:
    if char in ARABIC:
        return f"[{char}{THAI[ARABIC.index(char)]}]"
    if char == SARA_AM:
        return f"(?:{SARA_AM}|{NIKHAHIT}{SARA_AA})"
    return re.escape(char)


def _not_inside_a_letter(text: str, position: int) -> int:
    while 0 < position < len(text) and _belongs_to_the_letter_before(text[position]):
        position -= 1
    return position


def _belongs_to_the_letter_before(char: str) -> bool:
    return unicodedata.category(char) == "Mn" or char in "ะาำๅ"
