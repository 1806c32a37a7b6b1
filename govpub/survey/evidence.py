"""What the office tells an assessor of the satisfaction with its website."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.survey.models import SurveyRound
from govpub.survey.queries import results_of


def satisfaction(
    site: Site, begin: date, end: date
) -> tuple[str, list[tuple[str, str]]]:
    """The rounds that fell into these days: answers, mean and percent of each."""
    rounds = SurveyRound.objects.filter(
        site=site, opens_on__lte=end, closes_on__gte=begin
    ).exclude(opened_at=None)
    return _("Satisfaction with the website"), [
        (str(round_), _said(round_)) for round_ in rounds.order_by("opens_on")
    ]


def _said(round_: SurveyRound) -> str:
    found = results_of(round_).overall
    if found.mean is None:
        return _("no answers")
    return _("mean %(mean)s of 5, %(percent)s %%, %(count)s answers") % {
        "mean": found.mean,
        "percent": found.percent,
        "count": found.n,
    }
