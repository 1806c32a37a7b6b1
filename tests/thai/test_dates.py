"""Dates and times as readers see them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from govpub.thai.dates import relative_time, thai_date, thai_datetime, to_be, to_ce

DAY = date(2020, 12, 9)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, "9 ธันวาคม 2563"),
        ({"era": True}, "9 ธันวาคม พ.ศ. 2563"),
        ({"digits": "thai"}, "๙ ธันวาคม ๒๕๖๓"),
        ({"digits": "thai", "era": True}, "๙ ธันวาคม พ.ศ. ๒๕๖๓"),
        ({"style": "short"}, "9 ธ.ค. 2563"),
        ({"style": "numeric"}, "09/12/2563"),
        ({"style": "numeric", "digits": "thai"}, "๐๙/๑๒/๒๕๖๓"),
        ({"language": "en"}, "9 December 2020"),
        ({"language": "en-gb", "style": "short"}, "9 Dec 2020"),
        ({"language": "en", "style": "numeric"}, "09/12/2020"),
        ({"language": "en", "digits": "thai", "era": True}, "9 December 2020"),
    ],
)
def test_a_day(options, shown):
    with translation.override("th"):
        assert thai_date(DAY, **options) == shown


def test_the_active_language_decides():
    with translation.override("en"):
        assert thai_date(DAY) == "9 December 2020"


def test_a_moment_is_shown_on_the_clock_of_bangkok():
    moment = datetime(2020, 12, 9, 20, 5, tzinfo=UTC)
    with translation.override("th"), timezone.override("America/New_York"):
        assert thai_date(moment) == "10 ธันวาคม 2563"
        assert thai_datetime(moment) == "10 ธันวาคม 2563 เวลา 03:05 น."
        assert thai_datetime(moment, "short") == "10 ธ.ค. 2563 03:05 น."
        assert thai_datetime(moment, digits="thai", era=True) == (
            "๑๐ ธันวาคม พ.ศ. ๒๕๖๓ เวลา ๐๓:๐๕ น."
        )
        assert thai_datetime(moment, language="en") == "10 December 2020, 03:05"


def test_nothing_is_shown_as_nothing():
    assert thai_date(None) == thai_datetime(None) == ""


@given(st.integers(1, 9999))
def test_the_eras_are_543_years_apart(year):
    assert to_ce(to_be(year)) == year
    assert to_be(year) - year == 543


@pytest.mark.parametrize(
    ("gap", "shown"),
    [
        (timedelta(seconds=-30), "เมื่อสักครู่"),
        (timedelta(minutes=-5), "5 นาทีที่แล้ว"),
        (timedelta(hours=-3), "3 ชั่วโมงที่แล้ว"),
        (timedelta(days=-12), "12 วันที่แล้ว"),
        (timedelta(days=-70), "2 เดือนที่แล้ว"),
        (timedelta(days=-800), "2 ปีที่แล้ว"),
        (timedelta(minutes=59, seconds=59), "อีก 59 นาที"),
        (timedelta(days=3), "อีก 3 วัน"),
    ],
)
def test_relative_time(gap, shown):
    now = timezone.now()
    with translation.override("th"):
        assert relative_time(now + gap, now) == shown


def test_relative_time_in_english():
    now = timezone.now()
    with translation.override("en"):
        assert relative_time(now - timedelta(days=1), now) == "1 day ago"
        assert relative_time(now + timedelta(hours=2), now) == "in 2 hours"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DATE_FORMAT", "9 ธันวาคม 2563"),
        ("DATETIME_FORMAT", "9 ธันวาคม 2563 เวลา 14:05 น."),
        ("SHORT_DATE_FORMAT", "9 ธ.ค. 2563"),
        ("SHORT_DATETIME_FORMAT", "9 ธ.ค. 2563 14:05 น."),
        ("YEAR_MONTH_FORMAT", "ธันวาคม 2563"),
        ("c", "2020-12-09T14:05:00"),
        ("Y-m-d", "2020-12-09"),
    ],
)
def test_djangos_own_formats_count_the_buddhist_era_for_people_only(name, shown):
    with translation.override("th"):
        assert date_format(datetime(2020, 12, 9, 14, 5), name) == shown


def test_in_english_the_iso_week_year_is_untouched():
    with translation.override("en"):
        assert date_format(date(2021, 1, 1), "o") == "2020"
