"""What the scheduler does each minute: up on its day, down at the end of its period.

Replacements go up first, so that they never leave a gap. Each item has a transaction
of its own and is looked at anew inside it, so that of several schedulers only one
handles it; one that fails is marked, told of and tried again, and stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.jobs import RecurringJob, keep_claim
from govpub.publishing import procedure, rules
from govpub.publishing.exceptions import AlreadyDecided
from govpub.publishing.letters import (
    Letter,
    left_in_the_outbox,
    review_address,
    write_letters,
)
from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.robot import robot
from govpub.publishing.together import followed_up_later
from govpub.upkeep.aftermath import follow_up
from govpub.upkeep.models import DueFailure
from govpub.upkeep.people import webmasters
from govpub.upkeep.takedown import stop

logger = logging.getLogger("govpub.upkeep")

NAME = "govpub.upkeep.period"
TELL_AGAIN = timedelta(days=1)
CHUNK = 200


class SomeItemsFailed(Exception):
    """At least one due item could not be handled; the others were."""


def period_job() -> RecurringJob:
    return RecurringJob(NAME, timedelta(minutes=1), keep_periods)


def keep_periods() -> str:
    """Put up what has begun and take down what is over; says how many of each."""
    requests = PublicationRequest.objects
    with left_in_the_outbox():
        up, up_failed = _each(requests.period_begun, _put_up)
        _missed, missed_failed = _each(requests.period_missed, _stop)
        down, down_failed = _each(requests.period_over, _take_down)
        follow_up()
    done = _("put up: %(up)s, taken down: %(down)s") % {"up": up, "down": down}
    if failed := up_failed + missed_failed + down_failed:
        raise SomeItemsFailed(f"{done}; {', '.join(failed)}")
    return done if up or down else ""


def _put_up(request: PublicationRequest, by: User) -> None:
    procedure.go_live(request, by=by)


def _take_down(request: PublicationRequest, by: User) -> None:
    words = _("The publication period is over.")
    with followed_up_later():
        procedure.take_down(request, by=by, words=words)


def _stop(request: PublicationRequest, by: User) -> None:
    words = _("Its whole period passed before it was put on the website.")
    stop(request, by, by, words)


def _each(
    due: Callable[[], PublicationRequestQuerySet],
    act: Callable[[PublicationRequest, User], None],
) -> tuple[int, list[str]]:
    """Carry out ``act`` on each due request; how many were done, and what failed."""
    done, failed = 0, []
    by: User | None = None  # not asked for before there is something to do
    broken = set(DueFailure.objects.values_list("request", flat=True))
    for key, page in _keys(due):
        by = by or robot()
        try:
            if not _act_alone(due, act, key, page, by):
                continue  # another scheduler was faster
            done += 1
            if key in broken:
                DueFailure.objects.filter(request=key).delete()
        except Exception as error:
            request = PublicationRequest.objects.get(pk=key)
            logger.exception("A due item failed", extra={"request": request.code})
            failed.append(f"{request.code}: {error}")
            _mark(request, error)
    return done, failed


def _keys(due: Callable[[], PublicationRequestQuerySet]) -> Iterator[tuple[int, int]]:
    """Requests that are due and their pages, some at a time, so memory stays flat."""
    last = 0
    while keys := list(
        due().filter(pk__gt=last).order_by("pk").values_list("pk", "page")[:CHUNK]
    ):
        keep_claim(NAME)
        yield from keys
        last = keys[-1][0]


@transaction.atomic
def _act_alone(
    due: Callable[[], PublicationRequestQuerySet],
    act: Callable[[PublicationRequest, User], None],
    key: int,
    page: int,
    by: User,
) -> bool:
    """Act if it is still due once it is ours; says whether it was."""
    rules.hold_page(page)
    request = due().filter(pk=key).select_related("site").first()
    if request is None:
        return False
    try:
        act(request, by)
    except AlreadyDecided:
        return False
    return True


@transaction.atomic
def _mark(request: PublicationRequest, error: Exception) -> None:
    """Remember the failure, and tell the Web Masters: at once, then once a day."""
    failure, _new = DueFailure.objects.select_for_update().get_or_create(
        request=request
    )
    now = timezone.now()
    failure.error = f"{type(error).__name__}: {error}"
    failure.attempts += 1
    failure.last_at = now
    if failure.told_at is None or now - failure.told_at >= TELL_AGAIN:
        failure.told_at = now
        write_letters(
            request.site,
            webmasters(request.site),
            lambda: _letter(request, failure),
            request=request,
        )
    failure.save()


def _letter(request: PublicationRequest, failure: DueFailure) -> Letter:
    subject = _("Could not be put up or taken down: request %(code)s") % {
        "code": request.code
    }
    context = {
        "request": request,
        "failure": failure,
        "address": review_address(request),
    }
    return Letter(subject, render_to_string("govpub/upkeep/mail/failure.txt", context))
