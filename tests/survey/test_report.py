"""The report: the same figures on screen and paper, frozen, narrowed, over rounds."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pypdf
import pytest
from django.utils import timezone
from openpyxl import load_workbook

from wagtail.models import Page

from govpub.survey.models import PageRating
from govpub.survey.page_queries import (
    ELSEWHERE,
    current_page_scores,
    page_scores_of,
    section_trend,
    selected_page_scores,
)
from govpub.survey.queries import open_round, results_of, shown_rounds
from govpub.survey.rating import rate_page
from govpub.survey.rounds import close_now, keep_rounds
from govpub.survey.subjects import Subject, of_page
from tests.survey.test_admin import REPORT, give, let_work

PROCEDURE = Subject(title="ขั้นตอนการเผยแพร่", url="/procedure/")


@pytest.fixture
def desk(client, people, office):
    let_work(people.officer2, office)
    client.force_login(people.officer2)
    client.cookies.load({"django_language": "th"})
    return client


@pytest.fixture
def rated(office, item, survey_round):
    """One page of a category rated 5, 4 and 4, one of the program rated 2."""
    for visitor, level in (("a", 5), ("b", 4), ("c", 4)):
        subject = of_page(item)
        rate_page(survey_round, subject, visitor, level=level, helpful=level == 5)
    rate_page(survey_round, PROCEDURE, "a", level=2)
    return survey_round


def words(content):
    reader = pypdf.PdfReader(BytesIO(content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_the_paper_says_what_the_screen_says(desk, office, rated):
    for visitor, level in enumerate([5, 4, 4, 2], start=1):
        give(office, visitor, level)
    sent = desk.get(REPORT, {"format": "pdf"})
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"].endswith('.pdf"')
    paper = words(sent.content)
    overall = results_of(rated).overall
    for figure in (overall.mean, overall.deviation, overall.percent):
        assert str(figure) in paper
        assert str(figure) in desk.get(REPORT).content.decode()
        assert str(figure) in desk.get(REPORT, {"format": "print"}).content.decode()
    for sign in ("S.D.", "4.33", "4.51 / 3.51 / 2.51 / 1.51"):
        assert sign in paper
    assert pypdf.PdfReader(BytesIO(sent.content)).metadata.author == office.site_name


def test_the_paper_of_a_round_without_answers_has_dashes(desk, survey_round):
    sent = desk.get(REPORT, {"format": "pdf"})
    assert sent.status_code == 200
    assert "–" in words(sent.content)


def test_the_paper_says_to_what_it_is_narrowed(desk, office, rated):
    give(office, 1, 5, respondent="student")
    chosen = {"respondent": "student", "first_day": "2026-01-01", "format": "print"}
    text = desk.get(REPORT, chosen).content.decode()
    assert "นักเรียน" in text and "1 มกราคม 2569" in text
    assert desk.get(REPORT, {**chosen, "format": "pdf"}).status_code == 200


def test_what_a_category_says_is_frozen_with_the_round(item, rated):
    before = current_page_scores(rated)
    assert [(p.key, p.score.n) for p in before.pages] == [
        (str(item.pk), 3),
        ("/procedure/", 1),
    ]
    assert [s.key for s in before.sections] == [str(item.pk), ELSEWHERE]
    close_now(rated)
    rated.refresh_from_db()
    Page.objects.filter(pk=item.pk).update(title="ชื่อใหม่")
    Page.objects.get(pk=item.pk).delete()
    assert page_scores_of(rated) == before


def test_days_narrow_the_ratings_of_pages_too(desk, rated):
    yesterday = timezone.now() - timedelta(days=1)
    PageRating.objects.filter(visitor="a").update(answered_at=yesterday)
    today = timezone.localdate()
    asked = {"first_day": today.isoformat(), "format": "xlsx"}
    book = load_workbook(BytesIO(desk.get(REPORT, asked).content))
    pages = list(book[book.sheetnames[1]].values)[1:]
    (row,) = pages
    assert row[1:7] == (2, 0, 2, 0, 0, 0)  # both gave 4
    assert row[7:13] == (0, 100, 0, 0, 0, 4)
    assert row[-2:] == (0, 2)


def test_all_ratings_selected_are_the_tallies_counted_again(rated):
    everything = PageRating.objects.all()
    assert selected_page_scores(rated, everything) == current_page_scores(rated)


def test_a_category_can_be_chosen(desk, item, rated):
    for section, expected in ((str(item.pk), item.title), (ELSEWHERE, PROCEDURE.title)):
        asked = {"section": section, "format": "xlsx"}
        book = load_workbook(BytesIO(desk.get(REPORT, asked).content))
        pages = list(book[book.sheetnames[1]].values)[1:]
        assert [row[0] for row in pages] == [expected]
    assert desk.get(REPORT, {"section": "999999"}).status_code == 200


def test_a_thai_date_is_understood_and_a_wrong_one_told(desk, office):
    give(office)
    asked = {"first_day": "1/1/2569", "format": "csv"}
    rows = list(csv.reader(StringIO(desk.get(REPORT, asked).content.decode())))
    assert rows[-1][2] == "1"
    backwards = {"first_day": "2/1/2569", "last_day": "1/1/2569"}
    text = desk.get(REPORT, backwards).content.decode()
    assert 'class="error-message"' in text


def test_categories_have_a_trend_over_the_rounds(desk, office, item, rated):
    close_now(rated)
    keep_rounds(office, rated.closes_on.replace(month=10, day=1))
    second = open_round(office)
    rate_page(second, of_page(item), "a", level=1)
    trend = section_trend(list(shown_rounds(office)))
    means = {
        line.title: [str(score.mean) if score else None for score in line.scores]
        for line in trend
    }
    assert means[item.title] == ["4.33", "1.00"]
    assert sorted(map(str, means.values())) == ["['2.00', None]", "['4.33', '1.00']"]
    assert "1.00 (1)" in desk.get(REPORT).content.decode()
