"""Visits of made-up people during the last months, handed to the real counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from wagtail.models import Page, Site

from govpub.categories.models import Attachment, ItemPage
from govpub.stats.collector import get_collector
from govpub.stats.hits import Event, Hit
from govpub.stats.served import category_of

DAYS = 75
BUSY, QUIET = 14, 5  # visitors of a working day and of a weekend, by now
GROWTH = 0.006  # a day, for as long as the website has been known
DEVICES, DEVICE_WEIGHTS = ("mobile", "desktop", "tablet"), (68, 27, 5)
REFERRERS = ("", "", "", "google.com", "moph.go.th")
SEARCHES = ("วัคซีน", "ไข้เลือดออก", "รับสมัครงาน", "งบประมาณ", "ข้อมูลข่าวสาร")
IN_VAIN = ("ทันตกรรม", "บัตรทอง")


def visit(site: Site) -> int:
    """Let people read, download and search; how many events were counted."""
    store = get_collector().store
    for hit in _hits(site, Random(2567)):  # noqa: S311
        store.append(hit)
    return store.drain()


def _hits(site: Site, chance: Random) -> Iterator[Hit]:
    pages = [site.root_page.specific, *_public_pages(site)]
    # Some pages are read far more often than others.
    weights = [1 + 40 // (place + 1) for place in range(len(pages))]
    documents = list(
        Attachment.objects.filter(page__in=pages[1:]).values_list("document", flat=True)
    )
    for at in _arrivals(chance):
        person = _Person(site.pk, at, chance)
        for page in chance.choices(pages, weights, k=chance.randint(1, 5)):
            yield person.does(Event.VIEW, str(page.pk), category_of(page))
        if documents and chance.random() < 0.35:
            yield person.does(Event.DOWNLOAD, str(chance.choice(documents)))
        if chance.random() < 0.12:
            yield person.does(Event.SEARCH, chance.choice(SEARCHES))
        if chance.random() < 0.03:
            yield person.does(Event.SEARCH_IN_VAIN, chance.choice(IN_VAIN))


def _public_pages(site: Site) -> list[Page]:
    items = ItemPage.objects.public().descendant_of(site.root_page)
    return list(items.order_by("-pk").specific(defer=True))


def _arrivals(chance: Random) -> Iterator[datetime]:
    """Mostly in office hours, fewer at weekends, more from week to week."""
    now = timezone.localtime()
    for back in range(DAYS, -1, -1):
        day = now.date() - timedelta(days=back)
        usual = (BUSY if day.weekday() < 5 else QUIET) * (1 - GROWTH * back)
        for _visitor in range(round(usual * chance.uniform(0.6, 1.5))):
            minute = int(chance.triangular(7 * 60, 22 * 60, 10 * 60))
            clock = time(minute // 60, minute % 60)
            at = datetime.combine(day, clock, now.tzinfo)
            if at < now:
                yield at


class _Person:
    """One visit: the same person on the same device, a minute from page to page."""

    def __init__(self, site: int, at: datetime, chance: Random) -> None:
        self.site = site
        self.at = int(at.timestamp())
        self.who = chance.getrandbits(62) | 1
        self.device = chance.choices(DEVICES, DEVICE_WEIGHTS)[0]
        self.referrer = chance.choice(REFERRERS)

    def does(self, event: Event, key: str, category: int = 0) -> Hit:
        hit = Hit(
            min(self.at, int(timezone.now().timestamp())),
            self.site,
            event,
            key,
            category,
            self.who,
            self.device,
            "th",
            "",
            self.referrer,
        )
        self.at += 60
        self.referrer = ""
        return hit
