"""The fiscal year runs from 1 October to 30 September of the year it is named by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from govpub.thai.dates import FiscalYear

DAYS = st.dates(date(1900, 1, 1), date(2400, 1, 1))


def test_its_first_and_last_day():
    year = FiscalYear(2567)
    assert (year.start, year.end) == (date(2023, 10, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("day", "be"),
    [
        (date(2023, 9, 30), 2566),
        (date(2023, 10, 1), 2567),
        (date(2023, 12, 31), 2567),
        (date(2024, 1, 1), 2567),
        (date(2024, 9, 30), 2567),
        (date(2024, 10, 1), 2568),
    ],
)
def test_the_year_a_day_falls_in(day, be):
    assert FiscalYear.of(day) == FiscalYear(be)


@given(DAYS)
def test_every_day_is_in_its_year_and_in_one_quarter_of_it(day):
    year = FiscalYear.of(day)
    assert day in year
    assert day not in year.next()
    assert day not in year.previous()
    assert [q for q in year.quarters() if day in q] == [year.quarter(day)]


@given(st.integers(2444, 2900).map(FiscalYear))
def test_quarters_follow_each_other_without_a_gap(year):
    quarters = [*year.quarters(), *year.next().quarters()]
    assert quarters[0].start == year.start
    assert quarters[3].end == year.end
    for one, other in zip(quarters, quarters[1:], strict=False):
        assert one.end + timedelta(days=1) == other.start
        assert one < other


def test_a_day_of_another_year_has_no_quarter():
    with pytest.raises(ValueError, match="2567"):
        FiscalYear(2567).quarter(date(2024, 10, 1))


def test_years_are_ordered():
    assert sorted([FiscalYear(2568), FiscalYear(2566)])[0].be == 2566
    assert FiscalYear(2567).next().previous() == FiscalYear(2567)


@freeze_time("2024-09-30T17:30:00Z")
def test_today_is_the_day_in_bangkok():
    assert FiscalYear.current().be == 2568


def test_its_name_in_both_languages():
    year = FiscalYear(2567)
    with translation.override("th"):
        assert str(year) == "ปีงบประมาณ พ.ศ. 2567"
        assert str(year.quarters()[0]) == "ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2567"
    with translation.override("en"):
        assert str(year) == "Fiscal year 2024"
