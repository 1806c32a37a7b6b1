"""Results of the search as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.safestring import SafeString

from wagtail.models import Page

from govpub.categories import search
from govpub.categories.models import SearchFile

MAX_FILES = 3


@dataclass(frozen=True)
class FileHit:
    """A file of an item in which a word occurs, with the passage."""

    title: str
    url: str
    excerpt: SafeString

    @classmethod
    def of(cls, file: SearchFile, words: list[str]) -> FileHit:
        read = getattr(file.document, "extracted_text", None)
        text = read.text if read else file.text
        return cls(file.title, file.document.url, search.excerpt(text, words))


@dataclass(frozen=True)
class Hit:
    """One result as it is shown: the item, its topic and a passage, words marked."""

    item: Page
    title: SafeString
    excerpt: SafeString
    files: list[FileHit]

    @classmethod
    def of(cls, item: Page, words: list[str], files: Iterable[SearchFile] = ()) -> Hit:
        return cls(
            item,
            search.highlighted(item.title, words),
            search.excerpt(item.prose, words),
            [FileHit.of(file, words) for file in files],
        )


def shown(items: Iterable[Page], words: list[str]) -> list[Hit]:
    """A page of results as they are shown, with the files in which a word occurs."""
    items = list(items)
    if not items:
        return []
    files: dict[int, list[SearchFile]] = {}
    for file in (
        SearchFile.objects.filter(
            reduce(or_, (Q(text__contains=word) for word in words)),
            item__in=[item.pk for item in items],
        )
        .select_related("document__extracted_text")
        .order_by("pk")
    ):
        files.setdefault(file.item_id, []).append(file)
    return [Hit.of(item, words, files.get(item.pk, [])[:MAX_FILES]) for item in items]
