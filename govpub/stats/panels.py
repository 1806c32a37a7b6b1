"""The numbers where the office works: the dashboard, and beside a page being edited."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel

from . import queries
from .models import Kind
from .periods import last_days
from .permissions import may_read, readable_sites
from .sections import online


class DashboardPanel(Component):
    """The counter of each office a person works for, and what was lost lately."""

    name = "govpub_statistics"
    template_name = "govpub/stats/admin/dashboard.html"
    order = 300

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "offices": [
                {
                    "site": site,
                    "headline": queries.headline(site),
                    "online": online(site),
                }
                for site in readable_sites(user)
            ],
            "losses": queries.losses(last_days(7)),
            "report_url": reverse("govpub_statistics_report"),
        }


def add_dashboard_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_read(request.user):
        panels.append(DashboardPanel())


class PageNumbersPanel(BaseSidePanel):
    """How often the page being edited was read."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle visitor statistics")
        icon_name = "view"
        has_counter = False

    name = "govpub-statistics"
    title = _("Visitor statistics")
    template_name = "govpub/stats/admin/side_panel.html"
    order = 250

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        site, key = self.object.get_site(), str(self.object.pk)
        periods = [
            (_("Today"), last_days(1)),
            (_("7 days"), last_days(7)),
            (_("30 days"), last_days(30)),
            (_("All time"), None),
        ]
        context["rows"] = [
            (label, queries.of_subject(site, Kind.PAGE, key, period))
            for label, period in periods
            if site
        ]
        subject = site and queries.subject_of(site, Kind.PAGE, key)
        context["subject"] = subject if may_read(self.request.user) else None
        return context
