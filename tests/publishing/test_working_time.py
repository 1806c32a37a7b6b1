"""Working time: office hours, breaks, weekends and holidays, in Bangkok."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from govpub.publishing.models import OfficeHoliday, ProcedureSettings
from govpub.publishing.working_time import WorkingHours
from govpub.thai.dates import BANGKOK
from govpub.thai.holidays import holiday_name

HOURS = WorkingHours(
    ProcedureSettings().working_spans(),
    lambda day: day.weekday() > 4 or bool(holiday_name(day)),
)
TUESDAY = datetime(2026, 11, 24, tzinfo=BANGKOK)


def at(hour, minute=0, day=0):
    return TUESDAY + timedelta(days=day, hours=hour, minutes=minute)


def minutes(start, end):
    return HOURS.between(start, end) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(9), at(9, 5), 5),
        (at(7), at(9), 30),  # before it opens
        (at(11, 58), at(13, 3), 5),  # over the break
        (at(16, 28), at(8, 33, day=1), 5),  # over night
        (at(16, 28, day=3), at(8, 33, day=6), 5),  # Friday to Monday
        (at(0, day=4), at(0, day=6), 0),  # a weekend
        (at(10), at(9), 0),  # the wrong way round
        (at(0), at(0, day=7), 5 * 7 * 60),  # a whole week
    ],
)
def test_between(start, end, expected):
    assert minutes(start, end) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (at(9), at(9, 5)),
        (at(6), at(8, 35)),
        (at(11, 58), at(13, 3)),
        (at(16, 28), at(8, 33, day=1)),
        (at(16, 25), at(16, 30)),  # used up at closing time itself
        (at(20, day=3), at(8, 35, day=6)),
    ],
)
def test_five_minutes_later(start, expected):
    assert HOURS.add(start, timedelta(minutes=5)) == expected


def test_a_national_holiday_does_not_count():
    # 7 December 2026 stands in for Father's Day, which falls on a Saturday.
    assert holiday_name(date(2026, 12, 7))
    friday = datetime(2026, 12, 4, 16, 28, tzinfo=BANGKOK)
    assert HOURS.add(friday, timedelta(minutes=5)) == datetime(
        2026, 12, 8, 8, 33, tzinfo=BANGKOK
    )


def test_end_of_the_next_working_day():
    friday = at(10, day=3)
    assert HOURS.end_of_working_day(friday, 1) == at(16, 30, day=6)
    assert HOURS.end_of_working_day(friday, 2) == at(16, 30, day=7)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=BANGKOK)
)


@given(moments, st.integers(0, 5000))
def test_adding_uses_up_exactly_that_much(start, span):
    end = HOURS.add(start, timedelta(minutes=span))
    assert HOURS.between(start, end) == timedelta(minutes=span)


@given(st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_parts_add_up(three):
    first, second, third = three
    whole = HOURS.between(first, third)
    assert HOURS.between(first, second) + HOURS.between(second, third) == whole


def test_an_office_that_never_works_has_elapsed_time():
    never = WorkingHours(HOURS.spans, lambda day: True)
    assert never.add(at(9), timedelta(minutes=5)) == at(9, 5)
    assert never.between(at(9), at(9, day=9)) == timedelta()
    assert never.end_of_working_day(at(9), 1) > at(9)


@pytest.mark.django_db
def test_an_office_has_holidays_of_its_own(office, second_office):
    OfficeHoliday.objects.create(site=office, day=date(2026, 11, 25), name="ปิดซ่อม")
    own = ProcedureSettings.for_site(office).working_hours()
    other = ProcedureSettings.for_site(second_office).working_hours()
    five = timedelta(minutes=5)
    assert own.add(at(16, 28), five) == at(8, 33, day=2)
    assert other.add(at(16, 28), five) == at(8, 33, day=1)


@pytest.mark.django_db
def test_saturday_office(office):
    rules = ProcedureSettings.for_site(office)
    rules.works_saturday = True
    assert rules.working_hours().add(at(16, 28, day=3), timedelta(minutes=5)) == at(
        8, 33, day=4
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at": "16:30", "closes_at": "08:30"}, "closes_at"),
        ({"break_until": None}, "break_until"),
        ({"break_from": "07:00"}, "break_until"),
    ],
)
def test_hours_that_make_no_sense_are_refused(changes, field):
    rules = ProcedureSettings(escalate_after_minutes=60, **changes)
    with pytest.raises(ValidationError) as refused:
        rules.clean_fields(exclude=["site", "escalate_to"])
        rules.clean()
    assert field in refused.value.message_dict
