"""The life of a round: planned, opened, closed with its results frozen."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from wagtail.models import Site

from govpub.survey.enums import Period, RoundLength, RoundStatus
from govpub.survey.models import Question, SurveyRound, SurveySettings
from govpub.survey.page_queries import current_page_scores, freeze_pages
from govpub.survey.queries import current_results, open_round, scheme_of
from govpub.survey.results import freeze
from govpub.thai.dates import FiscalYear


class RoundClosed(Exception):
    """The round takes no answers (any more)."""


def take_turn(round_: SurveyRound) -> None:
    """Have the round to oneself until the end of the transaction.

    Every change of answers begins here, and so does the close. The update locks the
    row (the database file, on SQLite), so answers follow one another and none can slip
    in behind the results. Raises ``RoundClosed``.
    """
    still_open = SurveyRound.objects.filter(pk=round_.pk, status=RoundStatus.OPEN)
    if not still_open.update(last_answer_at=timezone.now()):
        raise RoundClosed(str(round_))


def open_now(round_: SurveyRound) -> None:
    """Begin to take answers, with a salt of its own."""
    round_.salt = secrets.token_hex(32)
    round_.status = RoundStatus.OPEN
    round_.opened_at = timezone.now()
    round_.save(update_fields=["salt", "status", "opened_at"])


@transaction.atomic
def close_now(round_: SurveyRound) -> None:
    """Take no more answers, freeze the results and destroy the salt."""
    take_turn(round_)
    round_.scheme = scheme_of(round_)
    round_.frozen = {
        **freeze(current_results(round_)),
        "pages": freeze_pages(current_page_scores(round_)),
    }
    round_.status = RoundStatus.CLOSED
    round_.closed_at = timezone.now()
    round_.salt = ""
    round_.save(update_fields=["scheme", "frozen", "status", "closed_at", "salt"])


def keep_rounds(site: Site, today: date) -> list[str]:
    """Close the round whose last day is over and open the one that is due.

    Returns a line for the operator for each thing done. Where nothing is planned for
    today, a round of the length the office has set is made.
    """
    done = []
    current = open_round(site)
    if current and current.closes_on < today:
        close_now(current)
        done.append(f"{site}: closed {current}")
        current = None
    if current is None:
        due = _due(site, today)
        if due and due.status == RoundStatus.PLANNED:
            open_now(due)
            done.append(f"{site}: opened {due}")
    return done


def keep_all_rounds() -> str:
    """The scheduler's part, for every office that has a survey."""
    with_survey = Question.objects.order_by().values("site")
    today = timezone.localdate()
    done: list[str] = []
    for site in Site.objects.filter(pk__in=with_survey):
        done += keep_rounds(site, today)
    return "; ".join(done)


@transaction.atomic
def _due(site: Site, today: date) -> SurveyRound | None:
    planned = SurveyRound.objects.filter(
        site=site,
        status=RoundStatus.PLANNED,
        opens_on__lte=today,
        closes_on__gte=today,
    ).last()
    due = planned or _round_of_settings(site, today)
    carry_over(site, due.fiscal_year)
    return due


def _round_of_settings(site: Site, today: date) -> SurveyRound:
    """The round the office's settings ask for on this day, made if it is missing."""
    year = FiscalYear.of(today)
    if SurveySettings.for_site(site).round_length == RoundLength.QUARTER:
        span, period = year.quarter(today), year.quarter(today).number
    else:
        span, period = year, Period.YEAR  # type: ignore[assignment]
    found, _made = SurveyRound.objects.get_or_create(
        site=site,
        fiscal_year=year.be,
        period=period,
        defaults={"opens_on": span.start, "closes_on": span.end},
    )
    return found


def carry_over(site: Site, fiscal_year: int) -> None:
    """Give a fiscal year without questions those of the year before it."""
    questions = Question.objects.filter(site=site)
    if questions.filter(fiscal_year=fiscal_year).exists():
        return
    earlier = questions.filter(fiscal_year__lt=fiscal_year, active=True)
    latest = earlier.order_by("-fiscal_year").first()
    if latest is None:
        return
    for question in earlier.filter(fiscal_year=latest.fiscal_year):
        question.pk = None
        question._state.adding = True
        question.fiscal_year = fiscal_year
        question.save()
