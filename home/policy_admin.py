"""The website's policies in the admin: which wording is shown, and how to change it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.models import Site

from govpub.publishing.models import Appointment
from govpub.publishing.permissions import held_roles, signed_in
from govpub.roles import Role
from home.models import PolicyPage
from home.policies import POLICIES, begin_own_wording

WRITERS = frozenset({Role.OFFICER, Role.WEBMASTER})
NAME = gettext_lazy("Policies of the website")


def offices_to_write_for(user: User | AnonymousUser) -> list[Site]:
    """The offices for which the person may propose something."""
    may_propose = Appointment.objects.in_force().filter(user=user.pk, role__in=WRITERS)
    return list(Site.objects.filter(pk__in=may_propose.values("site")))


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy of the person's offices, and whose wording is public."""
    offices = offices_to_write_for(request.user)
    if not offices:
        return permission_denied(request)
    rows: list[dict[str, Any]] = [
        {"site": site, "policy": policy, "title": title, "own": own}
        for site in offices
        for policy, title in POLICIES.items()
        for own in [PolicyPage.of(site, policy)]
    ]
    context = {"rows": rows, "page_title": NAME, "several": len(offices) > 1}
    return render(request, "home/admin/policies.html", context)


@require_POST
def write_own(request: HttpRequest, site_id: int, policy: str) -> HttpResponse:
    """Begin the office's own wording as a draft, and open it in the editor."""
    site = get_object_or_404(Site, pk=site_id)
    if policy not in POLICIES:
        raise Http404(_("There is no such policy."))
    if site not in offices_to_write_for(request.user):
        return permission_denied(request)
    user: Any = request.user
    return redirect(
        reverse(
            "wagtailadmin_pages:edit", args=[begin_own_wording(site, policy, user).pk]
        )
    )


urlpatterns: list[URLPattern] = [
    path("govpub/policies/", policies, name="home_policies"),
    path(
        "govpub/policies/<int:site_id>/<slug:policy>/",
        write_own,
        name="home_write_policy",
    ),
]


class PoliciesMenuItem(MenuItem):
    """For those who may propose information."""

    def is_shown(self, request: HttpRequest) -> bool:
        return not WRITERS.isdisjoint(held_roles(signed_in(request)))


def menu_item() -> PoliciesMenuItem:
    return PoliciesMenuItem(
        NAME, reverse("home_policies"), icon_name="clipboard-list", order=240
    )
