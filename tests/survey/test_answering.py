"""A citizen answers the full form."""

from __future__ import annotations

import pytest
from django.urls import reverse

from wagtail.models import Site

from govpub.survey.enums import AnswerStatus
from govpub.survey.models import Answer, Comment, Response, Tally
from govpub.survey.queries import asked_now, open_round, results_of
from tests.survey.conftest import Browser, filled, old_token

FORM = "/statistics/survey/"


def tallied(round_):
    tallies = Tally.objects.filter(round=round_, count__gt=0)
    return {(t.version.question.code, t.level): t.count for t in tallies}


def test_addresses_are_those_of_the_statistics_page():
    assert reverse("govpub_survey:form") == FORM
    assert reverse("govpub_survey:rate") == "/statistics/survey/rate/"


def test_form_asks_the_overall_question_first_and_every_aspect(visitor, survey_round):
    page = visitor.get(FORM)
    assert page.status_code == 200
    text = page.content.decode()
    codes = [v.question.code for v in asked_now(survey_round)]
    assert codes == ["overall", "content", "currency", "design", "ease", "speed"]
    for version in asked_now(survey_round):
        assert text.count(f'name="q{version.pk}"') == 5
    assert text.count('type="radio"') == 30
    assert "csrfmiddlewaretoken" not in text


def test_an_answer_is_counted_and_thanked_for(visitor, survey_round):
    sent = visitor.answer(
        survey_round, {"overall": 4, "speed": 2}, respondent="public", comment=" ดี "
    )
    assert (sent.status_code, sent.url) == (303, FORM + "thanks/")
    response = Response.objects.get()
    assert (response.status, response.reasons) == (AnswerStatus.COUNTED, [])
    assert response.respondent == "public"
    assert 19 <= response.seconds <= 21
    assert tallied(survey_round) == {("overall", 4): 1, ("speed", 2): 1}
    assert Comment.objects.get().text == "ดี"
    thanks = visitor.get(sent.url).content.decode()
    assert "4.00" in thanks


def test_no_address_and_no_browser_is_stored(visitor, survey_round):
    visitor.answer(survey_round)
    row = Response.objects.values().get()
    assert "198.51" not in str(row) and "Firefox" not in str(row)
    assert len(row["visitor"]) == 64


def test_a_later_answer_replaces_the_earlier(visitor, survey_round):
    visitor.answer(survey_round, {"overall": 1, "speed": 1}, comment="ช้า")
    visitor.answer(survey_round, {"overall": 5, "design": 3}, comment="เร็วแล้ว")
    assert Response.objects.get().replaced == 1
    assert tallied(survey_round) == {("overall", 5): 1, ("design", 3): 1}
    assert Answer.objects.count() == 2
    assert [c.text for c in Comment.objects.all()] == ["เร็วแล้ว"]


def test_a_comment_an_officer_has_dealt_with_is_not_replaced(visitor, survey_round):
    visitor.answer(survey_round, comment="แรก")
    Comment.objects.update(status="released")
    visitor.answer(survey_round, comment="หลัง")
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "agent", "counted"),
    [
        ("198.51.100.7", "Firefox", 1),
        ("198.51.100.7", "Chrome", 2),
        ("198.51.100.8", "Firefox", 2),
        ("2001:db8::1", "Firefox", 2),
    ],
)
def test_who_is_another_visitor(office, visitor, survey_round, address, agent, counted):
    visitor.answer(survey_round)
    Browser(office, address, agent).answer(survey_round)
    assert results_of(survey_round).n == counted


def test_an_ipv6_device_is_one_visitor_whatever_its_lower_half(office, survey_round):
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:aaaa::9", "2001:db8:1:3::1"):
        Browser(office, address).answer(survey_round)
    assert results_of(survey_round).n == 2


def test_the_same_visitor_looks_different_in_another_round(office, survey_round):
    from govpub.survey.visitors import identify

    first = identify(survey_round, address="198.51.100.7", agent="x").key
    survey_round.salt = "another"
    assert identify(survey_round, address="198.51.100.7", agent="x").key != first
    survey_round.salt = ""
    with pytest.raises(ValueError, match="no visitors"):
        identify(survey_round, address="198.51.100.7", agent="x")


