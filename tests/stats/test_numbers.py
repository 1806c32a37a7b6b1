"""The numbers people expect, against hits whose sums are plain to see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from govpub.stats import periods, queries
from govpub.stats.models import HourlyCount, Kind, StatisticsSettings
from govpub.stats.periods import BadPeriod, Period, asked_for, months_later
from govpub.stats.queries import Numbers

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # Friday noon in Bangkok
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def friday_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def test_without_a_visit_every_number_is_nought(office):
    numbers = queries.headline(office)
    assert numbers.today == numbers.all_time == Numbers(0, 0)
    assert numbers.since is None
    assert numbers.busiest_day is None


def test_each_number_counts_its_own_days(office, visits):
    visits(TODAY, 3, 2)
    visits(TODAY - timedelta(1), 5, 3)
    visits(date(2026, 11, 16), 7, 1)  # Monday
    visits(date(2026, 11, 15), 11, 1)  # Sunday, the week before
    visits(date(2026, 11, 1), 13, 1)
    visits(date(2026, 10, 31), 17, 1)
    visits(date(2026, 10, 1), 19, 1)
    visits(date(2026, 9, 30), 23, 1)  # the fiscal year before
    visits(date(2026, 1, 1), 29, 1)
    visits(date(2025, 12, 31), 31, 4)  # the year before
    found = queries.headline(office)
    assert found.today == Numbers(3, 2)
    assert found.yesterday == Numbers(5, 3)
    assert found.this_week == Numbers(15, 6)
    assert found.this_month == Numbers(39, 8)
    assert found.last_month == Numbers(36, 2)
    assert found.this_fiscal_year == Numbers(75, 10)
    assert found.fiscal_year.be == 2570
    assert found.this_year == Numbers(127, 12)
    assert found.all_time == Numbers(158, 16)
    assert found.since == date(2025, 12, 31)
    assert found.busiest_day == date(2025, 12, 31)
    assert found.busiest == Numbers(31, 4)


def test_the_old_counter_is_taken_over(office, visits):
    visits(TODAY, 2, 1)
    settings = StatisticsSettings.for_site(office)
    settings.opening_views, settings.opening_visitors = 7_694_178, 1000
    settings.counting_since = date(2014, 9, 1)
    settings.save()
    found = queries.headline(office)
    assert found.all_time == Numbers(7_694_180, 1001)
    assert found.since == date(2014, 9, 1)
    assert found.this_year == Numbers(2, 1)


def test_an_office_sees_its_own_numbers_only(office, other_office, visits):
    visits(TODAY, 3, 1)
    visits(TODAY, 5, 1, site=other_office)
    week = periods.last_days(7)
    assert queries.headline(office).today.views == 3
    assert queries.headline(other_office).today.views == 5
    assert queries.total(other_office, week) == Numbers(5, 1)
    (ranked,) = queries.ranking(office, [Kind.ADDRESS], week)
    assert ranked.numbers == Numbers(3, 1)
    assert queries.of_subject(other_office, Kind.ADDRESS, "/a/") == Numbers(5, 1)
    assert queries.hourly(other_office, TODAY) == {12: Numbers(5, 1)}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)),  # whole months
        (date(2026, 1, 1), date(2026, 3, 15)),
        (date(2026, 1, 16), date(2026, 3, 31)),
        (date(2026, 1, 15), date(2026, 3, 14)),
        (date(2026, 2, 2), date(2026, 2, 27)),  # no whole month
        (date(2026, 1, 31), date(2026, 2, 1)),
        (date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_a_ranking_of_any_days_is_the_sum_of_those_days(office, visits, first, last):
    days = [date(2026, 1, 1) + timedelta(15 * n) for n in range(8)]
    days += [date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31)]
    for number, day in enumerate(days):
        visits(day, 2**number, 1)
    expected = sum(2**n for n, day in enumerate(days) if first <= day <= last)
    period = Period(first, last)
    found = queries.ranking(office, [Kind.ADDRESS], period)
    assert sum(ranked.numbers.views for ranked in found) == expected
    assert queries.total(office, period).views == expected
    monthly = queries.monthly(office, period).values()
    assert sum(numbers.views for numbers in monthly) == expected


def test_a_ranking_has_shares_and_the_most_read_first(office, visits):
    visits(TODAY, 1, 1, device="tablet")
    visits(TODAY, 3, 1, device="mobile")
    found = queries.ranking(office, [Kind.DEVICE], periods.last_days(1))
    assert [(r.subject.key, r.share) for r in found] == [
        ("mobile", 75.0),
        ("tablet", 25.0),
    ]


def test_hours_are_those_of_bangkok(office, visits):
    visits(TODAY, 4, 2)
    assert HourlyCount.objects.filter(hour=NOW).exists()
    assert queries.hourly(office, TODAY) == {12: Numbers(4, 2)}


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (
            Period(date(2026, 11, 20), date(2026, 11, 20)),
            Period(date(2026, 11, 19), date(2026, 11, 19)),
        ),
        (
            Period(date(2026, 11, 14), date(2026, 11, 20)),
            Period(date(2026, 11, 7), date(2026, 11, 13)),
        ),
        (
            Period(date(2026, 3, 1), date(2026, 3, 31)),
            Period(date(2026, 2, 1), date(2026, 2, 28)),
        ),
        (
            Period(date(2026, 10, 1), date(2027, 9, 30)),
            Period(date(2025, 10, 1), date(2026, 9, 30)),
        ),
    ],
)
def test_a_period_is_compared_with_the_one_before(period, before):
    assert period.before == before


def test_months_are_counted_over_the_turn_of_the_year():
    assert months_later(date(2026, 11, 1), 2) == date(2027, 1, 1)
    assert months_later(date(2026, 1, 1), -1) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ({}, Period(TODAY - timedelta(29), TODAY)),
        ({"from": " ", "to": ""}, Period(TODAY - timedelta(29), TODAY)),
        ({"from": "2026-11-01"}, Period(date(2026, 11, 1), TODAY)),
        (
            {"from": "๑/๑๐/๒๕๖๙", "to": "31/10/2569"},
            Period(date(2026, 10, 1), date(2026, 10, 31)),
        ),
    ],
)
def test_a_period_is_asked_for_in_either_era(query, period):
    assert asked_for(query) == period


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"from": "2026-13-45"},
        {"from": "2026-11-20", "to": "2026-11-19"},
        {"from": "1000-01-01", "to": "2026-01-01"},
        {"to": "0001-01-01"},
        {"from": "9" * 5000},
    ],
)
def test_what_is_no_period_is_refused_with_a_reason(query):
    with pytest.raises(BadPeriod, match="."):
        asked_for(query)
