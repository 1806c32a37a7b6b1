"""What the set-up lets the four roles do with the survey of their own office."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from govpub.survey.models import Comment, Question, SurveySettings
from govpub.survey.queries import open_round
from tests.survey.conftest import Browser
from tests.survey.test_admin import HELD, REPORT, comment_form, give, question_form

INBOX = "/admin/govpub_survey_comments/"
QUESTIONS = "/admin/govpub_survey_questions/"
SETTINGS = "/admin/settings/govpub_survey/surveysettings/"
MAY_OPEN = {
    "officer": {INBOX},
    "head": {INBOX, REPORT, HELD, QUESTIONS},
    "inspector": {INBOX, REPORT, HELD, QUESTIONS},
    "webmaster": {INBOX, REPORT, HELD, QUESTIONS, SETTINGS},
}


@pytest.fixture
def comment(office):
    give(office, comment="ค้นหายาก")
    return Comment.objects.get()


@pytest.fixture
def enter(client, people):
    def enter(name):
        client.force_login(getattr(people, name))
        return client

    return enter


@pytest.mark.parametrize("name", MAY_OPEN)
def test_each_role_opens_its_screens_and_no_other(enter, office, name):
    desk = enter(name)
    menu = desk.get("/admin/").content.decode()
    for address in (INBOX, REPORT, HELD, QUESTIONS):
        allowed = address in MAY_OPEN[name]
        assert (desk.get(address).status_code == 200) == allowed, address
        assert (f'"{address}"' in menu) == allowed, address
    settings = desk.get(f"{SETTINGS}{office.pk}/").status_code
    assert (settings == 200) == (SETTINGS in MAY_OPEN[name])


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("officer", True), ("webmaster", True), ("head", False), ("inspector", False)],
)
def test_who_answers_and_releases_comments(enter, comment, name, allowed):
    desk = enter(name)
    edit = reverse("govpub_survey_comments:edit", args=[comment.pk])
    desk.post(edit, comment_form(status="released", reply="ปรับปรุงแล้ว"))
    comment.refresh_from_db()
    assert (comment.status == "released") == allowed
    public = Browser(comment.round.site).get("/statistics/survey/results/")
    assert ("ค้นหายาก" in public.content.decode()) == allowed


@pytest.mark.parametrize("name", ["head", "inspector", "officer"])
def test_a_reader_reads_a_comment_whole(enter, comment, name):
    address = reverse("govpub_survey_comments:inspect", args=[comment.pk])
    assert "ค้นหายาก" in enter(name).get(address).content.decode()


@pytest.mark.parametrize("name", ["officer", "head", "inspector"])
def test_only_the_web_master_changes_deletes_and_counts(enter, office, comment, name):
    desk = enter(name)
    question = Question.objects.get(site=office, code="speed")
    edit = reverse("govpub_survey_questions:edit", args=[question.pk])
    desk.post(edit, question_form(question, text="คำถามอื่น"))
    question.refresh_from_db()
    assert question.text != "คำถามอื่น"
    delete = reverse("govpub_survey_comments:delete", args=[comment.pk])
    desk.post(delete)
    assert Comment.objects.filter(pk=comment.pk).exists()
    Browser(office, "198.51.100.99").answer(
        open_round(office), {"overall": 1}, website="spam"
    )
    held = open_round(office).responses.get(status="held")
    fields = {"kind": "response", "pk": held.pk, "decision": "count"}
    assert desk.post(HELD, fields).status_code in (302, 403)
    held.refresh_from_db()
    assert held.status == "held"


def test_the_web_master_changes_deletes_and_counts(enter, office, comment):
    desk = enter("webmaster")
    question = Question.objects.get(site=office, code="speed")
    edit = reverse("govpub_survey_questions:edit", args=[question.pk])
    desk.post(edit, question_form(question, text="คำถามอื่น"))
    question.refresh_from_db()
    assert question.text == "คำถามอื่น"
    desk.post(reverse("govpub_survey_comments:delete", args=[comment.pk]))
    assert not Comment.objects.exists()


def test_no_role_reaches_another_office(enter, second_office):
    give(second_office, comment="ของอีกหน่วยงาน")
    theirs = Comment.objects.get()
    for name in MAY_OPEN:
        desk = enter(name)
        assert "ของอีกหน่วยงาน" not in desk.get(INBOX).content.decode()
        for action in ("edit", "inspect"):
            address = reverse(f"govpub_survey_comments:{action}", args=[theirs.pk])
            assert desk.get(address).status_code in (302, 404)
            desk.post(address, comment_form(status="released"))
        export = desk.get(INBOX, {"export": "csv"}).content.decode()
        assert "ของอีกหน่วยงาน" not in export
        filters = desk.get(INBOX, {"round": theirs.round_id}).content.decode()
        assert f'value="{theirs.round_id}"' not in filters
    theirs.refresh_from_db()
    assert theirs.status == "new"
    settings = SurveySettings.for_site(second_office)
    assert enter("webmaster").get(f"{SETTINGS}{second_office.pk}/").status_code == 302
    assert settings.scheme == "A"


def test_the_inbox_as_a_spreadsheet(enter, office, comment):
    give(office, 2, comment="=HYPERLINK(1)")
    give(office, 3, comment="ซ่อนไว้")
    hidden = {"status": "hidden", "hidden_reason": "มีชื่อบุคคล"}
    Comment.objects.filter(text="ซ่อนไว้").update(**hidden)
    desk = enter("officer")
    sent = desk.get(INBOX, {"export": "csv"})
    assert "attachment" in sent["Content-Disposition"]
    rows = list(csv.reader(StringIO(sent.content.decode("utf-8-sig"))))
    assert {row[3] for row in rows[1:]} == {"ค้นหายาก", "'=HYPERLINK(1)", "ซ่อนไว้"}
    assert "มีชื่อบุคคล" in {row[7] for row in rows}
    book = load_workbook(
        BytesIO(desk.get(INBOX, {"export": "xlsx", "status": "new"}).content)
    )
    rows = list(book[book.sheetnames[0]].values)
    assert {row[3] for row in rows[1:]} == {"ค้นหายาก", "=HYPERLINK(1)"}