def test_without_the_overall_question_nothing_is_sent_and_nothing_lost(
    visitor, survey_round
):
    sent = visitor.answer(survey_round, {"speed": 2}, comment="ขอบคุณ <b>")
    assert sent.status_code == 422
    text = sent.content.decode()
    overall = asked_now(survey_round)[0]
    assert f'id="id_q{overall.pk}-error"' in text  # beside the field
    assert "ขอบคุณ &lt;b&gt;" in text
    assert text.count(" checked") == 1
    assert not Response.objects.exists()


@pytest.mark.parametrize("level", ["0", "6", "-1", "5.0", "๕", "x", "", "5 OR 1=1"])
def test_a_level_outside_the_scale_is_refused(visitor, survey_round, level):
    sent = visitor.answer(survey_round, {"overall": level})
    assert sent.status_code == 422
    assert not Response.objects.exists()


def test_a_line_end_is_one_letter_as_in_the_browser(visitor, survey_round):
    text = "ก" * 980 + "\r\n" * 19 + "ข"
    assert visitor.answer(survey_round, comment=text).status_code == 303
    assert Comment.objects.get().text == text.replace("\r\n", "\n")


def test_a_comment_that_is_too_long_is_told_beside_the_field(visitor, survey_round):
    sent = visitor.answer(survey_round, comment="ก" * 1001)
    assert sent.status_code == 422
    assert 'id="id_comment-error"' in sent.content.decode()
    assert not Response.objects.exists()


def test_a_changed_wording_is_asked_again_not_misattributed(visitor, survey_round):
    fields = filled(survey_round, {"overall": 5})
    question = asked_now(survey_round)[0].question
    question.text = "ถ้อยคำใหม่"
    question.save()
    token = old_token(f"round:{survey_round.pk}")
    sent = visitor.post(FORM, {"token": token, **fields})
    assert sent.status_code == 422
    assert "ถ้อยคำใหม่" in sent.content.decode()
    assert not Response.objects.exists()


def test_old_answers_keep_their_question(visitor, office, survey_round):
    visitor.answer(survey_round, {"overall": 2})
    question = asked_now(survey_round)[0].question
    before = question.text
    question.text = "ถ้อยคำใหม่"
    question.save()
    Browser(office, "198.51.100.9").answer(survey_round, {"overall": 5})
    lines = results_of(survey_round).overall_lines
    assert [(line.wording.thai, line.score.mean) for line in lines] == [
        (before, 2),
        ("ถ้อยคำใหม่", 5),
    ]
    assert lines[0].superseded and not lines[1].superseded
    assert results_of(survey_round).n == 2


def test_saving_a_question_unchanged_makes_no_new_version(survey_round):
    question = asked_now(survey_round)[0].question
    question.position = 9
    question.save()
    assert question.versions.count() == 1


def test_a_renamed_aspect_gives_its_questions_a_new_version(survey_round):
    version = asked_now(survey_round)[1]
    version.question.aspect.name = "ด้านใหม่"
    version.question.aspect.save()
    assert version.question.versions.count() == 2
    version.refresh_from_db()
    assert version.aspect_name == "ด้านเนื้อหา"


def test_two_offices_see_nothing_of_each_other(office, second_office, survey_round):
    theirs = open_round(second_office)
    Browser(office).answer(survey_round, {"overall": 5})
    Browser(second_office).answer(theirs, {"overall": 1})
    assert results_of(survey_round).overall.mean == 5
    assert results_of(theirs).overall.mean == 1
    # The form of one office cannot be sent to the other.
    wrong = Browser(second_office).answer(survey_round, {"overall": 5})
    assert wrong.status_code == 400
    page = f"/statistics/survey/results/?round={survey_round.pk}"
    assert Browser(office).get(page).status_code == 200
    assert Browser(second_office).get(page).status_code == 404


def test_no_round_is_told_kindly(bare_site):
    visitor = Browser(bare_site)
    assert "survey" in visitor.get(FORM).content.decode()
    assert visitor.get(FORM).status_code == 200
    assert visitor.post(FORM, {"token": "x"}).status_code == 200
    assert visitor.get(FORM + "thanks/").status_code == 404
    assert visitor.get(FORM + "results/").status_code == 404


def test_no_office_no_survey(office, client):
    Site.objects.update(is_default_site=False)
    assert client.get(FORM, headers={"host": "nobody.example"}).status_code == 404
