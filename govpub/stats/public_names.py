"""Which subjects the public may be told of, by the names they have today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import swapper
from django.db.models import QuerySet

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Site

from govpub.upsert import chunks

from .queries import Ranked
from .served import category_of
from .words import DEVICES, device


@dataclass(frozen=True)
class Named:
    """A ranked subject as people know it."""

    title: str
    url: str
    ranked: Ranked


def pages(site: Site, ranking: Iterable[Ranked], limit: int) -> list[Named]:
    """Pages that are public now; what was taken down is not even named.

    Apps may leave out more by the hook ``register_govpub_listed_pages``: takes a
    queryset of pages and gives back those that may be named in public.
    """
    page_class = swapper.load_model("wagtailcore", "Page")
    public = page_class.objects.live().public()
    public = public.descendant_of(site.root_page, inclusive=True)
    for narrow in hooks.get_hooks("register_govpub_listed_pages"):
        public = narrow(public)
    return [
        Named(page.title, page.get_url() or "", ranked)
        for page, ranked in _found(public, ranking, limit)
    ]


def documents(ranking: Iterable[Ranked], limit: int) -> list[Named]:
    """Documents of open collections; apps may leave out more by hook.

    Hook ``register_govpub_listed_documents``: takes a queryset of documents and gives
    back those that may be named in public.
    """
    listed = get_document_model().objects.all()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        closed = restriction.collection.get_descendants(inclusive=True)
        listed = listed.exclude(collection__in=closed)
    for narrow in hooks.get_hooks("register_govpub_listed_documents"):
        listed = narrow(listed)
    return [
        Named(document.title, document.url, ranked)
        for document, ranked in _found(listed, ranking, limit)
    ]


def _found(
    objects: QuerySet, ranking: Iterable[Ranked], limit: int
) -> Iterator[tuple[Any, Ranked]]:
    """The first ``limit`` subjects of the ranking that are among ``objects``."""
    for part in chunks(ranking, 100):
        found = objects.in_bulk([int(ranked.subject.key) for ranked in part])
        for ranked in part:
            thing = found.get(int(ranked.subject.key))
            if thing is not None and limit:
                limit -= 1
                yield thing, ranked
        if not limit:
            return


def categories(site: Site, ranking: Iterable[Ranked]) -> list[Named]:
    """The categories of the office, by the titles of their pages."""
    known = {}
    for page in site.root_page.get_children().live().public().specific():
        if category_of(page):
            title = getattr(page, "short_title", "") or page.title
            known[str(category_of(page))] = (title, page.get_url() or "")
    return [
        Named(*known[ranked.subject.key], ranked)
        for ranked in ranking
        if ranked.subject.key in known
    ]


def devices(ranking: Iterable[Ranked]) -> list[Named]:
    return [
        Named(device(ranked.subject.key), "", ranked)
        for ranked in ranking
        if ranked.subject.key in DEVICES
    ]
