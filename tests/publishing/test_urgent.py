"""Allowed by word of mouth: recorded, flagged, confirmed in writing, or taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time

from govpub.publishing import doctor, ledger, procedure, urgent
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.models import Appointment, OutboxMail, PublicationRequest
from govpub.roles import Role
from govpub.thai.dates import BANGKOK
from tests.conftest import make_person
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=BANGKOK)
# One working day later, at closing time.
CONFIRM_BY = datetime(2026, 11, 25, 16, 30, tzinfo=BANGKOK)


@pytest.fixture(autouse=True)
def tuesday_morning():
    with freeze_time(TUESDAY) as clock:
        yield clock


@pytest.fixture
def proposed(office, people):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


@pytest.fixture
def the_head(people):
    return Appointment.objects.get(user=people.head, role=Role.HEAD)


@pytest.fixture
def permitted(proposed, people, the_head):
    return urgent.permit_verbally(
        proposed,
        by=people.webmaster,
        given_by=the_head,
        given_at=timezone.now(),
        words="ประกาศภัยพิบัติ",
    )


@pytest.fixture
def public(permitted, people):
    return procedure.put_up(permitted, by=people.webmaster, checks=ALL_CHECKED)


def shows(client, request):
    """The information itself, not the notice that stands there after its end."""
    page = client.get(request.page.specific.url)
    return request.current_round.form["summary"] in page.content.decode()


def test_it_says_who_gave_it_when_and_who_wrote_it_down(permitted, people):
    act = permitted.acts.last()
    assert permitted.status == "allowed"
    assert permitted.confirm_by == CONFIRM_BY
    assert (act.step, act.outcome) == ("verbal", "allowed_verbally")
    assert act.person == "webmaster"
    assert act.details["given_by"] == "head"
    assert act.details["given_by_position"] == "position of head"
    assert datetime.fromisoformat(act.details["given_at"]) == TUESDAY
    assert OutboxMail.objects.filter(user=people.head, act=act).exists()


def test_it_is_public_until_it_should_have_been_confirmed(
    public, client, tuesday_morning
):
    assert list(doctor.examine()) == []
    assert shows(client, public)
    tuesday_morning.move_to(CONFIRM_BY)
    assert shows(client, public)
    tuesday_morning.move_to(CONFIRM_BY + timedelta(seconds=1))
    assert not shows(client, public)  # although no scheduler has run
    model = type(public.page.specific)
    assert not model.objects.public().filter(pk=public.page_id).exists()


def test_confirmed_in_writing_it_stays(public, people, client, tuesday_morning):
    urgent.confirm(public, by=people.head, seen=public.current_round.digest)
    tuesday_morning.move_to(CONFIRM_BY + timedelta(days=1))
    assert shows(client, public)
    assert urgent.lapse_job().run() == ""
    act = public.acts.last()
    assert (act.step, act.outcome, act.person) == ("consider", "allowed", "head")
    assert act.details == {"confirms": "verbal"}
    with pytest.raises(AlreadyDecided):
        urgent.confirm(public, by=people.head2)


def test_not_confirmed_in_time_it_comes_down(public, client, tuesday_morning):
    tuesday_morning.move_to(CONFIRM_BY + timedelta(minutes=1))
    assert "1" in urgent.lapse_job().run()
    public.refresh_from_db()
    public.page.refresh_from_db()
    assert public.status == "ended"
    assert not public.page.live
    assert [act.outcome for act in public.acts][-1] == "taken_down"
    assert list(ledger.faults(public.site)) == []
    assert urgent.lapse_job().run() == ""


def test_not_put_up_yet_it_goes_back_to_the_officer(permitted, people, tuesday_morning):
    tuesday_morning.move_to(CONFIRM_BY + timedelta(minutes=1))
    with pytest.raises(ProcedureError):
        procedure.put_up(permitted, by=people.webmaster, checks=ALL_CHECKED)
    with pytest.raises(ProcedureError):
        urgent.confirm(permitted, by=people.head)
    urgent.lapse_job().run()
    permitted.refresh_from_db()
    assert permitted.status == "returned"
    again = procedure.propose(permitted.page.specific, by=people.officer)
    assert again.pk == permitted.pk
    assert again.confirm_by is None
    assert again.rounds.count() == 2


def test_waiting_for_its_day_it_goes_back_too(office, people, the_head):
    later = timezone.localdate() + timedelta(days=7)
    page = draft_news(office, people.officer, publish_from=later)
    request = procedure.propose(page, by=people.officer)
    request = urgent.permit_verbally(
        request, by=people.webmaster, given_by=the_head, given_at=timezone.now()
    )
    request = procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert request.status == "scheduled"
    with freeze_time(CONFIRM_BY + timedelta(days=9)):
        with pytest.raises(ProcedureError):
            procedure.go_live(request, by=people.webmaster)
        urgent.lapse_job().run()
        request.refresh_from_db()
        assert request.status == "returned"


def test_the_head_may_refuse_to_confirm(public, people, client):
    with pytest.raises(ReasonsMissing):
        urgent.refuse_confirmation(public, by=people.head, words=" ")
    urgent.refuse_confirmation(public, by=people.head, words="ไม่ได้อนุญาต")
    assert not shows(client, public)
    outcomes = [act.outcome for act in public.acts]
    assert outcomes[-2:] == ["refused", "taken_down"]


def test_what_the_head_confirms_is_what_was_shown(public, people):
    with pytest.raises(ContentChanged):
        urgent.confirm(public, by=people.head, seen="something else")
    public.refresh_from_db()
    assert public.confirm_by is not None


def test_nobody_permits_his_own_proposal(office, people, the_head):
    request = procedure.propose(
        draft_news(office, people.webmaster), by=people.webmaster
    )
    with pytest.raises(NotYourTurn):
        urgent.permit_verbally(
            request, by=people.webmaster, given_by=the_head, given_at=timezone.now()
        )


@pytest.mark.parametrize("who", ["officer2", "inspector", "head2", "superuser"])
def test_only_the_web_master_records_it(proposed, people, the_head, who):
    with pytest.raises(NotYourTurn):
        urgent.permit_verbally(
            proposed,
            by=getattr(people, who),
            given_by=the_head,
            given_at=timezone.now(),
        )


def test_it_must_come_from_a_head_who_is_not_involved(proposed, people, second_office):
    officer = Appointment.objects.get(user=people.officer)
    stranger = make_person("stranger", second_office, Role.HEAD)
    for giver in (officer, Appointment.objects.get(user=stranger)):
        with pytest.raises(NotYourTurn):
            urgent.permit_verbally(
                proposed, by=people.webmaster, given_by=giver, given_at=timezone.now()
            )
    assert PublicationRequest.objects.get().status == "proposed"


@pytest.mark.parametrize("shift", [timedelta(minutes=1), -timedelta(days=2)])
def test_moments_that_cannot_be(proposed, people, the_head, shift):
    with pytest.raises(ProcedureError):
        urgent.permit_verbally(
            proposed,
            by=people.webmaster,
            given_by=the_head,
            given_at=timezone.now() + shift,
        )


def test_one_that_cannot_be_taken_back_does_not_stop_the_others(
    office, people, the_head, public, tuesday_morning, monkeypatch
):
    other = procedure.propose(draft_news(office, people.officer), by=people.officer)
    urgent.permit_verbally(
        other, by=people.webmaster, given_by=the_head, given_at=timezone.now()
    )
    real = procedure.take_down

    def take_down(request, **options):
        raise RuntimeError("a poisoned item")

    monkeypatch.setattr(procedure, "take_down", take_down)
    tuesday_morning.move_to(CONFIRM_BY + timedelta(minutes=1))
    with pytest.raises(urgent.LapseFailed, match="poisoned"):
        urgent.lapse_job().run()
    other.refresh_from_db()
    assert other.status == "returned"
    monkeypatch.setattr(procedure, "take_down", real)
    urgent.lapse_job().run()
    public.refresh_from_db()
    assert public.status == "ended"
