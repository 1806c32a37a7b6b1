"""What comes closest to a query that nothing answers as it was typed.

Citizens ask in one piece what is written in another order, with other words between:
"เปิดร้านอาหารต้องทำอย่างไร". Then the words of the query are looked for one by one.
"""

from __future__ import annotations

from functools import reduce
from math import log
from operator import add

from django.db.models import Case, Count, FloatField, Q, Value, When
from django.db.models.expressions import Combinable

from govpub.categories import search
from govpub.publishing.models import PublicationQuerySet
from govpub.thai.words import content_words

MOST = 20
MAX_WORDS = 10
# Of the weight of all words asked for, so much must occur in an item.
SHARE = 0.4
# Of the letters asked for, so many must belong to words that say something.
LETTERS = 0.3
# A word that nobody wrote weighs as one that stands in every eighth item.
UNKNOWN = 8


def words_of(query: str) -> list[str]:
    """What the query is about, word by word; empty where that is next to nothing."""
    terms = search.terms(query)
    found = content_words(" ".join(terms))[:MAX_WORDS]
    enough = len("".join(found)) >= LETTERS * len("".join(terms))
    return found if enough else []


def closest(items: PublicationQuerySet, words: list[str]) -> PublicationQuerySet:
    """The items with most of these words, rare words counting more; at most ``MOST``.

    Words in the topic count half as much again.
    """
    if not words:
        return items.none()
    weights = _weights(items, words)
    has = _weight_in("search_text__text", weights)
    likeness = has + _weight_in("search_text__title", weights) / 2.0
    return (
        items.annotate(has=has)
        .filter(has__gte=SHARE * sum(weights.values()), has__gt=0)
        .order_by(likeness.desc(), "-last_published_at", "-pk")[:MOST]
    )


def _weights(items: PublicationQuerySet, words: list[str]) -> dict[str, float]:
    """How much each word says: the less, the more of the items have it."""
    having = {
        f"having_{number}": Count("pk", filter=Q(search_text__text__contains=word))
        for number, word in enumerate(words)
    }
    counts = items.order_by().aggregate(every=Count("pk"), **having)
    every = counts["every"]
    return {
        word: log((every + 1) / (counts[f"having_{number}"] or every / UNKNOWN or 1))
        for number, word in enumerate(words)
    }


def _weight_in(field: str, weights: dict[str, float]) -> Combinable:
    return reduce(
        add,
        (
            Case(
                When(**{f"{field}__contains": word}, then=Value(weight)),
                default=Value(0.0),
                output_field=FloatField(),
            )
            for word, weight in weights.items()
        ),
    )
