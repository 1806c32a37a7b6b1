"""Round trips through every field of every form that takes a date or a number."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django_filters.fields import DateRangeField, RangeField

from govpub.survey.models import Question
from govpub.thai.digits import to_thai_digits
from tests.thai.every_field import every_field

LEAP_DAY = date(2024, 2, 29)
TYPED = ("2567-02-29", "๒๙/๒/๒๕๖๗", "29 ก.พ. 2567", "2024-02-29", "๒๙ กุมภาพันธ์ ๒๕๖๗")
NO_SUCH_DAY = "2566-02-29"
REASON = "ไม่มีวันที่ 29 กุมภาพันธ์ ในปี พ.ศ. 2566"
DATES = (forms.DateField, forms.DateTimeField, DateRangeField)
NUMBERS = (forms.IntegerField, forms.DecimalField, forms.FloatField)
# The port of a web server and the pixels of a picture: a technician's, not an office's.
TECHNICAL = (
    *("wagtail.sites.", "SiteViewSet.", "wagtail.images.forms.URLGeneratorForm."),
)


@pytest.fixture(scope="module")
def fields():
    return dict(every_field())


def send(field, typed):
    """What the field makes of it when it comes from a browser."""
    names = getattr(field.widget, "suffixes", None)
    data = {f"x_{name}": typed for name in names} if names else {"x": typed}
    return field.clean(field.widget.value_from_datadict(data, {}, "x"))


def as_day(value):
    if isinstance(value, slice):
        assert as_day(value.start) == as_day(value.stop)
        value = value.start
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def refusal(field, typed):
    with pytest.raises(ValidationError) as refused:
        send(field, typed)
    return " ".join(refused.value.messages)


def test_every_date_is_read_in_either_era_and_digits(fields):
    dates = {name: field for name, field in fields.items() if isinstance(field, DATES)}
    assert len(dates) > 60
    wrong = []
    for language in ("th", "en"):
        with translation.override(language):
            for name, field in dates.items():
                for typed in TYPED:
                    try:
                        day = as_day(send(field, typed))
                    except ValidationError as error:
                        day = error.messages
                    if day != LEAP_DAY:
                        wrong.append(f"{language} {name}: {typed} became {day}")
    assert not wrong, "\n".join(wrong)


def test_every_date_that_never_was_is_refused_with_the_reason(fields):
    with translation.override("th"):
        wrong = {
            name: said
            for name, field in fields.items()
            if isinstance(field, DATES)
            and REASON not in (said := refusal(field, NO_SUCH_DAY))
        }
    assert wrong == {}


def test_what_was_typed_wrongly_stands_there_again_as_it_was_typed(fields):
    with translation.override("th"):
        for name, field in fields.items():
            if isinstance(field, forms.DateField | forms.DateTimeField):
                html = field.widget.render("x", NO_SUCH_DAY)
                assert f'value="{NO_SUCH_DAY}"' in html, name


def test_every_date_is_shown_in_the_buddhist_era(fields):
    with translation.override("th"):
        for name, field in fields.items():
            if isinstance(field, forms.DateField | forms.DateTimeField):
                day = datetime(2024, 2, 29, 14, 5)
                value = day if isinstance(field, forms.DateTimeField) else day.date()
                assert 'value="29/02/2567' in field.widget.render("x", value), name


def test_every_number_may_be_typed_in_thai_digits(fields):
    wrong = []
    for name, field in fields.items():
        ranged = isinstance(field, RangeField) and not isinstance(field, DateRangeField)
        if not isinstance(field, NUMBERS) and not ranged:
            continue
        if name.startswith(TECHNICAL):
            continue
        # A number that keeps to the limits of the field, whatever they are.
        number = max(getattr(field, "min_value", None) or 0, 5)
        typed = "".join("๐๑๒๓๔๕๖๗๘๙"[int(digit)] for digit in str(int(number)))
        if 'type="number"' in field.widget.render("x", None):
            wrong.append(f"{name}: the browser takes 123 only")
        value = send(field, typed)
        if isinstance(value, slice):
            value = value.start
        if value != Decimal(int(number)):
            wrong.append(f"{name}: {typed} became {value}")
    assert not wrong, "\n".join(wrong)


def test_every_time_of_day_may_be_typed_as_thai_people_do(fields):
    times = [field for field in fields.values() if isinstance(field, forms.TimeField)]
    assert len(times) >= 4
    for field in times:
        for typed in ("08:30", "8.30 น.", "๐๘:๓๐", "๘.๓๐ น."):
            assert send(field, typed) == time(8, 30)
        with pytest.raises(ValidationError):
            send(field, "25:00")


@pytest.mark.django_db
def test_a_list_is_filtered_by_a_year_in_thai_digits(client, people):
    """A list makes its filter when it is asked for; the walk above may not meet it."""
    client.force_login(people.superuser)
    question = Question.objects.first()
    address = reverse("govpub_survey_questions:index")

    def listed(year):
        typed = to_thai_digits(str(year))
        html = client.get(address, {"fiscal_year": typed}).content.decode()
        assert re.search(rf'<input type="text"[^>]*value="{typed}"', html)
        return question.text in html

    assert listed(question.fiscal_year)
    assert not listed(question.fiscal_year - 1)
