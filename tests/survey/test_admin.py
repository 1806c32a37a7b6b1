"""The office works with its survey in the admin."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from openpyxl import load_workbook

from wagtail.models import GroupSitePermission

from govpub.survey.enums import AnswerStatus, CommentStatus, Period
from govpub.survey.models import (
    Comment,
    PageRating,
    Question,
    Response,
    SurveyRound,
    Tally,
)
from govpub.survey.page_queries import score_of
from govpub.survey.queries import open_round, results_of
from govpub.survey.rounds import close_now
from govpub.survey.setup import answer_as_visitor
from govpub.survey.subjects import of_page
from tests.survey.conftest import Browser

REPORT = "/admin/govpub_survey_report/"
HELD = "/admin/govpub_survey_held/"
TABLES = ["comments", "questions", "aspects", "rounds"]


def let_work(user, site):
    """Give the permission as an administrator does: per site, through a group."""
    group = Group.objects.create(name=f"survey desk {site.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupSitePermission.objects.create(
        group=group,
        site=site,
        permission=Permission.objects.get(codename="change_surveysettings"),
    )
    user.groups.add(group)


def let_in_only():
    """Somebody who may enter the admin and nothing else."""
    user = get_user_model().objects.create_user("guest", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def desk(client, people, office):
    let_work(people.officer2, office)
    client.force_login(people.officer2)
    return client


def give(site, number=1, level=4, **more):
    return answer_as_visitor(
        site,
        address=f"198.51.100.{number}",
        agent="x",
        levels={"overall": level, "speed": level},
        **more,
    )


@pytest.mark.parametrize(
    "address",
    [REPORT, HELD, *(f"/admin/govpub_survey_{table}/" for table in TABLES)],
)
def test_who_may_not_work_with_the_survey_is_kept_out(client, people, office, address):
    client.force_login(let_in_only())
    assert client.get(address).status_code in (302, 403)
    client.logout()
    assert client.get(address).status_code == 302


def test_the_menu_shows_the_survey_to_its_desk_only(client, people, office, desk):
    menu = "govpub_survey_report"
    assert menu in desk.get("/admin/").content.decode()
    client.force_login(let_in_only())
    assert menu not in client.get("/admin/").content.decode()


def test_a_desk_sees_its_own_office_only(desk, office, second_office):
    theirs = give(second_office, comment="ของอีกหน่วยงาน").round
    ours = give(office, comment="ของเรา").round
    inbox = desk.get("/admin/govpub_survey_comments/").content.decode()
    assert "ของเรา" in inbox and "ของอีกหน่วยงาน" not in inbox
    records = {
        "comments": Comment.objects.get(text="ของอีกหน่วยงาน"),
        "questions": Question.objects.filter(site=second_office).first(),
        "rounds": theirs,
    }
    for table, record in records.items():
        for action in ("edit", "history", "usage"):
            name = f"govpub_survey_{table}:{action}"
            found = desk.get(reverse(name, args=[record.pk]))
            assert found.status_code == 404, name
    listed = desk.get(REPORT, {"round": theirs.pk})
    assert f'value="{ours.pk}"' in listed.content.decode()
    assert f'value="{theirs.pk}"' not in listed.content.decode()
    delete = reverse("govpub_survey_comments:delete", args=[records["comments"].pk])
    assert desk.post(delete).status_code == 404
    assert Comment.objects.count() == 2


def comment_form(**changes):
    return {"status": "new", "reply": "", "hidden_reason": "", **changes}


def test_a_comment_goes_through_the_inbox(desk, office, people):
    give(office, comment="ค้นหายาก")
    comment = Comment.objects.get()
    edit = reverse("govpub_survey_comments:edit", args=[comment.pk])
    assert "ค้นหายาก" in desk.get(edit).content.decode()
    desk.post(edit, comment_form(status="hidden"))
    comment.refresh_from_db()
    assert comment.status == CommentStatus.NEW  # hiding needs a reason
    desk.post(edit, comment_form(status="answered"))
    comment.refresh_from_db()
    assert comment.status == CommentStatus.NEW  # answering needs an answer
    desk.post(edit, comment_form(status="released", reply="ปรับปรุงแล้ว"))
    comment.refresh_from_db()
    assert (comment.status, comment.reply) == ("released", "ปรับปรุงแล้ว")
    assert comment.handled_by == people.officer2
    page = Browser(office).get("/statistics/survey/results/").content.decode()
    assert "ค้นหายาก" in page and "ปรับปรุงแล้ว" in page
    history = desk.get(reverse("govpub_survey_comments:history", args=[comment.pk]))
    assert "officer2" in history.content.decode()


def test_what_a_visitor_wrote_cannot_be_rewritten(desk, office):
    give(office, comment="คำของประชาชน")
    comment = Comment.objects.get()
    edit = reverse("govpub_survey_comments:edit", args=[comment.pk])
    desk.post(edit, comment_form(status="released", text="คำของเจ้าหน้าที่"))
    comment.refresh_from_db()
    assert (comment.text, comment.status) == ("คำของประชาชน", "released")


def test_nobody_adds_comments_or_deletes_rounds_and_questions(desk, office):
    question = Question.objects.filter(site=office).first()
    round_ = open_round(office)
    for name, args in (
        ("govpub_survey_comments:add", []),
        ("govpub_survey_questions:delete", [question.pk]),
        ("govpub_survey_rounds:delete", [round_.pk]),
    ):
        assert desk.post(reverse(name, args=args)).status_code in (302, 403)
    assert Question.objects.filter(pk=question.pk).exists()
    assert SurveyRound.objects.filter(pk=round_.pk).exists()


def test_a_comment_with_personal_data_can_be_deleted_for_good(desk, office):
    give(office, comment="โทร 081-000-0000")
    delete = reverse("govpub_survey_comments:delete", args=[Comment.objects.get().pk])
    assert desk.post(delete).status_code == 302
    assert not Comment.objects.exists()
    assert Response.objects.count() == 1


def question_form(question, **changes):
    return {
        "site": question.site_id,
        "fiscal_year": question.fiscal_year,
        "aspect": question.aspect_id or "",
        "text": question.text,
        "text_en": question.text_en,
        "code": question.code,
        "position": question.position,
        "active": "on",
        **changes,
    }


def test_a_question_is_edited_and_versioned(desk, office):
    give(office)
    question = Question.objects.get(site=office, code="speed")
    edit = reverse("govpub_survey_questions:edit", args=[question.pk])
    assert desk.get(edit).status_code == 200
    desk.post(edit, question_form(question, text="เร็วทันใจ"))
    assert [v.text for v in question.versions.all()] == [question.text, "เร็วทันใจ"]


def test_a_question_is_added_to_its_own_office_only(desk, office, second_office):
    model = Question.objects.get(site=office, code="speed")
    add = reverse("govpub_survey_questions:add")
    assert desk.get(add).status_code == 200
    desk.post(add, question_form(model, code="mobile", text="บนโทรศัพท์"))
    assert Question.objects.get(code="mobile").versions.count() == 1
    desk.post(add, question_form(model, code="x", site=second_office.pk))
    foreign = Question.objects.filter(site=second_office).exclude(aspect=None).first()
    desk.post(add, question_form(model, code="x", aspect=foreign.aspect_id))
    desk.post(add, question_form(model, code="x", fiscal_year=2027))
    desk.post(add, question_form(model, code="speed"))
    assert Question.objects.filter(site=office).count() == 7
    assert not Question.objects.filter(code="x").exists()


def test_a_round_fills_in_its_days_and_does_not_overlap(desk, office):
    close_now(open_round(office))
    add = reverse("govpub_survey_rounds:add")
    fields = {"site": office.pk, "fiscal_year": 2580, "period": Period.Q2}
    desk.post(add, {**fields, "opens_on": "", "closes_on": ""})
    planned = SurveyRound.objects.get(fiscal_year=2580)
    assert (planned.opens_on, planned.closes_on) == (
        date(2037, 1, 1),
        date(2037, 3, 31),
    )
    year = {**fields, "period": Period.YEAR, "opens_on": "", "closes_on": ""}
    refused = desk.post(add, year)
    assert refused.status_code == 200
    assert SurveyRound.objects.filter(fiscal_year=2580).count() == 1


def test_a_closed_round_cannot_be_edited(desk, office):
    round_ = open_round(office)
    close_now(round_)
    edit = reverse("govpub_survey_rounds:edit", args=[round_.pk])
    fields = {
        "site": office.pk,
        "fiscal_year": round_.fiscal_year,
        "period": round_.period,
        "opens_on": "2030-01-01",
        "closes_on": "2030-02-01",
    }
    assert desk.post(edit, fields).status_code == 200
    before = round_.closes_on
    round_.refresh_from_db()
    assert round_.closes_on == before


def test_the_report_shows_table_pages_and_sections(desk, office, item):
    give(office, comment="x")
    Browser(office).rate(item, level="3")
    text = desk.get(REPORT, headers={"accept-language": "en"}).content.decode()
    assert "x̄" in text and "4.00" in text
    assert text.count(item.title) >= 2


def test_the_report_can_be_narrowed(desk, office):
    give(office, 1, 5, respondent="student")
    give(office, 2, 1, respondent="public")
    chosen = desk.get(REPORT, {"respondent": "student", "format": "csv"})
    rows = list(csv.reader(StringIO(chosen.content.decode("utf-8-sig"))))
    assert (rows[-1][2], rows[-1][13]) == ("1", "5.00")
    today = date.today()
    later = {"first_day": (today + timedelta(days=2)).isoformat(), "format": "csv"}
    rows = list(csv.reader(StringIO(desk.get(REPORT, later).content.decode())))
    assert rows[-1][2] == "0"
    assert desk.get(REPORT, {"respondent": "nobody"}).status_code == 200
    assert desk.get(REPORT, {"round": "x", "first_day": "yesterday"}).status_code == 200


def test_the_report_as_workbook(desk, office, item):
    give(office)
    Browser(office).rate(item, level="3")
    sent = desk.get(REPORT, {"format": "xlsx"})
    book = load_workbook(BytesIO(sent.content))
    assert len(book.sheetnames) == 3
    report = list(book[book.sheetnames[0]].values)
    assert len(report) == 13
    assert report[-1][2] == 1


def test_the_print_view_has_the_columns_of_the_office_format(desk, office):
    give(office)
    text = desk.get(
        REPORT, {"format": "print"}, headers={"accept-language": "th"}
    ).content.decode()
    assert "<form" not in text
    head = re.search(r"<thead.*?</thead>", text, re.S).group()
    words = re.findall(r">([^<>]+)</(?:th|abbr)>", head)
    assert words == [
        "ข้อ",
        "รายการ",
        "จำนวนคำตอบ",
        "x̄",
        "S.D.",
        "ร้อยละ",
        "แปลผล",
    ]
    assert office.site_name in text


def held_response(site, level=1):
    Browser(site).answer(open_round(site), {"overall": level}, website="spam")
    return Response.objects.get(status=AnswerStatus.HELD)


def decide(desk, kind, record, decision):
    fields = {"kind": kind, "pk": record.pk, "decision": decision}
    return desk.post(HELD, fields, follow=True)


def test_a_held_answer_is_looked_at_and_counted(desk, office):
    held = held_response(office)
    assert "1" in desk.get(HELD).content.decode()
    assert decide(desk, "response", held, "count").status_code == 200
    found = results_of(held.round)
    assert (found.n, found.held, found.overall.mean) == (1, 0, 1)
    decide(desk, "response", held, "count")  # a second click changes nothing
    assert results_of(held.round).n == 1


def test_a_held_answer_is_left_out_and_kept(desk, office):
    held = held_response(office)
    decide(desk, "response", held, "leave_out")
    held.refresh_from_db()
    assert held.status == AnswerStatus.SET_ASIDE
    assert results_of(held.round).n == 0


def test_counting_a_held_answer_replaces_the_earlier_of_the_same_visitor(desk, office):
    round_ = open_round(office)
    Browser(office).answer(round_, {"overall": 5})
    held = held_response(office, level=2)
    decide(desk, "response", held, "count")
    assert (results_of(round_).n, results_of(round_).overall.mean) == (1, 2)
    assert sum(Tally.objects.values_list("count", flat=True)) == 1


def test_counting_a_held_answer_does_not_replace_a_later_one(desk, office):
    held = held_response(office, level=2)
    Browser(office).answer(held.round, {"overall": 5})
    decide(desk, "response", held, "count")
    assert results_of(held.round).overall.mean == 5
    held.refresh_from_db()
    assert held.status == AnswerStatus.SET_ASIDE


def test_held_ratings_of_pages_are_reviewed_alike(desk, office, item):
    Browser(office).rate(item, level="2", website="x")
    held = PageRating.objects.get()
    decide(desk, "rating", held, "count")
    assert score_of(held.round, of_page(item)).score.mean == 2
    Browser(office, "198.51.100.99").rate(item, level="1", website="x")
    second = PageRating.objects.get(status=AnswerStatus.HELD)
    decide(desk, "rating", second, "leave_out")
    assert score_of(held.round, of_page(item)).score.n == 1


def test_after_the_close_nothing_held_is_counted(desk, office):
    held = held_response(office)
    close_now(held.round)
    page = decide(desk, "response", held, "count")
    assert page.status_code == 200
    held.refresh_from_db()
    assert held.status == AnswerStatus.HELD
    assert results_of(SurveyRound.objects.get(pk=held.round_id)).n == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "response", "pk": "1", "decision": "praise"},
        {"kind": "x", "pk": "1", "decision": "count"},
        {"kind": "response", "pk": "1e9", "decision": "count"},
        {"kind": "response", "pk": "99999", "decision": "count"},
    ],
)
def test_a_decision_on_nothing_is_not_found(desk, office, fields):
    assert desk.post(HELD, fields).status_code == 404


def test_a_desk_does_not_decide_for_another_office(desk, second_office):
    held = held_response(second_office)
    assert decide(desk, "response", held, "count").status_code == 404
    assert results_of(held.round).n == 0


def test_the_page_editor_shows_how_useful_visitors_find_the_page(
    client, people, office, item
):
    for host, answer in enumerate(["yes", "yes", "no"], start=1):
        Browser(office, f"198.51.100.{host}").rate(item, helpful=answer, level="4")
    client.force_login(people.superuser)
    editor = client.get(
        reverse("wagtailadmin_pages:edit", args=[item.pk]),
        headers={"accept-language": "en"},
    )
    text = editor.content.decode()
    panel = text.split('data-side-panel="govpub-satisfaction"')[1]
    cells = re.findall(r"<td>([^<]*)</td>", panel)[:4]
    assert [cell.split(" ")[0] for cell in cells] == ["2", "1", "3", "4.00"]
