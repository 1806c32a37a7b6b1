"""Mails that tell the next person that it is his turn, and the officer the outcome.

They are written with the act, in its transaction; ``outbox`` sends them afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from govpub.publishing.enums import Outcome, Step
from govpub.publishing.letters import Letter, review_address, write_letters
from govpub.publishing.models import Act, Appointment, PublicationRequest
from govpub.publishing.signals import act_recorded
from govpub.publishing.together import is_followed_up_later
from govpub.roles import Role

TO_ROLE = {
    Outcome.PROPOSED: Role.HEAD,
    Outcome.ALLOWED: Role.WEBMASTER,
    # The head has to confirm it in writing.
    Outcome.ALLOWED_VERBALLY: Role.HEAD,
    Outcome.REFUSED: Role.WEBMASTER,
    Outcome.WITHDRAWN: Role.HEAD,
    Outcome.EXTENSION_ASKED: Role.HEAD,
}
# A refusal reaches the officer through the Web Master, with the reasons.
TO_OFFICER = frozenset(
    {
        Outcome.ALLOWED,
        Outcome.ALLOWED_VERBALLY,
        Outcome.RETURNED,
        Outcome.PUT_UP,
        Outcome.APPROVED_FOR_DAY,
        Outcome.WENT_LIVE,
        Outcome.REPLACED,
        Outcome.TAKEN_DOWN,
        Outcome.STOPPED,
        Outcome.REMOVED,
        Outcome.FOUND_WANTING,
        Outcome.EXTENSION_REFUSED,
        Outcome.EXTENDED,
    }
)


def connect() -> None:
    """Write mails of every act from now on."""
    act_recorded.connect(write_mails, dispatch_uid="govpub_write_mails")


def disconnect() -> None:
    """Write none, because what is done is not news to anybody (a demo, an import)."""
    act_recorded.disconnect(dispatch_uid="govpub_write_mails")


def recipients(request: PublicationRequest, act: Act) -> QuerySet[Any]:
    """The people whom the act concerns, without the one who did it."""
    concerned = Q(pk__in=[])
    outcome = Outcome(act.outcome)
    if role := TO_ROLE.get(outcome):
        holders = Appointment.objects.in_force().filter(site=request.site, role=role)
        concerned |= Q(pk__in=holders.values("user"))
    if outcome in TO_OFFICER:
        proposals = act.round.acts.filter(step=Step.PROPOSE)
        concerned |= Q(pk=request.officer_id) | Q(pk__in=proposals.values("user"))
    users = get_user_model().objects.filter(concerned, is_active=True)
    return users.exclude(pk=act.user_id or 0).select_related("wagtail_userprofile")


def write_mails(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """Put one notice for each person concerned into the outbox."""
    if not is_followed_up_later():
        tell_of(request, act, recipients(request, act))


def tell_of(request: PublicationRequest, act: Act, users: Iterable[Any]) -> int:
    """Tell these people of one act; returns how many notices were written."""
    return write_letters(
        request.site, users, lambda: _letter(request, act), request=request, act=act
    )


def _letter(request: PublicationRequest, act: Act) -> Letter:
    subject = _("%(outcome)s: request %(code)s") % {
        "outcome": act.get_outcome_display(),
        "code": request.code,
    }
    returned = act.outcome == Outcome.RETURNED
    body = render_to_string(
        "govpub/publishing/mail/act.txt",
        {
            "request": request,
            "act": act,
            "address": review_address(request),
            "reasons": [
                other.words
                for other in act.round.acts.all()
                if other.words and returned
            ],
        },
    )
    return Letter(subject, body)
