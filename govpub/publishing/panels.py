from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from govpub.publishing.models import OutboxMail
from govpub.publishing.permissions import waiting_for


class WaitingPanel(Component):
    """On the dashboard: the requests on which it is this person's turn."""

    name = "govpub_waiting"
    template_name = "govpub/publishing/admin/waiting_panel.html"
    order = 10
    shown = 10

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = list(waiting_for(user)[: self.shown + 1])
        return {
            "requests": waiting[: self.shown],
            "has_more": len(waiting) > self.shown,
        }


class NoticesPanel(Component):
    """On the dashboard: what the person has been told and not yet opened."""

    name = "govpub_notices"
    template_name = "govpub/publishing/admin/notices_panel.html"
    order = 20
    shown = 5

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        unread = list(
            OutboxMail.objects.unread().filter(user=user).order_by("-pk")[: self.shown]
        )
        return {"notices": unread}
