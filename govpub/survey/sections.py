"""What the survey adds to pages of others: the statistics page and every item page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wagtail.models import Site

from govpub.survey.models import SurveySettings
from govpub.survey.queries import open_round, recent_rounds, results_of, trend
from govpub.survey.rating_views import page_purpose
from govpub.survey.tokens import issue


def statistics_section(request: HttpRequest, site: Site) -> SafeString:
    """Level, number of answers, distribution and trend, for the statistics page."""
    rounds = recent_rounds(site)
    if not rounds:
        return SafeString("")
    latest = rounds[0]
    found = results_of(latest)
    context = {
        "round": latest,
        "results": found,
        "trend": trend(rounds, latest, found),
    }
    return render_to_string("govpub/survey/section.html", context, request)


def item_footer(request: HttpRequest, page: Any) -> SafeString:
    """The one-click rating under a page; nothing while no round is open."""
    site = Site.find_for_request(request)
    if site is None or page.pk is None or getattr(request, "is_preview", False):
        return SafeString("")
    if not SurveySettings.for_request(request).rate_pages or open_round(site) is None:
        return SafeString("")
    context = {"token": issue(page_purpose(site, page.pk)), "rated_page": page}
    return render_to_string("govpub/survey/rating.html", context, request)
