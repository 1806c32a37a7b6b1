"""Whether the scheduler has been running, and what it could not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from wagtail.admin.ui.components import Component

from govpub.models import Job
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.office_tables import offices_kept_by
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


class SchedulerBanner(Component):
    """In red at the top of the dashboard: the scheduler stands still, items failed."""

    name = "govpub_scheduler_banner"
    template_name = "govpub/upkeep/admin/banner.html"
    order = 1

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        failures = DueFailure.objects.filter(request__site__in=offices_kept_by(user))
        return {
            "state": scheduler_state(),
            # Commands and errors are for whoever looks after the server.
            "technical": user.is_superuser,
            "waiting": PublicationRequest.objects.period_over().count(),
            "failures": list(failures.select_related("request")[:10]),
        }


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
