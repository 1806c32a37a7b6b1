"""Results: the page, the section on the statistics page, CSV, JSON, spreadsheets."""

from __future__ import annotations

import csv
import json
import random
import statistics
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO, StringIO

import pytest
from django.test import RequestFactory
from django.utils import translation
from openpyxl import load_workbook

from govpub.survey.enums import BandScheme
from govpub.survey.models import Answer, Comment, SurveySettings, Tally
from govpub.survey.queries import (
    asked_now,
    current_results,
    open_round,
    results_of,
    selected_results,
)
from govpub.survey.reports import office_table
from govpub.survey.rounds import close_now
from govpub.survey.sections import statistics_section
from govpub.survey.setup import answer_as_visitor
from govpub.thai.spreadsheet import write_csv, write_xlsx
from tests.survey.conftest import Browser

ENGLISH = {"cookie": "django_language=en"}
RESULTS = "/statistics/survey/results/"
CODES = ["overall", "content", "currency", "design", "ease", "speed"]


def many_answers(site, number, seed=1):
    """Answers of different visitors; returns the levels given per question."""
    chance = random.Random(seed)
    given = {code: [] for code in CODES}
    for visitor in range(number):
        levels = {"overall": chance.randint(1, 5)}
        for code in CODES[1:]:
            if chance.random() < 0.7:
                levels[code] = chance.choice([3, 4, 4, 5])
        answer_as_visitor(
            site,
            address=f"10.0.{visitor // 250}.{visitor % 250}",
            agent="x",
            levels=levels,
            respondent=chance.choice(["", "public", "student"]),
        )
        for code, level in levels.items():
            given[code].append(level)
    return given


def rounded(value):
    return Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_line_equals_the_plain_reference(office, survey_round):
    given = many_answers(office, 40)
    found = results_of(survey_round)
    for line in found.lines:
        levels = given[line.code]
        assert line.score.n == len(levels)
        assert line.score.deviation == rounded(statistics.stdev(levels))
        exact = Decimal(sum(levels)) / len(levels)
        assert line.score.mean == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    pooled = [level for code in CODES[1:] for level in given[code]]
    assert found.together.n == len(pooled)
    assert found.together.deviation == rounded(statistics.stdev(pooled))
    assert found.n == 40


def test_the_tallies_are_the_answers_counted_again(office, survey_round):
    many_answers(office, 30)
    many_answers(office, 20, seed=2)  # twenty of them answer again
    assert current_results(survey_round).n == 30
    recounted = selected_results(survey_round, survey_round.responses.all())
    assert recounted == current_results(survey_round)
    assert sum(Tally.objects.values_list("count", flat=True)) == Answer.objects.count()


def test_the_office_table_has_every_item_aspect_and_the_whole(office, survey_round):
    many_answers(office, 3)
    rows = office_table(results_of(survey_round))
    assert [row.kind for row in rows] == ["item", "aspect"] * 5 + ["total", "overall"]
    assert [row.number for row in rows[:4]] == ["1.1", "1", "2.1", "2"]


def test_the_scheme_of_the_office_decides_the_meaning(office, survey_round):
    for visitor, level in enumerate([4, 4, 4, 5], start=1):
        address = f"198.51.100.{visitor}"
        answer_as_visitor(office, address=address, agent="x", levels={"overall": level})
    assert results_of(survey_round).overall.band == 4  # 4.25 by A
    settings = SurveySettings.for_site(office)
    settings.scheme = BandScheme.B
    settings.save()
    assert results_of(open_round(office)).overall.band == 5  # 4.25 by B


def test_the_public_page_shows_the_table_and_a_warning_when_few(
    visitor, office, survey_round
):
    answer_as_visitor(office, address="10.1.1.1", agent="x", levels={"overall": 4})
    text = visitor.get(RESULTS, headers=ENGLISH).content.decode()
    assert "read them with care" in text
    assert "4.51 / 3.51 / 2.51 / 1.51" in text
    many_answers(office, 30)
    text = visitor.get(RESULTS, headers=ENGLISH).content.decode()
    assert "read them with care" not in text


def test_nobody_has_answered_yet(visitor, survey_round):
    page = visitor.get(RESULTS)
    assert page.status_code == 200
    assert "–" in page.content.decode()


def test_comments_are_public_only_after_release(visitor, office, survey_round):
    for number, status in enumerate(["new", "answered", "hidden", "released"]):
        answer_as_visitor(
            office,
            address=f"10.1.1.{number}",
            agent="x",
            levels={"overall": 4},
            comment=f"<b>comment {status}</b>",
        )
        Comment.objects.filter(text__contains=status).update(
            status=status, reply=f"reply {status}"
        )
    text = visitor.get(RESULTS).content.decode()
    assert "&lt;b&gt;comment released&lt;/b&gt;" in text
    assert "reply released" in text
    for status in ("new", "answered", "hidden"):
        assert f"comment {status}" not in text
        assert f"reply {status}" not in text
    for address in ("results.csv", "results.json"):
        public = visitor.get("/statistics/survey/" + address).content.decode()
        assert "comment" not in public


