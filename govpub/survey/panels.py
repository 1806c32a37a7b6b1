"""What visitors think of a page, beside its editor."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page

from govpub.survey.models import SurveyRound
from govpub.survey.page_queries import PageScore, score_of
from govpub.survey.permissions import works_somewhere
from govpub.survey.queries import latest_round
from govpub.survey.subjects import of_page


def feedback_of(page: Page) -> tuple[SurveyRound, PageScore] | None:
    """The latest round of the page's office and what it says of the page."""
    site = page.get_site()
    round_ = latest_round(site) if site else None
    return (round_, score_of(round_, of_page(page))) if round_ else None


class SatisfactionPanel(BaseSidePanel):
    """Whether visitors find the page being edited useful, and how they rate it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle what visitors think of the page")
        icon_name = "form"
        has_counter = False

    name = "govpub-satisfaction"
    title = _("Was this information useful?")
    template_name = "govpub/survey/admin/side_panel.html"
    order = 260

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if feedback := feedback_of(self.object):
            context["round"], context["found"] = feedback
        if works_somewhere(self.request.user):
            context["report_url"] = reverse("govpub_survey_report:index")
        return context
