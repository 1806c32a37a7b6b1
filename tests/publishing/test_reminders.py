"""A step that takes long: told once soon before, once when due, once to others."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from freezegun import freeze_time

from govpub.publishing import procedure, reminders
from govpub.publishing.models import (
    Appointment,
    OfficeHoliday,
    OutboxMail,
    ProcedureSettings,
    StepReminder,
)
from govpub.roles import Role
from govpub.thai.dates import BANGKOK
from tests.conftest import make_person
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=BANGKOK)


@pytest.fixture
def clock():
    with freeze_time(TUESDAY) as frozen:
        yield frozen


@pytest.fixture
def proposed(clock, office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    OutboxMail.objects.all().delete()
    return request


@pytest.fixture
def acting(office):
    return make_person("acting", office, Role.HEAD, acting=True, order_number="12/2570")


def told_after(clock, minutes):
    """Who is told how many things in the pass at that moment."""
    OutboxMail.objects.all().delete()
    clock.move_to(TUESDAY + timedelta(minutes=minutes))
    reminders.remind()
    return sorted(OutboxMail.objects.values_list("user__username", flat=True))


def test_each_is_told_once(clock, proposed):
    assert told_after(clock, 1) == []
    assert told_after(clock, 4) == ["head", "head2"]
    assert told_after(clock, 4.5) == []
    assert told_after(clock, 6) == ["head", "head2"]
    assert told_after(clock, 7) == []
    assert StepReminder.objects.count() == 2


def test_after_an_hour_whoever_is_acting_is_told(clock, proposed, acting):
    Appointment.objects.filter(user=acting).update(valid_from=TUESDAY.date())
    told_after(clock, 6)
    assert told_after(clock, 64) == []
    assert told_after(clock, 65) == ["acting"]
    assert told_after(clock, 66) == []


def test_or_the_person_whom_the_office_named(clock, proposed, office, people, acting):
    rules = ProcedureSettings.for_site(office)
    rules.escalate_to = people.inspector
    rules.save()
    told_after(clock, 6)
    assert told_after(clock, 65) == ["inspector"]


def test_a_decision_ends_it_and_the_next_step_has_its_own(clock, proposed, people):
    told_after(clock, 6)
    procedure.allow(proposed, by=people.head)
    assert told_after(clock, 7) == []
    assert told_after(clock, 12) == ["webmaster"]


def test_nights_and_holidays_do_not_count(office, people):
    OfficeHoliday.objects.create(site=office, day=date(2026, 11, 25))
    with freeze_time(datetime(2026, 11, 24, 16, 29, tzinfo=BANGKOK)) as clock:
        procedure.propose(draft_news(office, people.officer), by=people.officer)
        OutboxMail.objects.all().delete()
        clock.move_to(datetime(2026, 11, 26, 8, 33, tzinfo=BANGKOK))
        reminders.remind()
        assert {mail.subject.split(":")[0] for mail in OutboxMail.objects.all()} == {
            "ใกล้ครบกำหนด"
        }
        clock.move_to(datetime(2026, 11, 26, 8, 34, 1, tzinfo=BANGKOK))
        OutboxMail.objects.all().delete()
        reminders.remind()
        assert {mail.subject.split(":")[0] for mail in OutboxMail.objects.all()} == {
            "เกินกำหนด"
        }


def test_one_bad_request_does_not_stop_the_others(
    clock, office, people, proposed, monkeypatch
):
    other = procedure.propose(draft_news(office, people.officer), by=people.officer)
    OutboxMail.objects.all().delete()
    real = reminders.write_letters

    def write_letters(site, users, compose, *, request):
        if request.pk == proposed.pk:
            raise RuntimeError("poisoned")
        return real(site, users, compose, request=request)

    monkeypatch.setattr(reminders, "write_letters", write_letters)
    clock.move_to(TUESDAY + timedelta(minutes=6))
    with pytest.raises(reminders.RemindersFailed, match="poisoned"):
        reminders.remind()
    assert set(OutboxMail.objects.values_list("request", flat=True)) == {other.pk}
    monkeypatch.setattr(reminders, "write_letters", real)
    reminders.remind()
    assert OutboxMail.objects.filter(request=proposed).count() == 2


def test_nobody_of_another_office_is_told(clock, proposed, second_office):
    make_person("stranger", second_office, Role.HEAD)
    assert told_after(clock, 6) == ["head", "head2"]
