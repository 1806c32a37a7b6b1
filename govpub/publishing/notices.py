"""Mails that tell the next person that it is his turn, and the officer the outcome."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from govpub.publishing.enums import Outcome
from govpub.publishing.models import Act, Appointment, PublicationRequest
from govpub.publishing.signals import act_done
from govpub.roles import Role

logger = logging.getLogger("govpub.notices")

TO_ROLE = {
    Outcome.PROPOSED: Role.HEAD,
    Outcome.ALLOWED: Role.WEBMASTER,
    Outcome.REFUSED: Role.WEBMASTER,
}
TO_OFFICER = frozenset(
    {
        Outcome.RETURNED,
        Outcome.PUT_UP,
        Outcome.APPROVED_FOR_DAY,
        Outcome.TAKEN_DOWN,
    }
)


def connect() -> None:
    act_done.connect(tell, dispatch_uid="govpub_tell_by_mail")


def recipients(request: PublicationRequest, act: Act) -> QuerySet[Any]:
    """The people whom the act concerns, without the one who did it."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    if act.outcome in TO_OFFICER:
        users = users.filter(pk=request.officer_id)
    elif act.outcome in TO_ROLE:
        holders = Appointment.objects.in_force().filter(
            site=request.site, role=TO_ROLE[Outcome(act.outcome)]
        )
        users = users.filter(pk__in=holders.values("user"))
    else:
        users = users.none()
    return users.exclude(pk=act.user_id) if act.user_id else users


def tell(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """Send one mail to each person concerned; a failing server loses no act."""
    mails = [_mail(user, request, act) for user in recipients(request, act)]
    if not mails:
        return
    try:
        get_connection().send_messages(mails)
    except OSError:
        logger.exception("Notices could not be sent", extra={"request": request.code})


def _mail(user: Any, request: PublicationRequest, act: Act) -> EmailMessage:
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        address = reverse("govpub_publishing:review", args=[request.pk])
        body = render_to_string(
            "govpub/publishing/mail/act.txt",
            {
                "request": request,
                "act": act,
                "address": settings.WAGTAILADMIN_BASE_URL + address,
                "reasons": [
                    other.words
                    for other in request.current_round.acts.all()
                    if other.words and act.outcome == Outcome.RETURNED
                ],
            },
        )
        subject = _("%(outcome)s: request %(code)s") % {
            "outcome": act.get_outcome_display(),
            "code": request.code,
        }
        return EmailMessage(subject, body, to=[user.email])
