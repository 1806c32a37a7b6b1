"""Many hits added up in memory before the database hears of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .bangkok import hour_of
from .hits import Event, Hit
from .models import Kind


class Slot(NamedTuple):
    """A subject before it has a row."""

    site: int
    kind: str
    key: str


class Presence(NamedTuple):
    """That a visitor was at a subject during an hour."""

    slot: Slot
    visitor: int
    hour: int


_KIND = {
    Event.DOWNLOAD: Kind.DOWNLOAD,
    Event.LINK: Kind.LINK,
    Event.SEARCH: Kind.SEARCH,
    Event.SEARCH_IN_VAIN: Kind.SEARCH_IN_VAIN,
    Event.BOT: Kind.BOT,
}


class Tally:
    """Views by slot and hour, who was where and when last, and what was lost."""

    def __init__(self) -> None:
        self.views: Counter[tuple[Slot, int]] = Counter()
        self.seen: dict[Presence, int] = {}
        self.losses: Counter[tuple[int, str]] = Counter()
        self.hits = 0

    def add(self, hit: Hit) -> None:
        if hit.event is Event.LOST:
            self.losses[hit.at, hit.key] += hit.amount
            return
        self.hits += hit.amount
        hour = hour_of(hit.at)
        for slot in counted_slots(hit):
            self.views[slot, hour] += hit.amount
        if hit.visitor:
            for slot in visited_slots(hit):
                presence = Presence(slot, hit.visitor, hour)
                self.seen[presence] = max(hit.at, self.seen.get(presence, 0))

    def slots(self) -> set[Slot]:
        """Every subject that needs a row."""
        return {slot for slot, _ in self.views} | {found.slot for found in self.seen}

    def add_all(self, hits: Iterable[Hit]) -> Tally:
        for hit in hits:
            self.add(hit)
        return self


def counted_slots(hit: Hit) -> Iterator[Slot]:
    """Everything to which this hit adds one (ครั้ง)."""
    if hit.event is not Event.VIEW:
        key = "" if hit.event is Event.BOT else hit.key
        yield Slot(hit.site, _KIND[hit.event], key)
        return
    yield Slot(hit.site, Kind.SITE, "")
    yield page_slot(hit)
    if hit.category:
        yield Slot(hit.site, Kind.CATEGORY, str(hit.category))
    for kind, key in (
        (Kind.DEVICE, hit.device),
        (Kind.LANGUAGE, hit.language),
        (Kind.COUNTRY, hit.country),
        (Kind.REFERRER, hit.referrer),
    ):
        if key:
            yield Slot(hit.site, kind, key)


def visited_slots(hit: Hit) -> Iterator[Slot]:
    """Everything of which the person behind this hit is a visitor (คน)."""
    if hit.event is Event.VIEW:
        yield Slot(hit.site, Kind.SITE, "")
        yield page_slot(hit)
        if hit.category:
            yield Slot(hit.site, Kind.CATEGORY, str(hit.category))
    elif hit.event is Event.DOWNLOAD:
        yield Slot(hit.site, Kind.SITE, "")
        yield Slot(hit.site, Kind.DOWNLOAD, hit.key)


def page_slot(hit: Hit) -> Slot:
    """A page by its number; what is no page of the tree by its path."""
    kind = Kind.ADDRESS if hit.key.startswith("/") else Kind.PAGE
    return Slot(hit.site, kind, hit.key)
