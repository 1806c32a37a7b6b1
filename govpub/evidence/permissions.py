"""Who reads the evidence of an office: everybody who holds a role there."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from wagtail.models import Site

from govpub.publishing.models import Appointment
from govpub.publishing.office_tables import offices_kept_by
from govpub.publishing.permissions import held_roles

__all__ = ["office_read_in", "offices_kept_by", "offices_read_by", "reads_any"]


def offices_read_by(user: User | AnonymousUser) -> QuerySet[Site]:
    """The offices of which the person is head, Web Master, inspector or officer."""
    if user.is_superuser:
        return Site.objects.all()
    held = Appointment.objects.in_force().filter(user=user.pk)
    return Site.objects.filter(pk__in=held.values("site"))


def reads_any(user: User) -> bool:
    """Whether there is any such office."""
    return user.is_superuser or bool(held_roles(user))


def office_read_in(request: HttpRequest) -> Site:
    """The office a screen is about: the chosen one, that of the address, the first."""
    offices = offices_read_by(request.user)
    chosen = request.GET.get("site") or request.POST.get("site") or ""
    found = offices.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    here = Site.find_for_request(request)
    found = found or (offices.filter(pk=here.pk).first() if here else None)
    found = found or offices.first()
    if found is None:
        raise PermissionDenied
    return found
