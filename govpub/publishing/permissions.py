"""Who may look at and decide on a request; one predicate each, used everywhere."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from wagtail.models import Site

from govpub.publishing.enums import TO_CONFIRM, WITH_WEBMASTER, RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import (
    Act,
    Appointment,
    PublicationRequest,
    PublicationRequestQuerySet,
    Round,
)
from govpub.publishing.rules import (
    require_head,
    require_not_involved,
    require_period_not_over,
    require_unchanged,
    who_was_faster,
)
from govpub.roles import Role, asked_once


def signed_in(request: HttpRequest) -> User:
    """The person at the screen; the admin lets nobody else in."""
    return cast(User, request.user)


@asked_once
def appointments_today(user: User) -> list[Appointment]:
    """Everything that the person is appointed to today, own before acting.

    For screens and menus, which ask often; who decides is asked anew each time.
    """
    held = Appointment.objects.in_force().filter(user=user.pk)
    return list(held.order_by("acting", "pk"))


def held_roles(user: User) -> frozenset[str]:
    """The roles that the person holds today, at whatever office."""
    return frozenset(appointment.role for appointment in appointments_today(user))


def appointed_as(user: User, role: Role, site: Site) -> Appointment | None:
    """By which the person would act today as ``role``, to be shown on a screen."""
    for appointment in appointments_today(user):
        if appointment.role == role and appointment.site_id == site.pk:
            return appointment
    return None


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


# Those who read about the procedure of their office as a whole.
OVERSEERS = frozenset({Role.HEAD, Role.WEBMASTER, Role.INSPECTOR})


def offices_overseen_by(user: User) -> QuerySet[Site]:
    """The offices whose procedure the person may read about as a whole."""
    if user.is_superuser:
        return Site.objects.all()
    held = Appointment.objects.in_force().filter(user=user, role__in=OVERSEERS)
    return Site.objects.filter(pk__in=held.values("site"))


def oversees_any(user: User) -> bool:
    """Whether there is any such office."""
    return user.is_superuser or not OVERSEERS.isdisjoint(held_roles(user))


def waiting_for(user: User) -> PublicationRequestQuerySet:
    """The requests on which it is this person's turn, longest waiting first."""
    return visible_requests(user).filter(is_turn_of(user)).order_by("waiting_since")


def is_turn_of(user: User) -> Q:
    """That the person is the one who has to act on a request now."""
    put_up = Q(status__in=WITH_WEBMASTER, site__in=_offices(user, Role.WEBMASTER))
    correct = Q(status=RequestStatus.RETURNED, officer=user)
    return waits_for_head(user) | _to_confirm(user) | put_up | correct


def waits_for_head(user: User) -> Q:
    """That the person may decide on a request as the head, as in ``require_head``.

    Neither who proposed it, nor who edited it last, nor who acted on it in this round.
    """
    return Q(status=RequestStatus.PROPOSED) & _as_head(user)


def _to_confirm(user: User) -> Q:
    """That the person may confirm in writing what was allowed verbally."""
    unconfirmed = Q(status__in=TO_CONFIRM, confirm_by__isnull=False)
    return unconfirmed & _as_head(user)


def _as_head(user: User) -> Q:
    newest = Round.objects.filter(request=OuterRef(OuterRef("pk"))).order_by("-number")
    own_acts = Act.objects.filter(user=user, round=Subquery(newest.values("pk")[:1]))
    return (
        Q(site__in=_offices(user, Role.HEAD))
        & ~Q(officer=user)
        & ~Q(page__latest_revision__user=user)
        & ~Q(Exists(own_acts))
    )


def _offices(user: User, role: Role) -> QuerySet[Any, Any]:
    held = Appointment.objects.in_force().filter(user=user, role=role)
    return held.values("site")


def available_acts(user: User, request: PublicationRequest) -> list[str]:
    """The names of the acts that the person may carry out on the request now."""
    if request.status == RequestStatus.PROPOSED:
        if _may_decide(user, request):
            return ["allow", "refuse"]
        return ["withdraw"] if request.officer_id == user.pk else []
    if appointed_as(user, Role.WEBMASTER, request.site) is None:
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


def may_record_verbally(user: User, request: PublicationRequest) -> bool:
    """Whether the Web Master may note that the head allowed it by word of mouth."""
    if request.status != RequestStatus.PROPOSED:
        return False
    if appointed_as(user, Role.WEBMASTER, request.site) is None:
        return False
    try:
        require_not_involved(user, request)
    except ProcedureError:
        return False
    return True


def may_confirm(user: User, request: PublicationRequest) -> bool:
    """Whether the head may confirm it in writing, or refuse to."""
    if request.confirm_by is None or request.status not in TO_CONFIRM:
        return False
    return _may_decide(user, request)


def why_not_allow(user: User, request: PublicationRequest) -> str:
    """Why the person cannot allow the request as it is now; empty if he can."""
    if request.status != RequestStatus.PROPOSED:
        return who_was_faster(request)
    try:
        require_head(user, request)
        require_unchanged(request.current_round)
        require_period_not_over(request)
    except ProcedureError as error:
        return " ".join(error.messages)
    return ""


def deciding_as(user: User, request: PublicationRequest) -> Appointment | None:
    """In which position the person would act on the request now."""
    role = Role.HEAD if request.status == RequestStatus.PROPOSED else Role.WEBMASTER
    return appointed_as(user, role, request.site)
