"""What the dashboard shows of the procedure."""

from __future__ import annotations

from typing import Any

from django.forms import Media

from wagtail.admin.ui.components import Component

from govpub.publishing import inbox
from govpub.publishing.models import OutboxMail

# Lists that are worth a glance on the dashboard; the others are in the inbox.
GLANCE = ("waiting", "due", "overdue", "mine", "returned")


class WaitingPanel(Component):
    """On the dashboard: the requests on which it is this person's turn."""

    name = "govpub_waiting"
    template_name = "govpub/publishing/admin/waiting_panel.html"
    order = 10
    shown = 5
    media = Media(css={"all": ["govpub/css/inbox.css"]})

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        counts = inbox.counts(user)
        waiting = inbox.sort(inbox.requests_of(user, "waiting"), "due")
        return {
            "cards": inbox.cards(user, waiting[: self.shown]),
            "lists": [
                {"name": name, "label": inbox.LISTS[name], "count": counts[name]}
                for name in GLANCE
            ],
            "more": max(0, counts["waiting"] - self.shown),
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
