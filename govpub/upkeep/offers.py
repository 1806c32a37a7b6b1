"""The buttons of upkeep on the page of a request, for those who may use them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import appointed_as
from govpub.roles import Role
from govpub.upkeep.actions import may_verify
from govpub.upkeep.extensions import may_be_asked
from govpub.upkeep.models import EndKind, ExtensionStatus
from govpub.upkeep.takedown import DOWN


def offer_upkeep(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    """What the person can do for an item that is, or was, on the website."""
    found = _about_the_period(user, request)
    if request.status == RequestStatus.PUBLISHED and may_verify(user, request):
        found.append(_offer("verify", request, _("Accurate, complete and current?")))
    if not appointed_as(user, Role.WEBMASTER, request.site):
        return found
    if request.status in DOWN:
        found.append(_offer("take_down", request, _("Take down from the website")))
    ending = getattr(request, "ending", None)
    if ending is not None and ending.kind != EndKind.REMOVED:
        if request.current_round.files.exclude(document=None).exists():
            found.append(_offer("documents", request, _("Documents after the end")))
        found.append(_offer("take_down", request, _("Remove it for good")))
    return found


def _about_the_period(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    asked = request.extensions.filter(status=ExtensionStatus.ASKED).first()
    if asked is not None:
        address = reverse("govpub_upkeep_admin:extension", args=[asked.pk])
        return [{"url": address, "label": _("A longer period is asked for")}]
    mine = any(
        appointed_as(user, role, request.site)
        for role in (Role.OFFICER, Role.WEBMASTER)
    )
    if mine and may_be_asked(request):
        return [_offer("extend", request, _("Ask for a longer period"))]
    return []


def _offer(name: str, request: PublicationRequest, label: str) -> dict[str, str]:
    address = reverse(f"govpub_upkeep_admin:{name}", args=[request.pk])
    return {"url": address, "label": label}
