"""Whether the scheduler has been running, and what it could not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from wagtail.admin.ui.components import Component

from govpub.models import Job
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.office_tables import offices_kept_by
from govpub.publishing.permissions import signed_in
from govpub.roles import Role
from govpub.upkeep.models import DueFailure, Extension, ExtensionStatus
from govpub.upkeep.queue import due_for, is_overdue

LATE = timedelta(minutes=10)


def scheduler_state() -> str:
    """``running``, ``late`` when nothing finished for ten minutes, or ``never``."""
    latest = Job.objects.aggregate(at=Max("last_finished"))["at"]
    if latest is None:
        return "never"
    return "late" if timezone.now() - latest > LATE else "running"


def scheduler_banner(request: HttpRequest) -> SafeString:
    """In red on every page of the admin: the scheduler stands still, items failed."""
    state = scheduler_state()
    offices = offices_kept_by(signed_in(request))
    failures = DueFailure.objects.filter(request__site__in=offices)
    over = PublicationRequest.objects.period_over
    context = {
        "state": state,
        "waiting": 0 if state == "running" else over().count(),
        "failures": list(failures.select_related("request")[:10]),
    }
    return SafeString(render_to_string("govpub/upkeep/admin/banner.html", context))


class UpkeepPanel(Component):
    """On the dashboard: what is to be verified, and longer periods to decide on."""

    name = "govpub_upkeep_panel"
    template_name = "govpub/upkeep/admin/panel.html"
    order = 15

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        heads = Appointment.objects.in_force().filter(user=user, role=Role.HEAD)
        asked = Extension.objects.filter(
            status=ExtensionStatus.ASKED, request__site__in=heads.values("site")
        ).exclude(asked_by=user)
        due = due_for(user)
        return {
            "extensions": list(asked.select_related("request")[:10]),
            "due": len(due),
            "overdue": sum(map(is_overdue, due)),
        }
