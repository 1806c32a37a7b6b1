"""The acts of the procedure as the machine carries them out: one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from govpub.categories.models import NewsPage
from govpub.publishing import procedure, urgent
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.upkeep import actions as upkeep
from govpub.upkeep import extensions, takedown
from govpub.upkeep.models import Extension
from tests.publishing.machine.world import World

WORDS = "เหตุผล\nบรรทัดที่สอง"


def wish(request: PublicationRequest) -> Extension:
    """The longer period that was asked for last."""
    extension = request.extensions.order_by("pk").last()
    if extension is None:
        raise ProcedureError("nobody asked for more")
    return extension


def a_head() -> Appointment:
    """The head who is said to have allowed it on the telephone."""
    return Appointment.objects.get(user__username="acting")


# What a person does to the request of a page.
ACTS: dict[str, Callable[[PublicationRequest, Any], Any]] = {
    "allow": lambda request, by: procedure.allow(request, by=by),
    "refuse": lambda request, by: procedure.refuse(request, by=by, words=WORDS),
    "withdraw": lambda request, by: procedure.withdraw(request, by=by, words=WORDS),
    "put_up": lambda request, by: procedure.put_up(request, by=by, checks=ALL_CHECKED),
    "tell_back": lambda request, by: procedure.tell_back(request, by=by, words=WORDS),
    "verify": lambda request, by: upkeep.verify(request, by=by),
    "find_wanting": lambda request, by: upkeep.verify(
        request, by=by, answers={}, words=WORDS
    ),
    "take_down": lambda request, by: takedown.take_down_now(
        request, by=by, words=WORDS, public_reason=WORDS
    ),
    "ask_longer": lambda request, by: extensions.ask(
        request, by=by, until=request.publish_until + timedelta(days=9), reason=WORDS
    ),
    "allow_longer": lambda request, by: extensions.allow(wish(request), by=by),
    "refuse_longer": lambda request, by: extensions.refuse(
        wish(request), by=by, words=WORDS
    ),
    "elsewhere": lambda request, by: procedure.record_posted_elsewhere(
        request, by=by, place="ศูนย์", link="", on=timezone.localdate()
    ),
    "permit": lambda request, by: urgent.permit_verbally(
        request, by=by, given_by=a_head(), given_at=timezone.now(), words=WORDS
    ),
    "confirm": lambda request, by: urgent.confirm(request, by=by),
    "refuse_confirmation": lambda request, by: urgent.refuse_confirmation(
        request, by=by, words=WORDS
    ),
}

# Who does what next, in each state, when all goes as it should.
NEXT: dict[str, tuple[tuple[str, str], ...]] = {
    "": (("propose", "officer"),),
    RequestStatus.PROPOSED: (
        ("allow", "head"),
        ("allow", "head2"),
        ("allow", "acting"),
        ("permit", "webmaster"),
        ("refuse", "head"),
        ("withdraw", "officer"),
    ),
    RequestStatus.ALLOWED: (
        ("put_up", "webmaster"),
        ("put_up", "webmaster"),
        ("tell_back", "webmaster"),
    ),
    RequestStatus.REFUSED: (("tell_back", "webmaster"),),
    RequestStatus.RETURNED: (("propose", "officer"),),
    RequestStatus.SCHEDULED: (("elsewhere", "webmaster"),),
    RequestStatus.PUBLISHED: (
        ("propose", "officer"),
        ("verify", "webmaster"),
        ("elsewhere", "webmaster"),
        ("take_down", "webmaster"),
        ("find_wanting", "webmaster"),
    ),
    RequestStatus.REPLACED: (("propose", "officer"),),
    RequestStatus.ENDED: (("propose", "officer"),),
    RequestStatus.WITHDRAWN: (("propose", "officer"),),
}

# What comes next when the head has to confirm it in writing.
TO_CONFIRM = (
    ("confirm", "head"),
    ("confirm", "head2"),
    ("refuse_confirmation", "acting"),
)

# How a page comes to each stage; every word is an act, and who does it.
PUBLISH = "propose:officer allow:head put_up:webmaster"
HISTORIES = {
    "draft": "",
    "proposed": "propose:officer",
    "allowed": "propose:officer allow:head",
    "refused": "propose:officer refuse:head",
    "returned": "propose:officer refuse:head tell_back:webmaster",
    "second round": "propose:officer refuse:head tell_back:webmaster draft:officer2 "
    "propose:officer allow:acting put_up:webmaster",
    "asked": f"{PUBLISH} ask_longer:officer",
    "verbal": "propose:officer permit:webmaster put_up:webmaster",
    "scheduled": f"day:officer {PUBLISH}",
    "published": PUBLISH,
    "newer version": f"{PUBLISH} draft:officer propose:officer2 allow:head2",
    "replaced": f"{PUBLISH} draft:officer {PUBLISH}",
    "ended": f"{PUBLISH} take_down:webmaster",
    "withdrawn": "propose:officer withdraw:officer",
}


def play(world: World, page: int, history: str) -> Iterator[str]:
    """Let people do what the history says; who, after each of their acts."""
    for name, who in (step.split(":") for step in history.split()):
        if name in {"draft", "day"}:
            day = timezone.localdate() + timedelta(days=2) if name == "day" else None
            world.save_draft(page, who, publish_from=day)
        else:
            carry_out(name, world.page(page), world.newest(page), world.people[who])
        yield who


def carry_out(name: str, page: NewsPage, request: PublicationRequest | None, by: Any):
    """The act on the page's request; a page without one can only be proposed."""
    if name == "propose":
        procedure.propose(page, by=by)
    elif request is not None:
        ACTS[name](request, by)
