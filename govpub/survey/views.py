"""The public pages of the survey.

The pages with a form may be cached and shared, so the views that take an answer are
exempt from Django's CSRF check: its token belongs to one visitor. ``gate`` takes its
place: the browser must say that the form stood on our site, and a signed, timed token
must say which form it was.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wagtail.models import Site

from govpub.survey.actions import Submission, record_answer
from govpub.survey.forms import AnswerForm
from govpub.survey.gate import DAY, Kind, Passed, Refused, let_through, posted
from govpub.survey.models import SurveyRound
from govpub.survey.queries import latest_round, open_round, results_of
from govpub.survey.rounds import RoundClosed
from govpub.survey.throttle import FORM_SECONDS
from govpub.survey.tokens import TokenRefused, issue

FULL_FORM = Kind("form", max_age=DAY, least_seconds=FORM_SECONDS)


def site_of(request: HttpRequest) -> Site:
    """The office whose address was asked for, or 404."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def crumbs(*trail: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the statistics page to one of ours."""
    parent = reverse("govpub_survey:form").removesuffix("survey/")
    return [(_("Statistics and satisfaction"), parent), *trail]


def refuse(request: HttpRequest, status: int) -> HttpResponse:
    """Say in plain words why nothing was taken."""
    reasons = {
        400: _("What arrived could not be read."),
        403: _("The form was sent from another website."),
        413: _("The answer is too long."),
        429: _("Very many answers are coming from your network. Please try later."),
    }
    context = {"reason": reasons[status], "breadcrumbs": crumbs()}
    return render(request, "govpub/survey/refused.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The full form: show it, or take an answer and say thank you."""
    site = site_of(request)
    round_ = open_round(site)
    if round_ is None:
        return _show_closed(request, site)
    if request.method != "POST":
        return _show_form(request, round_, AnswerForm(round_))
    try:
        return _take_answer(request, round_)
    except Refused as refused:
        return refuse(request, refused.status)
    except RoundClosed:
        return _show_closed(request, site)


def _take_answer(request: HttpRequest, round_: SurveyRound) -> HttpResponse:
    answer_form = AnswerForm(round_, posted(request))
    try:
        passed = let_through(request, round_, FULL_FORM, purpose_of(round_))
    except TokenRefused:
        return _show_form(request, round_, answer_form, status=400, stale=True)
    if not answer_form.is_valid():
        return _show_form(request, round_, answer_form, status=422)
    record_answer(round_, _submission(answer_form, passed))
    return HttpResponseRedirect(reverse("govpub_survey:thanks"), status=303)


def purpose_of(round_: SurveyRound) -> str:
    """What the token of a round's full form is for."""
    return f"round:{round_.pk}"


def _submission(answer_form: AnswerForm, passed: Passed) -> Submission:
    return Submission(
        visitor=passed.visitor,
        levels=answer_form.levels,
        respondent=answer_form.cleaned_data["respondent"],
        comment=answer_form.cleaned_data["comment"],
        seconds=passed.seconds,
        reasons=passed.reasons,
    )


def _show_form(
    request: HttpRequest,
    round_: SurveyRound,
    answer_form: AnswerForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": answer_form,
        "round": round_,
        "token": issue(purpose_of(round_)),
        "breadcrumbs": crumbs((_("Satisfaction survey"), "")),
        **more,
    }
    return render(request, "govpub/survey/form.html", context, status=status)


def _show_closed(request: HttpRequest, site: Site) -> HttpResponse:
    context = {
        "round": latest_round(site),
        "breadcrumbs": crumbs((_("Satisfaction survey"), "")),
    }
    return render(request, "govpub/survey/closed.html", context)


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank the visitor and show how the round stands."""
    round_ = latest_round(site_of(request))
    if round_ is None:
        raise Http404
    context = {
        "round": round_,
        "results": results_of(round_),
        "breadcrumbs": crumbs((_("Satisfaction survey"), "")),
    }
    return render(request, "govpub/survey/thanks.html", context)
