"""Appointments and rules of an office leave a record; its Web Master keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Appointment,
    LedgerEntry,
    OfficeHoliday,
    ProcedureSettings,
    ProcedureStep,
)
from govpub.roles import Role
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def last(site):
    return LedgerEntry.objects.filter(site=site).last()


def test_an_appointment_its_change_and_its_end_are_recorded(office):
    user = make_person("acting", office, Role.HEAD, acting=True, order_number="7/2570")
    appointed = last(office)
    assert appointed.action == "appointment.saved"
    assert appointed.data["row"]["order_number"] == "7/2570"
    assert appointed.data["row"]["acting"] == "True"
    appointment = Appointment.objects.get(user=user)
    appointment.valid_until = date(2026, 11, 30)
    appointment.save()
    assert last(office).data["row"]["valid_until"] == "2026-11-30"
    appointment.delete()
    assert last(office).action == "appointment.deleted"
    assert list(faults(office)) == []


def test_the_account_that_changed_a_rule_is_recorded(office, people, client):
    client.force_login(people.webmaster)
    rules = ProcedureSettings.for_site(office)
    address = reverse(
        "wagtailsettings:edit",
        args=["govpub_publishing", "proceduresettings", office.pk],
    )
    answer = client.post(
        address,
        {
            "opens_at": "08:00",
            "closes_at": "16:00",
            "break_from": "12:00",
            "break_until": "13:00",
            "escalate_after_minutes": "๙๐",
            "verbal_working_days": "1",
            "pass_on_automatically": "on",
        },
    )
    assert answer.status_code == 302
    rules.refresh_from_db()
    assert rules.pass_on_automatically
    assert rules.escalate_after_minutes == 90
    record = last(office)
    assert record.action == "proceduresettings.saved"
    assert record.data["account"] == "webmaster"
    assert record.data["row"]["opens_at"] == "08:00:00"


@pytest.mark.parametrize("name", ["officesettings", "proceduresettings"])
def test_nobody_sets_the_rules_of_another_office(
    office, second_office, people, client, name
):
    client.force_login(people.webmaster)
    own, other = (
        client.get(
            reverse("wagtailsettings:edit", args=["govpub_publishing", name, site.pk])
        )
        for site in (office, second_office)
    )
    assert own.status_code == 200
    assert other.status_code == 302  # to the front page of the admin, with a message


@pytest.mark.parametrize("who", ["officer", "inspector"])
def test_officers_and_inspectors_set_no_rules(office, people, client, who):
    client.force_login(getattr(people, who))
    for name in ("officesettings", "proceduresettings"):
        address = reverse(
            "wagtailsettings:edit", args=["govpub_publishing", name, office.pk]
        )
        assert client.get(address).status_code == 302
    for address in (reverse("govpub_steps:index"), reverse("govpub_holidays:index")):
        assert client.get(address).status_code == 302


def test_the_web_master_keeps_his_own_steps_and_holidays_only(
    office, second_office, people, client
):
    client.force_login(people.webmaster)
    listed = client.get(reverse("govpub_steps:index"))
    assert {row.site_id for row in listed.context["object_list"]} == {office.pk}
    foreign = ProcedureStep.objects.filter(site=second_office).first()
    address = reverse("govpub_steps:edit", args=[foreign.pk])
    assert client.get(address).status_code == 404
    client.post(
        reverse("govpub_holidays:add"),
        {"site": second_office.pk, "day": "2569-12-01", "name": "x"},
    )
    assert not OfficeHoliday.objects.exists()
    client.post(
        reverse("govpub_holidays:add"),
        {"site": office.pk, "day": "๑/๑๒/๒๕๖๙", "name": "ปิดซ่อม"},
    )
    assert OfficeHoliday.objects.get().day == date(2026, 12, 1)


def test_the_web_master_appoints_nobody(office, people, client):
    client.force_login(people.webmaster)
    before = Appointment.objects.count()
    client.post(
        reverse("govpub_appointments:add"),
        {"site": office.pk, "user": people.webmaster.pk, "role": "head"},
    )
    assert Appointment.objects.count() == before
    assert get_user_model().objects.get(username="webmaster").is_superuser is False