def test_csv_opens_in_a_spreadsheet(visitor, office, survey_round):
    many_answers(office, 5)
    sent = visitor.get("/statistics/survey/results.csv")
    assert sent["Content-Type"] == "text/csv; charset=utf-8"
    assert sent.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(sent.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 13
    overall = rows[-1]
    assert int(overall[2]) == 5
    assert sum(map(int, overall[3:8])) == 5
    assert sum(map(Decimal, overall[8:13])) == 100


def test_json_says_scheme_and_exact_decimals(visitor, office, survey_round):
    many_answers(office, 5)
    data = json.loads(visitor.get("/statistics/survey/results.json").content)
    found = results_of(survey_round)
    assert data["respondents"] == 5
    assert data["scheme"] == "A"
    assert data["overall"]["mean"] == str(found.overall.mean)
    assert data["fiscal_year"] == survey_round.fiscal_year
    assert len(data["lines"]) == 6
    assert data["categories"] == []


@pytest.mark.parametrize("asked", ["x", "-1", "999999", "9" * 30, "1.5"])
def test_a_round_that_is_not_there_is_not_found(visitor, survey_round, asked):
    for address in (RESULTS, "/statistics/survey/results.csv"):
        assert visitor.get(address, data={"round": asked}).status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  ="])
def test_no_spreadsheet_computes_a_text(start):
    text = f'{start}HYPERLINK("http://evil.example")'
    (row,) = csv.reader(StringIO(write_csv([[text, 5, Decimal("1.00"), -1]])[1:]))
    assert row[0] == "'" + text
    assert row[1:] == ["5", "1.00", "-1"]
    sheet = load_workbook(BytesIO(write_xlsx({"a": [["head"], [text.strip()]]})))["a"]
    assert sheet["A2"].data_type == "s"


def test_a_workbook_survives_letters_no_printer_knows():
    book = load_workbook(BytesIO(write_xlsx({"a": [["ก\x01\x0bข"]]})))
    assert book["a"]["A1"].value == "กข"


def section(site, language="th"):
    with translation.override(language):
        return statistics_section(RequestFactory().get("/"), site)


def test_the_statistics_page_shows_level_number_chart_trend_and_links(
    office, survey_round
):
    many_answers(office, 12)
    html = section(office, "en")
    assert "12 people answered" in html
    assert str(results_of(survey_round).overall.mean) in html
    assert html.count("<svg") == 5
    assert "<caption>" in html
    assert 'href="/statistics/survey/"' in html
    assert "results.csv" in html and "results.json" in html
    assert "4.51 / 3.51 / 2.51 / 1.51" in html
    assert "style=" not in html and "<script" not in html


def test_the_statistics_page_shows_a_trend_once_there_are_two_rounds(
    office, survey_round
):
    from govpub.survey.rounds import keep_rounds

    many_answers(office, 3)
    assert "Trend" not in section(office, "en")
    close_now(survey_round)
    following = survey_round.closes_on.replace(month=10, day=1)
    keep_rounds(office, following)
    assert "Trend" in section(office, "en")


def test_without_a_survey_the_statistics_page_says_nothing(bare_site):
    assert section(bare_site) == ""


def test_english_readers_get_the_english_wording(visitor, survey_round):
    page = visitor.get("/statistics/survey/", headers=ENGLISH)
    assert "Overall, how satisfied are you" in page.content.decode()
    page = visitor.get("/statistics/survey/", headers={"cookie": "django_language=th"})
    assert "โดยรวมแล้ว" in page.content.decode()


@pytest.mark.parametrize("number", [0, 5, 60])
def test_queries_do_not_grow_with_answers(
    office, survey_round, number, django_assert_max_num_queries
):
    many_answers(office, number)
    office.refresh_from_db()
    with django_assert_max_num_queries(6):
        section(office)
    request_free = asked_now(survey_round)
    assert len(request_free) == 6


def test_the_results_page_takes_under_ten_queries_layout_included(
    visitor, office, survey_round, django_assert_max_num_queries
):
    many_answers(office, 20)
    visitor.get(RESULTS)  # the first request fills Wagtail's own caches
    with django_assert_max_num_queries(9):
        assert visitor.get(RESULTS).status_code == 200


def test_a_visitor_of_another_office_gets_its_own_results(
    office, second_office, survey_round
):
    many_answers(office, 4)
    data = Browser(second_office).get("/statistics/survey/results.json").json()
    assert data["respondents"] == 0
