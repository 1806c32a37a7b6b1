"""Typed dates are read as they were meant, or refused with the reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from govpub.thai.dates import parse_date, parse_datetime, thai_date, thai_datetime
from govpub.thai.digits import to_thai_digits

LEAP_DAY = date(2024, 2, 29)
# The years a typed year without its era can mean.
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2567-02-29",
        "2567/2/29",
        "๒๕๖๗-๐๒-๒๙",
        "29/2/2567",
        "29-02-2567",
        "29.2.2567",
        "๒๙/๒/๒๕๖๗",
        "29 ก.พ. 2567",
        "29 กพ 2567",
        "29 ก.พ.67".replace("67", "2567"),
        "29 กุมภา 2567",
        "๒๙ กุมภาพันธ์ ๒๕๖๗",
        "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗",
        "วันที่ ๒๙ เดือนกุมภาพันธ์ พ.ศ. ๒๕๖๗",
        "29 กุมภาพันธ์ ค.ศ. 2024",
        "2024-02-29",
        "29/2/2024",
        "29 February 2024",
        "29 Feb 2567",
        "  29/2/2567\u200b ",
    ],
)
def test_every_way_of_typing_the_leap_day(typed):
    assert parse_date(typed) == LEAP_DAY


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2566-02-29", "ไม่มีวันที่ 29 กุมภาพันธ์ ในปี พ.ศ. 2566"),
        ("๓๑ เมษายน ๒๕๖๗", "ไม่มีวันที่ 31 เมษายน ในปี พ.ศ. 2567"),
        ("0/1/2567", "ไม่มีวันที่ 0 มกราคม ในปี พ.ศ. 2567"),
        ("2/29/2567", "ไม่มีเดือนที่ 29"),
        ("29/2/67", "โปรดระบุปีเป็นตัวเลขสี่หลัก"),
        ("1/1/2300", "โปรดระบุ พ.ศ. หรือ ค.ศ. หน้าปี 2300"),
        ("1 ม.ค. พ.ศ. 0400", "ไม่มีปี 400 ในระบบ"),
        ("พรุ่งนี้", "“พรุ่งนี้” ไม่ใช่วันที่ โปรดระบุในรูปแบบ 29/2/2567"),
        ("29 ก.ก. 2567", "“29 ก.ก. 2567” ไม่ใช่วันที่ โปรดระบุในรูปแบบ 29/2/2567"),
        ("29/2-2567", "“29/2-2567” ไม่ใช่วันที่ โปรดระบุในรูปแบบ 29/2/2567"),
        ("", "โปรดระบุวันที่"),
        (" \u200b", "โปรดระบุวันที่"),
    ],
)
def test_refusals_say_why_in_thai(typed, reason):
    with translation.override("th"), pytest.raises(ValueError, match=".") as refused:
        parse_date(typed)
    assert str(refused.value) == reason


def test_refusals_say_why_in_english():
    with translation.override("en"), pytest.raises(ValueError, match=".") as refused:
        parse_date("2566-02-29")
    assert str(refused.value) == "There is no 29 February in 2023."


@given(st.text(max_size=80))
def test_nothing_typed_raises_anything_but_a_reason(typed):
    for read in (parse_date, parse_datetime):
        try:
            assert read(typed)
        except ValueError as reason:
            assert str(reason)


def test_a_long_text_is_refused_without_being_searched():
    with pytest.raises(ValueError, match="1 a"):
        parse_date("1 a" + " " * 1_000_000)


@given(
    DAYS,
    st.sampled_from(["long", "short", "numeric"]),
    st.sampled_from(["arabic", "thai"]),
    st.booleans(),
    st.sampled_from(["th", "en"]),
)
def test_what_is_shown_can_be_typed_again(day, style, digits, era, language):
    shown = thai_date(day, style, digits, era=era, language=language)
    assert parse_date(shown) == day


@given(DAYS)
def test_iso_dates_of_both_eras_mean_the_same_day(day):
    buddhist = f"{day.year + 543}-{day:%m-%d}"
    assert parse_date(day.isoformat()) == parse_date(buddhist) == day
    assert parse_date(to_thai_digits(buddhist)) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("29/2/2567 14:05", datetime(2024, 2, 29, 14, 5)),
        ("๒๙ กุมภาพันธ์ ๒๕๖๗ เวลา ๑๔.๐๕ น.", datetime(2024, 2, 29, 14, 5)),
        ("2024-02-29T14:05:30", datetime(2024, 2, 29, 14, 5, 30)),
        ("2567-02-29 09:00:00.123", datetime(2024, 2, 29, 9)),
        ("29 Feb 2024, 9:05", datetime(2024, 2, 29, 9, 5)),
        ("29 ก.พ. 2567", datetime(2024, 2, 29)),
    ],
)
def test_a_date_with_a_time(typed, moment):
    assert parse_datetime(typed) == moment


def test_an_impossible_time_is_refused():
    with translation.override("th"), pytest.raises(ValueError, match="23:59"):
        parse_datetime("29/2/2567 24:00")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_a_shown_moment_can_be_typed_again(moment):
    moment = moment.replace(second=0, microsecond=0)
    for language in ("th", "en"):
        assert parse_datetime(thai_datetime(moment, language=language)) == moment
