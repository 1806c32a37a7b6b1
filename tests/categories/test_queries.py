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


def counts(client, paths) -> dict[str, int]:
    """Of two counts the smaller: what is kept for a minute may just have run out."""
    return {path: min(queries(client, path), queries(client, path)) for path in paths}


@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_ask_the_same_however_much_is_public(client, front, publish, language):
    client.cookies["django_language"] = language
    items = fill(publish)
    first = counts(client, [*LISTS, *items])
    fill(publish)
    second = counts(client, first)
    grown = {path: (first[path], second[path]) for path in first}
    assert {p: pair for p, pair in grown.items() if pair[0] != pair[1]} == {}
    assert max(first[path] for path in items) <= MOST_FOR_A_DETAIL
