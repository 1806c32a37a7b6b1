"""The results for everybody: a page, CSV and JSON."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Site

from govpub.survey.models import SurveyRound
from govpub.survey.queries import (
    latest_round,
    released_comments,
    results_of,
    shown_rounds,
    trend,
)
from govpub.survey.reports import as_csv, office_table
from govpub.survey.results import Results, freeze
from govpub.survey.views import crumbs, site_of

MOST_COMMENTS = 50


def chosen_round(request: HttpRequest, site: Site) -> SurveyRound:
    """The round asked for by ``?round=``, or the latest; 404 if there is none."""
    asked = request.GET.get("round", "")
    if not asked:
        found = latest_round(site)
    elif asked.isdecimal() and len(asked) < 10:
        found = shown_rounds(site).filter(pk=int(asked)).first()
    else:
        found = None
    if found is None:
        raise Http404
    return found


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The whole table of a round, the trend and the released comments."""
    round_ = chosen_round(request, site_of(request))
    found = results_of(round_)
    context = {
        "round": round_,
        "results": found,
        "table": office_table(found),
        "trend": trend(round_, found),
        "comments": released_comments(round_)[:MOST_COMMENTS],
        "breadcrumbs": crumbs((_("Results of the satisfaction survey"), "")),
    }
    return render(request, "govpub/survey/results.html", context)


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """The table of a round for a spreadsheet."""
    round_ = chosen_round(request, site_of(request))
    response = HttpResponse(
        as_csv(office_table(results_of(round_))),
        content_type="text/csv; charset=utf-8",
    )
    name = f"survey-{round_.fiscal_year}-{round_.period}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    """The results of a round for programs; decimals are text."""
    round_ = chosen_round(request, site_of(request))
    return JsonResponse(
        {**_description(round_), **_numbers(results_of(round_))},
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
