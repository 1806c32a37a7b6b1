"""What people call a subject that the statistics know by a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import swapper

from wagtail.documents import get_document_model
from wagtail.models import Site

from .models import Kind
from .served import category_of
from .tally import Slot


def first_labels(slots: Iterable[Slot]) -> dict[Slot, str]:
    """The titles that pages, documents and categories have now, kept for when they are
    gone.
    """
    slots = list(slots)
    pages = swapper.load_model("wagtailcore", "Page").objects
    return (
        _titles(slots, Kind.PAGE, pages)
        | _titles(slots, Kind.DOWNLOAD, get_document_model().objects)
        | _categories([slot for slot in slots if slot.kind == Kind.CATEGORY])
    )


def _categories(slots: list[Slot]) -> dict[Slot, str]:
    offices = {slot.site for slot in slots}
    titles = {
        (site.pk, str(category_of(page))): page.title[:300]
        for site in Site.objects.filter(pk__in=offices).select_related("root_page")
        for page in site.root_page.get_children().specific()
        if category_of(page)
    }
    return {slot: titles.get((slot.site, slot.key), "") for slot in slots}


def _titles(slots: list[Slot], kind: Kind, objects: Any) -> dict[Slot, str]:
    mine = [slot for slot in slots if slot.kind == kind and slot.key.isdecimal()]
    if not mine:
        return {}
    titles = dict(
        objects.filter(pk__in=[int(slot.key) for slot in mine]).values_list(
            "pk", "title"
        )
    )
    return {slot: titles.get(int(slot.key), "")[:300] for slot in mine}
