"""Looks from time to time whether the links of public items still lead somewhere."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from govpub.categories.enums import LinkState
from govpub.categories.models import ItemPage, LinkCheck, WebLinkPage
from govpub.categories.probe import Answer, probe
from govpub.conf import conf
from govpub.jobs import RecurringJob

EVERY = timedelta(hours=1)
MOST_AT_ONCE = 15  # with two tries of ten seconds each well within one lease
PAUSE = 2  # seconds before the same host is asked again
BROKEN_AFTER = 3  # failures in a row
LOOK_AGAIN_AFTER = timedelta(days=7)
TRY_AGAIN_AFTER = timedelta(hours=6)

LONGEST = 500
WHOLE = re.compile(r"https?://\S+")
LINK = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')

Link = tuple[int, str]


def link_job() -> RecurringJob:
    return RecurringJob("govpub.categories.links", EVERY, run)


def run() -> str:
    """Look at the links that are due; says how many, and how many are broken."""
    if not conf.LINK_CHECK:
        return ""
    forget_what_is_gone()
    return look_at(due_links()[:MOST_AT_ONCE])


def look_at(
    links: list[Link],
    ask: Callable[[str], Answer] = probe,
    wait: Callable[[float], None] = time.sleep,
) -> str:
    """Ask one website after the other, and never one host twice without a pause."""
    last_host = ""
    for item_id, address in sorted(links, key=lambda link: urlsplit(link[1]).netloc):
        host = urlsplit(address).netloc
        if host == last_host:
            wait(PAUSE)
        last_host = host
        remember(item_id, address, ask(address))
    if not links:
        return ""
    broken = LinkCheck.objects.filter(state=LinkState.BROKEN).count()
    return f"{len(links)} links looked at, {broken} broken in all"


def remember(item_id: int, address: str, answer: Answer) -> LinkCheck:
    """Write down what was found; broken is what failed several times in a row."""
    now = timezone.now()
    check = LinkCheck.objects.filter(item=item_id, address=address).first()
    check = check or LinkCheck(item_id=item_id, address=address)
    check.failures = 0 if answer.alive else check.failures + 1
    check.failing_since = None if answer.alive else check.failing_since or now
    check.state = _state(check.failures)
    check.answer, check.checked_at = answer.words, now
    check.save()
    return check


def _state(failures: int) -> LinkState:
    if not failures:
        return LinkState.ALIVE
    return LinkState.BROKEN if failures >= BROKEN_AFTER else LinkState.FAILING


def public_links() -> Iterator[Link]:
    """Every address of another website to which a public item leads.

    By its form, or from its text: links in words, and those to videos.
    """
    public = ItemPage.objects.public()
    yield from public.exclude(external_link="").values_list("pk", "external_link")
    websites = WebLinkPage.objects.public().exclude(website="")
    yield from websites.values_list("pk", "website")
    texts = public.annotate(raw=Cast("body", TextField())).filter(raw__contains="http")
    for item_id, raw in texts.values_list("pk", "raw").iterator():
        yield from ((item_id, address) for address in _addresses_in(json.loads(raw)))


def _addresses_in(value: Any) -> Iterator[str]:
    """Addresses of other websites anywhere in the plain data of a text."""
    if isinstance(value, dict):
        for part in value.values():
            yield from _addresses_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _addresses_in(part)
    elif isinstance(value, str):
        found = [value] if WHOLE.fullmatch(value) else LINK.findall(value)
        yield from (html.unescape(one) for one in found if len(one) <= LONGEST)


def due_links() -> list[Link]:
    """Those never looked at first, then those longest ago; failing ones sooner."""
    found: Any = LinkCheck.objects.all()
    checks = {(check.item_id, check.address): check for check in found}
    now = timezone.now()
    due: list[tuple[float, Link]] = []
    for link in dict.fromkeys(public_links()):
        check = checks.get(link)
        if check is None:
            due.append((0.0, link))
        elif check.checked_at + _rest(check) <= now:
            due.append((check.checked_at.timestamp(), link))
    return [link for _when, link in sorted(due)]


def _rest(check: LinkCheck) -> timedelta:
    if check.state == LinkState.FAILING:
        return TRY_AGAIN_AFTER
    return LOOK_AGAIN_AFTER


def forget_what_is_gone() -> None:
    """Drop what was found of links that no public item has any more."""
    links = set(public_links())
    gone = [
        pk
        for pk, item_id, address in LinkCheck.objects.values_list(
            "pk", "item_id", "address"
        )
        if (item_id, address) not in links
    ]
    LinkCheck.objects.filter(pk__in=gone).delete()
