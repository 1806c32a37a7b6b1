"""The one-click rating under a page, and the optional comment after it.

Exempt from Django's CSRF check for the reason given in ``views``.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from wagtail.models import Site

from govpub.survey import tokens
from govpub.survey.forms import RatingCommentForm, RatingForm
from govpub.survey.gate import DAY, Kind, Refused, let_through, posted
from govpub.survey.models import PageRating, SurveyRound
from govpub.survey.page_queries import score_of
from govpub.survey.queries import open_round, settings_of
from govpub.survey.rating import comment_on_rating, rate_page
from govpub.survey.rounds import RoundClosed
from govpub.survey.subjects import Subject, of_rating, subject_in
from govpub.survey.throttle import CLICK_SECONDS
from govpub.survey.views import crumbs, refuse, site_of

# A page may stay in a cache for days, and its token with it.
CLICK = Kind("click", max_age=7 * DAY, least_seconds=CLICK_SECONDS)
AFTERWARDS = Kind("comment", max_age=DAY, least_seconds=CLICK_SECONDS)

RATED = "rated:"


@csrf_exempt
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Take a level, or whether the page was useful, for the page in the token."""
    site = site_of(request)
    try:
        return _take_rating(request, site)
    except Refused as refused:
        return refuse(request, refused.status)
    except RoundClosed:
        return _show_no_round(request)


def _take_rating(request: HttpRequest, site: Site) -> HttpResponse:
    rating_form = RatingForm(posted(request))
    subject = subject_in(posted(request).get("token", ""), site)
    if subject is None:
        raise Refused(400)
    round_ = open_round(site)
    if round_ is None or not settings_of(round_).rate_pages:
        return _show_no_round(request)
    try:
        passed = let_through(request, round_, CLICK, subject.purpose(site))
    except tokens.TokenExpired:
        return _ask_again(request, site, subject, stale=True)
    if not rating_form.is_valid():
        return _ask_again(request, site, subject)
    given = rating_form.cleaned_data
    rating = rate_page(
        round_,
        subject,
        passed.visitor,
        level=given["level"],
        helpful=given["helpful"],
        reasons=passed.reasons,
    )
    return HttpResponseRedirect(_address_after(rating), status=303)


def _ask_again(
    request: HttpRequest, site: Site, subject: Subject, *, stale: bool = False
) -> HttpResponse:
    context = {
        "subject": subject,
        "token": tokens.issue(subject.purpose(site)),
        "stale": stale,
        "breadcrumbs": crumbs(),
    }
    return render(request, "govpub/survey/rate_again.html", context, status=400)


def _show_no_round(request: HttpRequest) -> HttpResponse:
    context = {"round": None, "breadcrumbs": crumbs((_("Satisfaction survey"), ""))}
    return render(request, "govpub/survey/closed.html", context)


def _address_after(rating: PageRating, **more: str) -> str:
    token = tokens.issue(f"{RATED}{rating.pk}")
    sent = "&sent=1" if more else ""
    return f"{reverse('govpub_survey:rated')}?token={token}{sent}"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rated(request: HttpRequest) -> HttpResponse:
    """Thank for a rating, and take a comment to go with it.

    The token in the address names the rating; only who gave it has it.
    """
    site = site_of(request)
    try:
        if request.method == "POST":
            return _take_comment(request, site)
        return _show_rated(request, site, RatingCommentForm())
    except Refused as refused:
        return refuse(request, refused.status)
    except RoundClosed:
        return _show_no_round(request)


def _take_comment(request: HttpRequest, site: Site) -> HttpResponse:
    comment_form = RatingCommentForm(posted(request))
    rating = _rating_in(posted(request).get("token", ""), site)
    purpose = f"{RATED}{rating.pk}"
    round_: SurveyRound = rating.round
    if not round_.is_open:
        raise RoundClosed(str(round_))
    try:
        let_through(request, round_, AFTERWARDS, purpose)
    except tokens.TokenExpired as error:
        raise Refused(400) from error
    if not comment_form.is_valid():
        return _show_rated(request, site, comment_form, rating, status=422)
    comment_on_rating(rating, comment_form.cleaned_data["comment"])
    return HttpResponseRedirect(_address_after(rating, sent="1"), status=303)


def _rating_number(token: str) -> int | None:
    try:
        purpose, _handed_out = tokens.read(token)
    except tokens.TokenRefused:
        return None
    number = purpose.removeprefix(RATED)
    return int(number) if purpose.startswith(RATED) and number.isdecimal() else None


def _rating_in(token: str, site: Site) -> PageRating:
    pk = _rating_number(token)
    ratings = PageRating.objects.filter(round__site=site).select_related(
        "round", "page"
    )
    rating = ratings.filter(pk=pk).first() if pk else None
    if rating is None:
        raise Refused(400)
    return rating


def _show_rated(
    request: HttpRequest,
    site: Site,
    comment_form: RatingCommentForm,
    rating: PageRating | None = None,
    status: int = 200,
) -> HttpResponse:
    rating = rating or _rating_in(request.GET.get("token", ""), site)
    subject = of_rating(rating)
    if subject is None:
        raise Http404
    context = {
        "rating": rating,
        "subject": subject,
        "score": score_of(rating.round, subject),
        "form": comment_form,
        "sent": "sent" in request.GET,
        "token": tokens.issue(f"{RATED}{rating.pk}"),
        "breadcrumbs": crumbs(),
    }
    return render(request, "govpub/survey/rated.html", context, status=status)
