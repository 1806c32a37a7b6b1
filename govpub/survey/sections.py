"""What the survey adds to pages of others: the statistics page and all public ones."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from wagtail.models import Page, Site

from govpub.survey.queries import (
    open_round,
    recent_rounds,
    results_of,
    settings_of,
    trend,
)
from govpub.survey.subjects import Subject, of_page, of_place
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


def page_foot(request: HttpRequest, shown: Page | str | Promise) -> SafeString:
    """The one-click rating under a public page; nothing while no round is open.

    ``shown`` is the Wagtail page, or the title of a page of the program.
    """
    site = Site.find_for_request(request)
    subject = _subject(request, shown)
    if site is None or subject is None:
        return SafeString("")
    round_ = open_round(site)
    if round_ is None or not settings_of(round_).rate_pages:
        return SafeString("")
    context = {"token": issue(subject.purpose(site)), "subject": subject}
    return render_to_string("govpub/survey/rating.html", context, request)


def _subject(request: HttpRequest, shown: Page | str | Promise) -> Subject | None:
    if isinstance(shown, str | Promise):
        return of_place(request, shown)
    is_public = getattr(shown, "is_public", shown.live)
    return of_page(shown) if shown.pk and is_public else None
