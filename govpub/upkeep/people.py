"""Who is told about an item: its officer, who stands in for him, the Web Masters."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet

from wagtail.models import Site

from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role


def webmasters(site: Site) -> QuerySet[User]:
    """The office's Web Masters of today."""
    held = Appointment.objects.in_force().filter(site=site, role=Role.WEBMASTER)
    return get_user_model().objects.filter(pk__in=held.values("user"), is_active=True)


def responsible_for(request: PublicationRequest) -> list[User]:
    """Who answers for its content: the officer, or who is there in his stead.

    Gone means that no appointment is in force any more. Then it is the deputy (an
    officer acting in the same unit), another officer of the unit, or the Web Masters.
    """
    officers = Appointment.objects.in_force().filter(
        site=request.site, role=Role.OFFICER
    )
    if own := officers.filter(user=request.officer_id).select_related("user").first():
        return [own.user]
    former = Appointment.objects.filter(site=request.site, user=request.officer_id)
    units = former.exclude(unit="").values_list("unit", flat=True)
    deputies = officers.filter(unit__in={*units, request.unit} - {""})
    deputy = deputies.order_by("-acting", "pk").select_related("user").first()
    return [deputy.user] if deputy else list(webmasters(request.site))
