"""``/procedure/`` names the persons who hold each role today, if the office wishes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from govpub.publishing.models import Appointment, OfficeSettings, ProcedureStep
from govpub.roles import Role
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def row(client, step):
    """One row of the table of steps, as the first office's public gets it."""
    html = client.get("/procedure/").content.decode().split('id="steps"')[1]
    steps = list(ProcedureStep.objects.filter(site=step.site).order_by("order"))
    return re.findall(r"<tr role.*?</tr>", html, re.DOTALL)[1 + steps.index(step)]


@pytest.fixture
def step(office):
    """Gives one step of the first office."""
    return lambda name: ProcedureStep.objects.get(site=office, step=name)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("propose", "officer"),
        ("consider", "head"),
        ("put_up", "webmaster"),
        ("tell_back", "webmaster"),
        ("keep", "webmaster"),
    ],
)
def test_each_step_names_who_holds_its_role_with_the_position(
    client, people, step, name, person
):
    getattr(people, person).first_name = "ชื่อ"
    getattr(people, person).save()
    assert "ชื่อ" in row(client, step(name))
    assert f"position of {person}" in row(client, step(name))
    others = {"officer", "head", "webmaster"} - {person}
    assert not [
        word for word in others if f"position of {word}" in row(client, step(name))
    ]


def test_it_follows_the_appointments_of_today(client, people, step, office):
    today = timezone.localdate()
    Appointment.objects.filter(user=people.head).update(valid_until=today + YESTERDAY)
    make_person("acting", office, Role.HEAD, acting=True, valid_from=today)
    assert "position of head<" not in row(client, step("consider"))
    assert "position of acting (รักษาราชการแทน)" in row(client, step("consider"))
    Appointment.objects.filter(user__username="acting").update(
        valid_from=today - YESTERDAY
    )
    assert "position of acting" not in row(client, step("consider"))


def test_who_has_left_is_not_named(client, people, step):
    people.webmaster.is_active = False
    people.webmaster.save()
    assert "position of webmaster" not in row(client, step("put_up"))


def test_no_user_name_is_shown_for_want_of_a_name(client, people, step):
    people.webmaster.first_name = ""
    people.webmaster.save()
    assert "position of webmaster" not in row(client, step("put_up"))


def test_an_office_may_keep_names_to_itself(client, people, step, office):
    OfficeSettings.objects.filter(site=office).update(show_persons=False)
    cell = row(client, step("consider"))
    assert "position of head" not in cell
    assert step("consider").responsible in cell


def test_neither_office_names_the_persons_of_the_other(client, people, second_office):
    make_person("theirs", second_office, Role.HEAD)
    here = client.get("/procedure/").content.decode()
    there = client.get("/procedure/", HTTP_HOST="second.example").content.decode()
    assert "position of head" in here and "position of theirs" not in here
    assert "position of theirs" in there and "position of head" not in there


def test_many_persons_cost_no_more_questions(
    client, people, office, django_assert_num_queries
):
    client.get("/procedure/")
    with CaptureQueriesContext(connection) as before:
        client.get("/procedure/")
    for number in range(12):
        make_person(f"officer-{number}", office, Role.OFFICER)
    with django_assert_num_queries(len(before)):
        client.get("/procedure/")
