"""What a page asks the database does not grow with what is public."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from govpub.categories.models import (
    ExecutivesPage,
    ItemClause,
    LocationPage,
    NewsPage,
)
from tests.test_design import PATHS

from .conftest import KINDS, make_picture
from .test_public_pages import queries
from .test_topics import executive, rows

pytestmark = pytest.mark.django_db
MOST_FOR_A_DETAIL = 15
LISTS = [
    *PATHS,
    "/general/plans/",
    "/search/?q=ราชการ",
    "/search/?q=ราชกิจ",
    "/search/?q=ราชการแห่งไหน",
    "/feeds/news/",
    "/sitemap.xml",
]


PICTURES = {
    NewsPage: lambda: {
        "lead_image": make_picture(),
        "lead_image_alternative": "ภาพพิธี",
        "gallery": rows(NewsPage, "gallery", picture(), picture()),
    },
    LocationPage: lambda: {"map_picture": make_picture(), "map_alternative": "แผนที่"},
    ExecutivesPage: lambda: {
        "people": rows(ExecutivesPage, "people", executive(), executive())
    },
}


def picture() -> dict:
    return {"image": make_picture().pk, "alternative": "ภาพพิธี"}


def fill(publish) -> list[str]:
    """One public item of every kind, open under a clause; their addresses."""
    pages = [publish(model, **PICTURES.get(model, dict)()) for model in KINDS]
    for page in pages:
        ItemClause.objects.create(page_id=page.pk, clause="9(4)")
    return [urlsplit(page.url).path for page in pages]


def counts(client, paths) -> dict[tuple[str, str], int]:
    """Of two counts the smaller: what is kept for a minute may just have run out."""
    found = {}
    for language in ("th", "en"):
        client.cookies["django_language"] = language
        for path in paths:
            asked = min(queries(client, path), queries(client, path))
            found[language, path] = asked
    return found


def test_pages_ask_the_same_however_much_is_public(client, front, publish):
    items = fill(publish)
    paths = [*LISTS, *items]
    first = counts(client, paths)
    fill(publish)
    second = counts(client, paths)
    grown = {where: (first[where], second[where]) for where in first}
    assert {where: pair for where, pair in grown.items() if len(set(pair)) > 1} == {}
    details = [asked for (_language, path), asked in first.items() if path in items]
    assert max(details) <= MOST_FOR_A_DETAIL
