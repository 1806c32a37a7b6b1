"""The procedure of the announcement, act by act."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from freezegun import freeze_time

from wagtail.models import WorkflowState

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.content import content_digest
from govpub.publishing.enums import Outcome, RequestStatus
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.models import Act, Appointment, PublicationRequest
from govpub.roles import Role
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, people):
    return draft_news(office, people.officer)


@pytest.fixture
def proposed(page, people):
    return procedure.propose(page, by=people.officer)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def outcomes(request):
    return list(request.acts.values_list("outcome", flat=True))


def test_allowed_and_put_up_is_public(page, proposed, people, client):
    assert not fresh(page).is_public
    procedure.allow(proposed, by=people.head)
    assert not fresh(page).live
    procedure.put_up(proposed, by=people.webmaster, checks=ALL_CHECKED)
    assert fresh(page).is_public
    assert client.get(page.url).status_code == 200
    assert outcomes(proposed) == ["proposed", "allowed", "put_up"]


def test_refused_is_told_back_and_starts_again_from_step_one(page, proposed, people):
    procedure.refuse(proposed, by=people.head, words="ข้อมูลไม่ครบ\nขาดแผนที่")
    proposed.refresh_from_db()
    assert proposed.status == RequestStatus.REFUSED
    procedure.tell_back(proposed, by=people.webmaster)
    draft = fresh(page)
    draft.summary = "แก้ไขแล้ว"
    draft.save_revision(user=people.officer)
    again = procedure.propose(fresh(page), by=people.officer)
    assert (again.pk, again.code) == (proposed.pk, proposed.code)
    assert [round_.number for round_ in again.rounds.all()] == [1, 2]
    with pytest.raises(AlreadyDecided):
        procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)
    procedure.allow(again, by=people.head)
    procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)
    assert fresh(page).summary == "แก้ไขแล้ว"
    assert Act.objects.get(outcome=Outcome.REFUSED).words == "ข้อมูลไม่ครบ\nขาดแผนที่"


def test_webmaster_returns_what_was_allowed_with_reasons(page, proposed, people):
    procedure.allow(proposed, by=people.head)
    with pytest.raises(ReasonsMissing):
        procedure.tell_back(proposed, by=people.webmaster)
    procedure.tell_back(proposed, by=people.webmaster, words="ไฟล์เปิดไม่ได้")
    again = procedure.propose(fresh(page), by=people.officer)
    assert again.status == RequestStatus.PROPOSED


@pytest.mark.parametrize("words", ["", "  \n ", "\u200b\u2060", "\u00a0\u3164"])
def test_refusing_needs_reasons_somebody_can_read(proposed, people, words):
    with pytest.raises(ReasonsMissing):
        procedure.refuse(proposed, by=people.head, words=words)
    proposed.refresh_from_db()
    assert proposed.status == RequestStatus.PROPOSED
    assert outcomes(proposed) == ["proposed"]


@pytest.mark.parametrize(
    "name", ["officer", "officer2", "webmaster", "inspector", "superuser"]
)
def test_only_an_appointed_head_decides(proposed, people, name):
    for act in (procedure.allow, procedure.refuse):
        with pytest.raises(NotYourTurn):
            act(proposed, by=getattr(people, name), words="เหตุผล")
    assert outcomes(proposed) == ["proposed"]


@pytest.mark.parametrize("name", ["officer", "head", "inspector", "superuser"])
def test_only_an_appointed_webmaster_puts_up(proposed, people, name):
    procedure.allow(proposed, by=people.head)
    put_up = partial(procedure.put_up, checks=ALL_CHECKED)
    for act in (put_up, procedure.tell_back):
        with pytest.raises(NotYourTurn):
            act(proposed, by=getattr(people, name), words="เหตุผล")
    assert outcomes(proposed) == ["proposed", "allowed"]


def test_who_proposed_cannot_allow(office, people):
    Appointment.objects.create(
        site=office, user=people.head, role=Role.OFFICER, position="x"
    )
    request = procedure.propose(draft_news(office, people.head), by=people.head)
    with pytest.raises(NotYourTurn):
        procedure.allow(request, by=people.head)
    procedure.allow(request, by=people.head2)


def test_who_edited_last_cannot_allow(office, people):
    page = draft_news(office, people.officer)
    page.summary = "แก้โดยหัวหน้า"
    page.save_revision(user=people.head)
    request = procedure.propose(fresh(page), by=people.officer)
    with pytest.raises(NotYourTurn):
        procedure.allow(request, by=people.head)


def test_an_appointment_that_has_ended_gives_no_right(proposed, people):
    yesterday = timezone.localdate() - timedelta(days=1)
    for appointment in Appointment.objects.filter(user=people.head):
        appointment.valid_until = yesterday
        appointment.save()
    with pytest.raises(NotYourTurn):
        procedure.allow(proposed, by=people.head)


def test_acting_head_is_recorded_as_acting(office, proposed, people):
    Appointment.objects.filter(user=people.head2).update(
        acting=True, order_number="ที่ ๑/๒๕๖๗"
    )
    procedure.allow(proposed, by=people.head2)
    act = Act.objects.get(outcome=Outcome.ALLOWED)
    assert act.acting
    assert act.order_number == "ที่ ๑/๒๕๖๗"


def test_second_decision_is_told_who_was_faster(proposed, people):
    procedure.allow(proposed, by=people.head)
    with pytest.raises(AlreadyDecided, match="head"):
        procedure.refuse(proposed, by=people.head2, words="ช้าไป")
    assert outcomes(proposed) == ["proposed", "allowed"]


def test_content_overwritten_in_place_is_not_decided_on(page, proposed, people):
    draft = fresh(page)
    draft.summary = "เปลี่ยนหลังเสนอ"
    draft.save_revision(
        user=people.officer, overwrite_revision=draft.get_latest_revision()
    )
    with pytest.raises(ContentChanged):
        procedure.allow(proposed, by=people.head)
    assert outcomes(proposed) == ["proposed"]


def test_newer_draft_after_the_decision_is_not_put_up(page, proposed, people):
    procedure.allow(proposed, by=people.head)
    draft = fresh(page)
    draft.summary = "เปลี่ยนหลังอนุญาต"
    draft.save_revision(user=people.webmaster)
    with pytest.raises(ContentChanged):
        procedure.put_up(proposed, by=people.webmaster, checks=ALL_CHECKED)
    assert not fresh(page).live


def test_stale_screen_stores_no_decision(proposed, people):
    with pytest.raises(ContentChanged):
        procedure.allow(proposed, by=people.head, seen="0" * 64)
    procedure.allow(proposed, by=people.head, seen=proposed.current_round.digest)


def test_withdrawn_gives_a_new_number_next_time(page, proposed, people):
    with pytest.raises(NotYourTurn):
        procedure.withdraw(proposed, by=people.officer2, words="x")
    procedure.withdraw(proposed, by=people.officer, words="ผิดหมวด")
    assert not WorkflowState.objects.active().exists()
    again = procedure.propose(fresh(page), by=people.officer)
    assert again.number == proposed.number + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": " ", "publish_until": None},
        {"summary": ""},
        {"unit": "\u200b"},
        {"publish_until": timezone.localdate() - timedelta(days=1)},
        {"publish_until": timezone.localdate() + timedelta(days=365 * 30)},
    ],
)
def test_incomplete_form_is_not_accepted(office, people, changes):
    page = draft_news(office, people.officer, **changes)
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)
    assert not PublicationRequest.objects.exists()
    assert not WorkflowState.objects.exists()


def test_numbers_run_per_office_and_year(office, second_office, people):
    first = [
        procedure.propose(draft_news(office, people.officer), by=people.officer)
        for _ in range(3)
    ]
    assert [request.number for request in first] == [1, 2, 3]
    Appointment.objects.create(
        site=second_office, user=people.officer2, role=Role.OFFICER, position="x"
    )
    other = procedure.propose(
        draft_news(second_office, people.officer2), by=people.officer2
    )
    assert other.number == 1


def test_number_restarts_with_the_fiscal_year(office, people):
    with freeze_time("2026-09-30 12:00"):
        old = procedure.propose(draft_news(office, people.officer), by=people.officer)
    with freeze_time("2026-10-01 12:00"):
        new = procedure.propose(draft_news(office, people.officer), by=people.officer)
    assert (old.fiscal_year, old.number) == (2569, 1)
    assert (new.fiscal_year, new.number) == (2570, 1)


def test_waits_for_its_day(office, people):
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = draft_news(office, people.officer, publish_from=tomorrow)
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    request = procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert request.status == RequestStatus.SCHEDULED
    assert not fresh(page).live


def test_newer_version_replaces_the_public_one(office, people):
    page = published_news(office, people)
    first = page.published_request
    page.summary = "ฉบับใหม่"
    page.save_revision(user=people.officer)
    assert fresh(page).summary == "รายละเอียดโดยสรุป"
    request = procedure.propose(fresh(page), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    first.refresh_from_db()
    assert first.status == RequestStatus.REPLACED
    assert fresh(page).summary == "ฉบับใหม่"
    assert fresh(page).is_public


def test_each_act_keeps_name_and_position_of_the_moment(proposed, people):
    procedure.allow(proposed, by=people.head)
    Appointment.objects.filter(user=people.head).update(position="ตำแหน่งใหม่")
    people.head.first_name = "ชื่อใหม่"
    people.head.save()
    act = Act.objects.get(outcome=Outcome.ALLOWED)
    assert (act.person, act.position) == ("head", "position of head")


def test_an_act_is_never_changed_or_deleted(proposed):
    act = Act.objects.get()
    with pytest.raises(TypeError):
        act.save()
    with pytest.raises(TypeError):
        act.delete()


def test_second_proposal_of_the_same_page_is_refused(page, proposed, people):
    with pytest.raises(ProcedureError):
        procedure.propose(fresh(page), by=people.officer)
    assert PublicationRequest.objects.count() == 1


def test_step_times_are_measured_against_the_target(page, people):
    with freeze_time("2026-11-02 09:00"):
        page.save_revision(user=people.officer)
        request = procedure.propose(fresh(page), by=people.officer)
    with freeze_time("2026-11-02 09:04"):
        procedure.allow(request, by=people.head)
    with freeze_time("2026-11-02 09:30"):
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    acts = {act.outcome: act for act in request.acts}
    assert acts["allowed"].minutes == 4
    assert acts["allowed"].within_target
    assert acts["put_up"].minutes == 26
    assert not acts["put_up"].within_target


def test_what_was_proposed_is_kept_when_the_revision_is_written_over(proposed):
    round_ = proposed.current_round
    before = round_.revision.content
    round_.revision.content = {**before, "summary": "อย่างอื่น"}
    round_.revision.save(update_fields=["content"])
    kept = proposed.current_round
    assert kept.content == before
    assert kept.content["summary"] == "รายละเอียดโดยสรุป"
    assert content_digest(kept.content) == kept.content_digest


@pytest.mark.parametrize("decision", ["allow", "refuse"])
def test_the_heads_acknowledgement_is_recorded_with_the_decision(
    page, proposed, people, decision
):
    act = partial(getattr(procedure, decision), by=people.head, words="เหตุผล")
    act(proposed, acknowledged=True)
    assert Act.objects.last().acknowledged
    assert Act.objects.last().details == {"acknowledged": True}


def test_no_acknowledgement_is_recorded_that_nobody_gave(proposed, people):
    procedure.allow(proposed, by=people.head)
    assert not Act.objects.last().acknowledged
