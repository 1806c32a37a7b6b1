"""What became of one page or one search term, by hours, days and months."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from govpub.stats import queries
from govpub.stats.models import Kind, Subject
from govpub.stats.periods import Period, last_days
from govpub.stats.queries import Numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, visits):
    """Read on two days; another page on one of them."""
    today = timezone.localdate()
    visits(today, 4, 2, key="/a/")
    visits(today - timedelta(1), 3, 1, key="/a/")
    visits(today, 50, 5, key="/b/", device="mobile")
    return Subject.objects.get(site=office, kind=Kind.ADDRESS, key="/a/")


def shown(client, subject, **query):
    address = reverse("govpub_statistics_subject", args=[subject.pk])
    return client.get(address, query)


def test_its_numbers_are_its_own(office, page):
    week, today = last_days(7), timezone.localdate()
    assert queries.total(office, week, page) == Numbers(7, 3)
    assert queries.daily(office, week, page)[today] == Numbers(4, 2)
    assert list(queries.hourly(office, today, page).values()) == [Numbers(4, 2)]
    year = Period(today - timedelta(400), today)
    assert sum(n.views for n in queries.monthly(office, year, page).values()) == 7


def test_the_report_leads_to_it(client, people, page):
    client.force_login(people.webmaster)
    listing = client.get(reverse("govpub_statistics_report")).content.decode()
    assert reverse("govpub_statistics_subject", args=[page.pk]) in listing


@pytest.mark.parametrize(("days", "views"), [(1, 4), (7, 7), (200, 7)])
def test_hours_days_and_months(client, people, page, days, views):
    client.force_login(people.head)
    period = last_days(days)
    answer = shown(client, page, **{"from": period.first, "to": period.last})
    chart = answer.context["chart"]
    assert sum(chart.series[0].values) == views
    assert {1: 24, 7: 7}.get(days, len(chart.labels)) == len(chart.labels)
    assert f"<strong>{period}:</strong>" in answer.content.decode()


def test_of_a_device_only_views_are_shown(client, people, office, page):
    device = Subject.objects.get(site=office, kind=Kind.DEVICE)
    client.force_login(people.head)
    answer = shown(client, device)
    (series,) = answer.context["chart"].series
    assert sum(series.values) == 50
    assert "0 คน" not in answer.content.decode()


def test_a_bad_period_is_told_and_the_last_month_shown(client, people, page):
    client.force_login(people.head)
    answer = shown(client, page, **{"from": "2566-02-29"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert answer.context["period"] == last_days(30)


def test_another_offices_numbers_are_nowhere(client, people, other_office, visits):
    visits(timezone.localdate(), 9, 1, site=other_office, key="/theirs/")
    theirs = Subject.objects.get(site=other_office, kind=Kind.ADDRESS)
    client.force_login(people.head)
    assert shown(client, theirs).status_code == 404


def test_an_officer_does_not_read_it(client, people, page):
    client.force_login(people.officer)
    assert shown(client, page).status_code == 302
