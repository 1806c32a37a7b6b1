"""Who may look at and decide on a request; one predicate each, used everywhere."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import (
    Appointment,
    PublicationRequest,
    PublicationRequestQuerySet,
)
from govpub.publishing.rules import require_head
from govpub.roles import Role


def signed_in(request: HttpRequest) -> User:
    """The person at the screen; the admin lets nobody else in."""
    return cast(User, request.user)


def visible_requests(user: User) -> PublicationRequestQuerySet:
    """The requests of those offices at which the person holds any role today.

    A superuser looks after the installation and sees every office's requests,
    but decides on none.
    """
    requests = PublicationRequest.objects.select_related("site", "page", "officer")
    if user.is_superuser:
        return requests
    offices = Appointment.objects.in_force().filter(user=user).values("site")
    return requests.filter(site__in=offices)


def waiting_for(user: User) -> PublicationRequestQuerySet:
    """The requests on which it is this person's turn, oldest first."""
    held = Appointment.objects.in_force().filter(user=user)
    offices = {role: held.filter(role=role).values("site") for role in Role}
    requests = PublicationRequest.objects.select_related("site", "page", "officer")
    decide = requests.filter(
        status=RequestStatus.PROPOSED, site__in=offices[Role.HEAD]
    ).exclude(officer=user)
    put_up = requests.filter(
        status__in=[RequestStatus.ALLOWED, RequestStatus.REFUSED],
        site__in=offices[Role.WEBMASTER],
    )
    correct = requests.filter(status=RequestStatus.RETURNED, officer=user)
    return (decide | put_up | correct).order_by("opened_at", "pk")


def available_acts(user: User, request: PublicationRequest) -> list[str]:
    """The names of the acts that the person may carry out on the request now."""
    if request.status == RequestStatus.PROPOSED:
        if _may_decide(user, request):
            return ["allow", "refuse"]
        return ["withdraw"] if request.officer_id == user.pk else []
    if Appointment.objects.of(user, Role.WEBMASTER, request.site) is None:
        return []
    if request.status == RequestStatus.ALLOWED:
        return ["put_up", "tell_back"]
    if request.status == RequestStatus.REFUSED:
        return ["pass_on"]
    return []


def _may_decide(user: User, request: PublicationRequest) -> bool:
    try:
        require_head(user, request)
    except ProcedureError:
        return False
    return True
