"""The report of times: medians and shares, of one office and one period."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from freezegun import freeze_time
from openpyxl import load_workbook

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.times import StepTimes, step_times
from govpub.thai.dates import BANGKOK, FiscalYear
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=BANGKOK)
YEAR = FiscalYear(2570)


@pytest.fixture
def three_decisions(office, people):
    """The head took 2, 4 and, over a night, 31 working minutes."""
    with freeze_time(TUESDAY) as clock:
        requests = []
        for minutes in (0, 10, 435):  # 09:00, 09:10, 16:15
            clock.move_to(TUESDAY + timedelta(minutes=minutes))
            page = draft_news(office, people.officer)
            requests.append(procedure.propose(page, by=people.officer))
        clock.move_to(TUESDAY + timedelta(minutes=2))
        procedure.allow(requests[0], by=people.head)
        clock.move_to(TUESDAY + timedelta(minutes=14))
        procedure.allow(requests[1], by=people.head)
        clock.move_to(datetime(2026, 11, 25, 8, 46, tzinfo=BANGKOK))
        procedure.allow(requests[2], by=people.head)
        procedure.put_up(requests[0], by=people.webmaster, checks=ALL_CHECKED)
    return requests


def row(office, step, year=YEAR):
    return next(
        times
        for times in step_times(office, year.start, year.end)
        if times.step == step
    )


def test_medians_and_shares_of_the_head(three_decisions, office):
    times = row(office, "consider")
    assert (times.count, times.target) == (3, 5)
    assert times.median_working == 4
    assert times.median_elapsed == 4
    assert round(times.within_working, 2) == 66.67
    assert round(times.within_elapsed, 2) == 66.67


def test_a_night_is_elapsed_time_only(three_decisions, office):
    slow = three_decisions[2].acts.last()
    assert slow.working_minutes == 31
    assert slow.minutes == 16 * 60 + 31


def test_another_year_and_another_office_have_none(
    three_decisions, office, second_office
):
    for site, year in ((office, FiscalYear(2569)), (second_office, YEAR)):
        assert row(site, "consider", year).count == 0
        assert row(site, "consider", year).median_working is None


def test_the_page_and_its_spreadsheets(three_decisions, office, people, client):
    client.force_login(people.inspector)
    address = reverse("govpub_publishing:times")
    page = client.get(address, {"year": 2570, "quarter": 1}).content.decode()
    assert "66.7" in page
    book = client.get(address, {"year": 2570, "export": "xlsx"})
    sheet = load_workbook(
        BytesIO(b"".join(book.streaming_content) if book.streaming else book.content)
    ).active
    assert [cell.value for cell in sheet["B"]][1:] == [3, 3, 1, 0]
    text = client.get(address, {"year": 2570, "export": "csv"})
    lines = b"".join(text.streaming_content).decode()
    assert lines.startswith("\ufeffขั้นตอน")
    assert lines.splitlines()[2].split(",")[1:4] == ["3", "5", "4.0"]


def test_a_csv_computes_nothing(three_decisions, people, client, monkeypatch):
    """Whatever a step may be called one day."""
    monkeypatch.setattr(StepTimes, "label", "=HYPERLINK(1)")
    client.force_login(people.inspector)
    address = reverse("govpub_publishing:times")
    text = client.get(address, {"year": 2570, "export": "csv"})
    lines = b"".join(text.streaming_content).decode().splitlines()
    assert [line[:3] for line in lines[1:]] == ["'=H"] * 4


@pytest.mark.parametrize(
    "query", ["?year=x", "?year=99999", "?quarter=9", "?office=0", "?office=\0"]
)
def test_what_cannot_be_read_shows_this_year(people, client, query):
    client.force_login(people.head)
    answer = client.get(reverse("govpub_publishing:times") + query)
    assert answer.status_code == 200


def test_officers_do_not_read_it_and_nobody_another_offices(
    second_office, people, client
):
    address = reverse("govpub_publishing:times")
    client.force_login(people.officer)
    assert client.get(address).status_code == 302
    client.force_login(people.webmaster)
    form = client.get(address, {"office": second_office.pk}).context["form"]
    assert form.cleaned_data["office"] != second_office
