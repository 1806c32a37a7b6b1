"""Tells people, once each, that a step is due soon, overdue, or overdue for long.

The first two go to those whose turn it is. The third is the escalation: to the person
the office has named, otherwise to whoever is acting for the head.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.jobs import RecurringJob
from govpub.publishing.clock import NEXT_STEP
from govpub.publishing.enums import RequestStatus
from govpub.publishing.letters import Letter, review_address, write_letters
from govpub.publishing.models import (
    Appointment,
    ProcedureSettings,
    PublicationRequest,
    PublicationRequestQuerySet,
    ReminderKind,
    StepReminder,
)
from govpub.roles import Role

logger = logging.getLogger("govpub.publishing")

# Whose turn it is in a state of the request.
TURN_OF = MappingProxyType(
    {
        RequestStatus.PROPOSED: Role.HEAD,
        RequestStatus.ALLOWED: Role.WEBMASTER,
        RequestStatus.REFUSED: Role.WEBMASTER,
    }
)


class RemindersFailed(Exception):
    """Some reminders could not be written; they are tried again."""


def reminder_job() -> RecurringJob:
    return RecurringJob("govpub.publishing.reminders", timedelta(minutes=1), remind)


def remind() -> str:
    """Write what is due to be told; returns how many requests were told of."""
    now = timezone.now()
    waiting = PublicationRequest.objects.in_review().select_related("site")
    told, failed = 0, []
    for kind, requests in (
        (ReminderKind.DUE_SOON, waiting.due_soon(now)),
        (ReminderKind.OVERDUE, waiting.overdue(now)),
        (ReminderKind.ESCALATED, waiting.overdue(now)),
    ):
        for request in _not_told(requests, kind).order_by("pk"):
            try:
                told += _remind(request, kind)
            except Exception as error:
                # One request must not keep the others from being told of.
                logger.exception("No reminder", extra={"request": request.code})
                failed.append(f"{request.code}: {error}")
    if failed:
        raise RemindersFailed("; ".join(failed))
    return _("steps told of: %(count)s") % {"count": told} if told else ""


def _not_told(
    requests: PublicationRequestQuerySet, kind: ReminderKind
) -> PublicationRequestQuerySet:
    told = StepReminder.objects.filter(
        request=OuterRef("pk"), waiting_since=OuterRef("waiting_since"), kind=kind
    )
    return requests.filter(~Exists(told))


@transaction.atomic
def _remind(request: PublicationRequest, kind: ReminderKind) -> bool:
    """Tell of this step if it still waits and nobody has told of it; whether told."""
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.waiting_since != request.waiting_since or fresh.due_at is None:
        return False
    if kind == ReminderKind.ESCALATED and not _is_escalated(fresh):
        return False
    _reminder, is_new = StepReminder.objects.get_or_create(
        request=fresh, waiting_since=fresh.waiting_since, kind=kind
    )
    if not is_new:
        return False
    people = _to_escalate(fresh) if kind == ReminderKind.ESCALATED else _turn(fresh)
    write_letters(fresh.site, people, lambda: _letter(fresh, kind), request=fresh)
    return True


def _is_escalated(request: PublicationRequest) -> bool:
    """Whether more working time has passed since it was due than the office allows."""
    office = ProcedureSettings.for_site(request.site)
    late = office.working_hours().between(request.due_at, timezone.now())
    return late >= timedelta(minutes=office.escalate_after_minutes)


def _turn(request: PublicationRequest) -> Iterable[Any]:
    """The holders of the role whose turn it is, without who proposed it."""
    holders = Appointment.objects.in_force().filter(
        site=request.site, role=TURN_OF[RequestStatus(request.status)]
    )
    people = get_user_model().objects.filter(pk__in=holders.values("user"))
    if request.status == RequestStatus.PROPOSED:
        people = people.exclude(pk=request.officer_id or 0)
    return people.select_related("wagtail_userprofile")


def _to_escalate(request: PublicationRequest) -> Iterable[Any]:
    """The person the office named; else whoever is acting for the head."""
    named = ProcedureSettings.for_site(request.site).escalate_to
    if named is not None and named.is_active:
        return [named]
    acting = Appointment.objects.in_force().filter(
        site=request.site, role=Role.HEAD, acting=True
    )
    return get_user_model().objects.filter(pk__in=acting.values("user"))


def _letter(request: PublicationRequest, kind: ReminderKind) -> Letter:
    subject = _("%(kind)s: request %(code)s, %(topic)s") % {
        "kind": kind.label,
        "code": request.code,
        "topic": request.topic,
    }
    body = render_to_string(
        "govpub/publishing/mail/reminder.txt",
        {
            "request": request,
            "kind": kind.label,
            "step": NEXT_STEP[RequestStatus(request.status)].label,
            "address": review_address(request),
        },
    )
    return Letter(subject, body)
