"""The results for everybody: a page, CSV and JSON."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govpub.survey.models import SurveyRound
from govpub.survey.page_queries import freeze_pages, page_scores_of
from govpub.survey.queries import (
    TREND_ROUNDS,
    released_comments,
    results_of,
    shown_rounds,
    trend,
)
from govpub.survey.reports import as_csv, download, office_table
from govpub.survey.results import Results, freeze
from govpub.survey.views import crumbs, site_of

MOST_COMMENTS = 50


def chosen_round(request: HttpRequest, rounds: list[SurveyRound]) -> SurveyRound:
    """The round asked for by ``?round=``, or the latest; 404 if there is none."""
    asked = request.GET.get("round")
    for round_ in rounds:
        if asked in (None, "", str(round_.pk)):
            return round_
    raise Http404


def _chosen_of_all(request: HttpRequest) -> SurveyRound:
    return chosen_round(request, list(shown_rounds(site_of(request))))


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The whole table of a round, the trend and the released comments."""
    rounds = list(shown_rounds(site_of(request)))
    round_ = chosen_round(request, rounds)
    found = results_of(round_)
    context = {
        "round": round_,
        "results": found,
        "table": office_table(found),
        "trend": trend(rounds[:TREND_ROUNDS], round_, found),
        "comments": released_comments(round_)[:MOST_COMMENTS],
        "breadcrumbs": crumbs((_("Results of the satisfaction survey"), "")),
    }
    return render(request, "govpub/survey/results.html", context)


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """The table of a round for a spreadsheet."""
    round_ = _chosen_of_all(request)
    table = as_csv(office_table(results_of(round_)))
    name = f"survey-{round_.fiscal_year}-{round_.period}.csv"
    return download(table.encode(), name)


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    """The results of a round for programs; decimals are text."""
    round_ = _chosen_of_all(request)
    return JsonResponse(
        {
            **_description(round_),
            **_numbers(results_of(round_)),
            "categories": freeze_pages(page_scores_of(round_))["sections"],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _description(round_: SurveyRound) -> dict[str, Any]:
    return {
        "office": round_.site.site_name,
        "fiscal_year": round_.fiscal_year,
        "quarter": round_.period or None,
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "frozen_at": round_.closed_at,
    }


def _numbers(found: Results) -> dict[str, Any]:
    return {"respondents": found.n, **freeze(found)}
