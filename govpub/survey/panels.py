"""What visitors think of a page, where its editors see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.widgets.button import Button

from govpub.survey.models import SurveyRound
from govpub.survey.permissions import offices_of
from govpub.survey.queries import PageScore, latest_round, score_of_page


def feedback_of(page: Any) -> tuple[SurveyRound, PageScore] | None:
    """The latest round of the page's office and what it says of the page."""
    site = page.get_site()
    round_ = latest_round(site) if site else None
    return (round_, score_of_page(round_, page.pk)) if round_ else None


def feedback_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """How useful visitors find a page, in the menu at the top of its editor.

    Wagtail has no hook for the side panels themselves.
    """
    if view_name != "edit" or not page.pk:
        return
    feedback = feedback_of(page)
    if feedback is None:
        return
    _round, found = feedback
    yield Button(
        _("Useful: %(yes)s · not useful: %(no)s · rating: %(mean)s (%(n)s)")
        % {
            "yes": found.useful,
            "no": found.not_useful,
            "mean": found.score.mean or "–",
            "n": found.score.n,
        },
        url=_report_address(user) or f"#page-{page.pk}",
        icon_name="form",
        priority=80,
    )


def _report_address(user: Any) -> str:
    if not offices_of(user).exists():
        return ""
    return reverse("govpub_survey_report:index")
