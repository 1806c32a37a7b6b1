"""Rounds open and close by the scheduler; results are frozen at the close."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from freezegun import freeze_time

from govpub.survey.enums import BandScheme, Period, RoundLength, RoundStatus
from govpub.survey.models import Question, SurveyRound, SurveySettings
from govpub.survey.queries import (
    asked_now,
    open_round,
    recent_rounds,
    results_of,
    trend,
)
from govpub.survey.rounds import RoundClosed, close_now, keep_all_rounds, keep_rounds
from govpub.survey.setup import answer_as_visitor, ensure_survey
from tests.survey.conftest import Browser

FIRST_DAY_OF_2571 = date(2027, 10, 1)


@pytest.fixture
def year_2570(bare_site):
    """An office set up in fiscal year 2570 (October 2026 to September 2027)."""
    with freeze_time("2026-11-20"):
        ensure_survey(bare_site)
    return open_round(bare_site)


def answer(site, level, address="198.51.100.1"):
    return answer_as_visitor(
        site, address=address, agent="x", levels={"overall": level, "speed": level}
    )


def test_set_up_opens_the_round_of_the_fiscal_year(year_2570):
    assert (year_2570.fiscal_year, year_2570.period) == (2570, Period.YEAR)
    assert (year_2570.opens_on, year_2570.closes_on) == (
        date(2026, 10, 1),
        date(2027, 9, 30),
    )
    assert len(year_2570.salt) == 64


def test_set_up_again_changes_nothing_people_have_changed(bare_site, year_2570):
    question = Question.objects.get(site=bare_site, code="speed")
    question.text, question.active = "ของเราเอง", False
    question.save()
    Question.objects.get(site=bare_site, code="design").delete()
    with freeze_time("2026-11-21"):
        assert ensure_survey(bare_site) == []
    question.refresh_from_db()
    assert (question.text, question.active) == ("ของเราเอง", False)
    assert not Question.objects.filter(site=bare_site, code="design").exists()
    assert SurveyRound.objects.filter(site=bare_site).count() == 1


def test_the_scheduler_leaves_a_running_round_alone(bare_site, year_2570):
    salt = year_2570.salt
    assert keep_rounds(bare_site, date(2027, 9, 30)) == []
    year_2570.refresh_from_db()
    assert (year_2570.status, year_2570.salt) == (RoundStatus.OPEN, salt)


def test_at_the_end_of_the_year_one_closes_and_the_next_opens(bare_site, year_2570):
    answer(bare_site, 4)
    done = keep_rounds(bare_site, FIRST_DAY_OF_2571)
    assert len(done) == 2
    year_2570.refresh_from_db()
    assert year_2570.status == RoundStatus.CLOSED
    assert year_2570.salt == ""
    following = open_round(bare_site)
    assert following.fiscal_year == 2571
    assert [v.question.code for v in asked_now(following)] == [
        v.question.code for v in asked_now(year_2570)
    ]
    assert keep_rounds(bare_site, FIRST_DAY_OF_2571) == []


def test_questions_of_a_new_year_may_differ_without_touching_the_old(
    bare_site, year_2570
):
    answer(bare_site, 4)
    keep_rounds(bare_site, FIRST_DAY_OF_2571)
    new = Question.objects.get(site=bare_site, code="speed", fiscal_year=2571)
    new.text = "ถ้อยคำปีใหม่"
    new.save()
    old = Question.objects.get(site=bare_site, code="speed", fiscal_year=2570)
    assert old.text != new.text
    assert old.versions.count() == 1


def test_a_round_that_was_missed_is_closed_and_todays_is_opened(bare_site, year_2570):
    keep_rounds(bare_site, date(2029, 1, 15))
    assert open_round(bare_site).fiscal_year == 2572


def test_quarters_where_the_office_wants_them(bare_site):
    settings = SurveySettings.for_site(bare_site)
    settings.round_length = RoundLength.QUARTER
    settings.save()
    with freeze_time("2027-02-10"):
        ensure_survey(bare_site)
    current = open_round(bare_site)
    assert (current.fiscal_year, current.period) == (2570, Period.Q2)
    assert (current.opens_on, current.closes_on) == (
        date(2027, 1, 1),
        date(2027, 3, 31),
    )
    keep_rounds(bare_site, date(2027, 4, 1))
    assert open_round(bare_site).period == Period.Q3


def test_a_planned_round_opens_on_its_day(bare_site, year_2570):
    close_now(year_2570)
    SurveyRound.objects.create(
        site=bare_site,
        fiscal_year=2570,
        period=Period.Q2,
        opens_on=date(2027, 1, 1),
        closes_on=date(2027, 3, 31),
    )
    keep_rounds(bare_site, date(2026, 12, 31))
    assert open_round(bare_site) is None
    keep_rounds(bare_site, date(2027, 1, 1))
    assert open_round(bare_site).period == Period.Q2


def test_a_round_closed_early_stays_closed(bare_site, year_2570):
    close_now(year_2570)
    assert keep_rounds(bare_site, date(2026, 12, 1)) == []
    assert open_round(bare_site) is None


def test_results_are_frozen_at_the_close(bare_site, year_2570):
    answer(bare_site, 4)
    answer(bare_site, 5, "198.51.100.2")
    before = results_of(year_2570)
    close_now(year_2570)
    # Whatever happens to settings, questions and even tallies afterwards:
    settings = SurveySettings.for_site(bare_site)
    settings.scheme = BandScheme.B
    settings.save()
    for question in Question.objects.filter(site=bare_site):
        question.text = "เปลี่ยน"
        question.save()
    year_2570.tallies.update(count=99)
    year_2570 = SurveyRound.objects.get(pk=year_2570.pk)
    after = results_of(year_2570)
    assert after == before
    assert after.scheme == BandScheme.A
    assert str(after.overall.mean) == "4.50"


def test_nothing_is_counted_after_the_close(bare_site, year_2570):
    stale = SurveyRound.objects.get(pk=year_2570.pk)
    close_now(year_2570)
    with pytest.raises(ValueError, match="no open survey round"):
        answer(bare_site, 1)
    from govpub.survey.actions import Submission, record_answer

    version = asked_now(stale)[0]
    with pytest.raises(RoundClosed):
        record_answer(stale, Submission(visitor="x", levels={version.pk: 1}))
    assert not stale.responses.exists()


def test_a_round_closes_once(year_2570):
    close_now(year_2570)
    with pytest.raises(RoundClosed):
        close_now(year_2570)


def test_a_citizen_at_the_closed_door_is_told(bare_site, year_2570):
    close_now(year_2570)
    sent = Browser(bare_site).post("/statistics/survey/", {"token": "x"})
    assert sent.status_code == 200
    assert "/statistics/survey/results/" in sent.content.decode()


def test_trend_over_rounds(bare_site, year_2570):
    answer(bare_site, 2)
    keep_rounds(bare_site, FIRST_DAY_OF_2571)
    answer(bare_site, 5)
    answer(bare_site, 4, "198.51.100.9")
    current = open_round(bare_site)
    points = trend(recent_rounds(bare_site), current, results_of(current))
    assert [p.round.fiscal_year for p in points] == [2570, 2571]
    assert [(p.score.n, str(p.score.mean)) for p in points] == [
        (1, "2.00"),
        (2, "4.50"),
    ]


def test_the_scheduler_keeps_every_office(bare_site, year_2570, office):
    with freeze_time("2027-10-01 05:00"):
        told = keep_all_rounds()
    assert str(bare_site) in told and str(office) in told
    assert open_round(bare_site).fiscal_year == 2571


def test_the_database_allows_one_open_round_per_office(bare_site, year_2570):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyRound.objects.create(
            site=bare_site,
            fiscal_year=2571,
            status=RoundStatus.OPEN,
            opens_on=date(2027, 10, 1),
            closes_on=date(2028, 9, 30),
        )


def test_the_demonstration_answers_like_a_visitor(bare_site, year_2570):
    answer(bare_site, 4)
    answer(bare_site, 5)  # the same visitor again
    assert results_of(year_2570).n == 1
    with pytest.raises(ValueError, match="required"):
        answer_as_visitor(bare_site, address="x", agent="x", levels={"speed": 4})
