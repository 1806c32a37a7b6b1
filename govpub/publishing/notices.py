"""Mails that tell the next person that it is his turn, and the officer the outcome.

They are written with the act, in its transaction; ``outbox`` sends them afterwards.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from govpub.publishing import outbox
from govpub.publishing.enums import Outcome, Step
from govpub.publishing.models import Act, Appointment, OutboxMail, PublicationRequest
from govpub.publishing.signals import act_recorded
from govpub.roles import Role

TO_ROLE = {
    Outcome.PROPOSED: Role.HEAD,
    Outcome.ALLOWED: Role.WEBMASTER,
    Outcome.REFUSED: Role.WEBMASTER,
    Outcome.WITHDRAWN: Role.HEAD,
}
# A refusal reaches the officer through the Web Master, with the reasons.
TO_OFFICER = frozenset(
    {
        Outcome.ALLOWED,
        Outcome.RETURNED,
        Outcome.PUT_UP,
        Outcome.APPROVED_FOR_DAY,
        Outcome.WENT_LIVE,
        Outcome.REPLACED,
        Outcome.TAKEN_DOWN,
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
    return users.exclude(email="").exclude(pk=act.user_id or 0)


def write_mails(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """Put one mail to each address concerned into the outbox."""
    addressees = {user.email: user for user in recipients(request, act)}
    mails = OutboxMail.objects.bulk_create(
        _mail(user, request, act) for user in addressees.values()
    )
    if mails:
        keys = [mail.pk for mail in mails]
        transaction.on_commit(lambda: outbox.send(keys), robust=True)


def _mail(user: Any, request: PublicationRequest, act: Act) -> OutboxMail:
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = _("%(outcome)s: request %(code)s") % {
            "outcome": act.get_outcome_display(),
            "code": request.code,
        }
        return OutboxMail(
            site=request.site,
            act=act,
            user=user,
            recipient=user.email,
            subject=subject,
            body=_body(request, act),
        )


def _body(request: PublicationRequest, act: Act) -> str:
    address = reverse("govpub_publishing:review", args=[request.pk])
    returned = act.outcome == Outcome.RETURNED
    return render_to_string(
        "govpub/publishing/mail/act.txt",
        {
            "request": request,
            "act": act,
            "address": settings.WAGTAILADMIN_BASE_URL + address,
            "reasons": [
                other.words
                for other in act.round.acts.all()
                if other.words and returned
            ],
        },
    )
