"""What a reader may have meant when nothing was found; from what is public only."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from govpub.categories import search
from govpub.publishing.models import PublicationQuerySet

COMPARED = 2000
SHOWN = 5
SHARE = 0.4


@dataclass(frozen=True)
class Suggestions:
    """Queries with one word less and how many items they find; items called alike."""

    queries: list[tuple[str, int]]
    items: list[Page]


def suggest(items: PublicationQuerySet, words: list[str]) -> Suggestions:
    """For a query of these words that found nothing among the public ``items``."""
    return Suggestions(_shorter(items, words), _alike(items, "".join(words)))


def _shorter(items: PublicationQuerySet, words: list[str]) -> list[tuple[str, int]]:
    found = []
    for left_out in words if len(words) > 1 else []:
        rest = [word for word in words if word != left_out]
        if count := search.containing(items, rest).count():
            found.append((" ".join(rest), count))
    return sorted(found, key=lambda pair: pair[1])[:SHOWN]


def _alike(items: PublicationQuerySet, query: str) -> list[Page]:
    """Those whose topic has most of the query's groups of letters, best first."""
    length = 3 if len(query) > 4 else 2
    wanted = _groups(query, length)
    newest = items.order_by("-last_published_at", "-pk")
    scores = {
        key: len(wanted & _groups(title, length)) / (len(wanted) or 1)
        for key, title in newest.values_list("pk", "search_text__title")[:COMPARED]
    }
    keys = sorted(
        (key for key, score in scores.items() if score >= SHARE),
        key=lambda key: -scores[key],
    )[:SHOWN]
    found = items.select_related("locale").in_bulk(keys)
    return [found[key] for key in keys]


def _groups(text: str | None, length: int) -> set[str]:
    text = text or ""
    return {text[at : at + length] for at in range(len(text) - length + 1)}
