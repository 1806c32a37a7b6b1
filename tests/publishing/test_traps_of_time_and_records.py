"""Wagtail's traps D to P, by their numbers: concurrency, schedule, records.

Two people at the very same instant: ``test_concurrency``, on PostgreSQL.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.documents import get_document_model
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import page_published

from govpub.categories.models import NewsPage
from govpub.publishing import notices, procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.doctor import examine
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotApproved,
    ProcedureError,
)
from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Act,
    Appointment,
    OutboxMail,
    PublicationRequest,
    Round,
)
from govpub.publishing.permissions import waiting_for
from govpub.publishing.signals import act_done
from govpub.roles import Role
from govpub.upkeep.jobs import SomeItemsFailed, keep_periods
from tests.drafts import category, draft_news, published_news
from tests.publishing.stock import Stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, people):
    return draft_news(office, people.officer)


@pytest.fixture
def proposed(page, people):
    return procedure.propose(page, by=people.officer)


@pytest.fixture
def public(office, people):
    return published_news(office, people)


@pytest.fixture
def stock(bare_site):
    return Stock(bare_site.root_page)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def days(number):
    return timezone.localdate() + timedelta(days=number)


def later(number):
    return freeze_time(timezone.now() + timedelta(days=number))


def approve(request, people):
    procedure.allow(request, by=people.head)
    return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)


def propose_newer(page, people, **fields):
    draft = fresh(page)
    for name, value in {"summary": "ฉบับใหม่", **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.officer)
    return procedure.propose(fresh(page), by=people.officer)


# --- D. Concurrency and transactions --------------------------------------------


def test_D1_approve_and_reject_both_succeed(proposed, people, stock):
    """The state is asked of the object in memory, so both decisions are kept."""
    plain, state = stock.submitted(people.superuser)
    first, second = (
        TaskState.objects.get(pk=state.current_task_state_id) for _ in range(2)
    )
    assert second.workflow_state.current_task_state.status == "in_progress"
    first.approve(user=people.superuser)
    second.reject(user=people.superuser)
    first.refresh_from_db()
    assert (stock.fresh(plain).live, first.status) == (True, "rejected")

    held = [PublicationRequest.objects.get(pk=proposed.pk) for _ in range(2)]
    procedure.allow(held[0], by=people.head)
    with pytest.raises(AlreadyDecided, match="head"):
        procedure.refuse(held[1], by=people.head2, words="ช้าไป")
    assert proposed.acts.count() == 2


def test_D2_approving_twice_overwrites_who_did(proposed, people):
    """The second decision would take the first one's name away."""
    procedure.allow(proposed, by=people.head)
    with pytest.raises(AlreadyDecided):
        procedure.allow(proposed, by=people.head2)
    assert Act.objects.get(outcome="allowed").person == "head"
    assert TaskState.objects.get(status="approved").finished_by == people.head


def test_D3_a_stale_save_unpublishes(page, proposed, people, stock):
    """Saving what was loaded before the publication hides it again."""
    plain = stock.draft(people.superuser)
    stale = stock.fresh(plain)
    plain.get_latest_revision().publish()
    stale.save()
    assert not stock.fresh(plain).live

    stale = fresh(page)
    approve(proposed, people)
    with pytest.raises(NotApproved):
        stale.save()
    assert fresh(page).is_public


def test_D4_proposing_twice_is_a_server_error(page, proposed, people):
    """The second proposal is told so in words."""
    with pytest.raises(ProcedureError):
        procedure.propose(fresh(page), by=people.officer2)
    assert PublicationRequest.objects.count() == 1


def test_D5_decisions_are_not_one_transaction(proposed, people, monkeypatch):
    """Cut off in the middle, Wagtail is left between two states."""

    def fail(*args, **kwargs):
        raise RuntimeError("cut off")

    monkeypatch.setattr(TaskState, "approve", fail)
    with pytest.raises(RuntimeError):
        procedure.allow(proposed, by=people.head)
    proposed.refresh_from_db()
    assert proposed.status == "proposed"
    assert proposed.acts.count() == 1
    assert not any(faults(proposed.site))


def test_D6_mails_of_what_was_rolled_back(
    proposed, people, monkeypatch, django_capture_on_commit_callbacks, mailoutbox
):
    """Mails leave inside the transaction, and a broken template is swallowed."""
    written = OutboxMail.objects.count()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        procedure.allow(proposed, by=people.head)
        raise RuntimeError
    assert (OutboxMail.objects.count(), len(mailoutbox)) == (written, 0)

    def broken(*args):
        raise ValueError("template")

    monkeypatch.setattr(notices, "_body", broken)
    with pytest.raises(ValueError, match="template"):
        procedure.allow(proposed, by=people.head)
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_D7_a_listener_that_fails_undoes_the_decision(
    proposed, people, django_capture_on_commit_callbacks
):
    """Ours listen after the commit and undo nothing."""

    def fail(**kwargs):
        raise RuntimeError("chat is down")

    act_done.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            procedure.allow(proposed, by=people.head)
    finally:
        act_done.disconnect(fail)
    proposed.refresh_from_db()
    assert proposed.status == "allowed"


def test_D8_published_is_said_of_what_only_waits(office, people, stock):
    """The signal is sent when a page is scheduled; ours says that it waits."""
    heard = []

    def listen(sender, instance, **kwargs):
        heard.append((instance.title, instance.live))

    page_published.connect(listen)
    try:
        plain = stock.draft(people.superuser)
        plain.go_live_at = timezone.now() + timedelta(days=9)
        plain.save_revision().publish()
        assert heard == [("stock", False)]
        page = draft_news(office, people.officer, publish_from=days(2))
        request = approve(procedure.propose(page, by=people.officer), people)
        assert heard == [("stock", False)]
        assert request.acts.last().outcome == "approved_for_day"
        with later(2):
            keep_periods()
        assert heard[-1] == (page.title, True)
    finally:
        page_published.disconnect(listen)
    assert request.acts.last().outcome == "went_live"


def test_D9_an_old_object_decides_on_the_old_version(page, proposed, people):
    """What the service holds in memory is asked for again under the lock."""
    held = proposed.page.specific
    held.get_latest_revision_as_object()
    draft = fresh(page)
    draft.save_revision(user=people.officer)
    with pytest.raises(ContentChanged):
        procedure.allow(proposed, by=people.head)


# --- E. Schedule and end of a period --------------------------------------------


def test_E1_without_a_scheduler_nothing_ends(public, client):
    """What is over is served and listed until a cron job runs."""
    assert client.get(public.url).status_code == 200
    with later(40):
        assert fresh(public).live
        assert public.summary not in client.get(public.url).content.decode()
        assert not NewsPage.objects.public().exists()


def test_E2_an_extension_that_waits_does_not_count(public, people):
    """The period that was approved ends; the extension is a request of its own."""
    extension = propose_newer(public, people, publish_until=days(90))
    with later(40):
        keep_periods()
        assert not fresh(public).live
        approve(extension, people)
        assert fresh(public).is_public


def test_E3_taking_down_wipes_what_is_scheduled(public, people):
    """An approved successor still appears on its day."""
    older = public.published_request
    successor = propose_newer(public, people, publish_from=days(3))
    approve(successor, people)
    procedure.take_down(older, by=people.webmaster, words="ข้อมูลผิด")
    with later(3):
        keep_periods()
        assert fresh(public).is_public
    assert fresh(public).summary == "ฉบับใหม่"


def test_E4_nothing_can_be_taken_down_while_a_successor_waits(public, people, stock):
    """The lock of a scheduled version keeps even a superuser from unpublishing."""
    older = public.published_request
    approve(propose_newer(public, people, publish_from=days(3)), people)
    procedure.take_down(older, by=people.webmaster, words="มีข้อมูลส่วนบุคคล")
    assert not fresh(public).live


def test_E5_approving_after_the_end(office, people):
    """Approved too late, a page goes up and comes down by turns."""
    page = draft_news(office, people.officer, publish_until=days(1))
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    with later(5), pytest.raises(ProcedureError):
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert not fresh(page).live


def test_E6_two_approved_ways_at_once(office, people):
    """A page has one open request; another proposal waits until it is done."""
    page = draft_news(office, people.officer, publish_from=days(3))
    approve(procedure.propose(page, by=people.officer), people)
    with pytest.raises(ProcedureError):
        propose_newer(page, people)
    assert PublicationRequest.objects.count() == 1


def test_E7_one_bad_item_stops_the_run(office, people, monkeypatch):
    """The others still come down, and the bad one is named."""
    pages = [published_news(office, people) for _ in range(3)]
    bad = pages[0].published_request
    take_down = procedure.take_down

    def sometimes(request, **kwargs):
        if request.pk == bad.pk:
            raise RuntimeError("poison")
        return take_down(request, **kwargs)

    monkeypatch.setattr(procedure, "take_down", sometimes)
    with later(40), pytest.raises(SomeItemsFailed, match=bad.code):
        keep_periods()
    assert [fresh(page).live for page in pages] == [True, False, False]


def test_E8_two_schedulers_publish_twice(office, people):
    """The second one finds that it was done."""
    page = draft_news(office, people.officer, publish_from=days(1))
    request = approve(procedure.propose(page, by=people.officer), people)
    with later(1):
        procedure.go_live(request, by=people.webmaster)
        with pytest.raises(AlreadyDecided):
            procedure.go_live(request, by=people.webmaster)
    assert request.acts.filter(outcome="went_live").count() == 1


def test_E9_nobody_did_it(public):
    """What the scheduler does is done in a name, and for a request."""
    with later(40):
        keep_periods()
    act = Act.objects.get(outcome="taken_down")
    assert act.user.username == "govpub-robot"
    assert act.round.request == PublicationRequest.objects.get(page=public.pk)


def test_E10_hiding_a_parent_leaves_its_children(office, public, people):
    """Nobody hides a page of the frame, so no child is left behind."""
    section = category(office, 8)
    tester = section.permissions_for_user(people.superuser)
    assert not tester.can_unpublish()
    client = Client()
    client.force_login(people.superuser)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[section.pk]))
    assert category(office, 8).live


def test_E11_taking_down_leaves_a_review_behind(public, people):
    """What is still under review says so in its request and in Wagtail alike."""
    older = public.published_request
    newer = propose_newer(public, people)
    procedure.take_down(older, by=people.webmaster, words="ข้อมูลผิด")
    newer.refresh_from_db()
    assert newer.is_in_review
    assert WorkflowState.objects.active().for_instance(public).exists()
    assert list(examine()) == []


def test_E12_a_version_whose_time_is_over_is_published(office, people, client):
    """If the scheduler slept through a whole period, nothing of it is shown."""
    page = draft_news(
        office, people.officer, publish_from=days(1), publish_until=days(2)
    )
    approve(procedure.propose(page, by=people.officer), people)
    with later(9):
        keep_periods()
        assert client.get(page.url).status_code == 404
    assert not fresh(page).live


# --- F. Records ------------------------------------------------------------------


def test_P1_purging_revisions_deletes_approvals(public, people, stock):
    """The approval goes with its revision; ours holds the revision."""
    plain, state = stock.submitted(people.superuser)
    state.current_task_state.approve(user=people.superuser)
    newer = stock.fresh(plain)
    newer.save_revision().publish()
    call_command("purge_revisions", verbosity=0)
    assert not TaskState.objects.filter(workflow_state=state).exists()

    for _ in range(2):
        public.save_revision()
    call_command("purge_revisions", verbosity=0)
    round_ = Round.objects.get(request__page=public.pk)
    assert fresh(public).live_revision_id == round_.revision_id
    with pytest.raises(ProtectedError):
        round_.revision.delete()


def test_P2_deleting_the_page_deletes_its_history(public, people, stock):
    """What was ever proposed is not deleted."""
    plain, state = stock.submitted(people.superuser)
    stock.fresh(plain).delete()
    assert not WorkflowState.objects.filter(pk=state.pk).exists()

    with pytest.raises(ProtectedError):
        fresh(public).delete()
    assert not fresh(public).permissions_for_user(people.superuser).can_delete()
    assert Act.objects.count() == 3


def test_P3_deleting_the_approver_deletes_the_name(public, people):
    """Name and position of the moment stay in the act and in the ledger."""
    office = public.published_request.site
    Appointment.objects.filter(user=people.head).delete()
    people.head.delete()
    act = Act.objects.get(outcome="allowed")
    assert (act.user, act.person, act.position) == (None, "head", "position of head")
    assert act.ledger_entry.data["account"] == "head"
    assert list(faults(office)) == []


def test_P4_records_can_be_edited(public):
    """What is changed past Python is found and named."""
    assert list(faults(public.published_request.site)) == []
    Act.objects.filter(outcome="allowed").update(person="คนอื่น")
    (fault,) = faults(public.published_request.site)
    assert fault.sequence == 2


def test_P5_reviewers_get_no_mail(proposed):
    """Wagtail tells nobody of steps that are not its own."""
    told = OutboxMail.objects.values_list("user__username", flat=True)
    assert set(told) == {"head", "head2"}


def test_P6_the_one_who_proposed_is_told_to_decide(office, people):
    """Nobody is told of what he did himself."""
    Appointment.objects.create(
        site=office, user=people.head, role=Role.OFFICER, position="x"
    )
    procedure.propose(draft_news(office, people.head), by=people.head)
    assert not OutboxMail.objects.filter(user=people.head).exists()
    assert OutboxMail.objects.filter(user=people.head2).exists()


def test_P7_the_inbox_breaks_with_several_steps(office, people):
    """One person may hold two roles; nothing is listed twice."""
    Appointment.objects.create(
        site=office, user=people.head, role=Role.WEBMASTER, position="x"
    )
    first, _second = (
        procedure.propose(draft_news(office, people.officer), by=people.officer)
        for _ in range(2)
    )
    procedure.allow(first, by=people.head)
    codes = [request.code for request in waiting_for(people.head)]
    assert len(codes) == len(set(codes)) == 2
    client = Client()
    client.force_login(people.head)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_P8_the_wrong_person_published_it(office, people):
    """Who checked it and who showed it on its day are two acts."""
    page = draft_news(office, people.officer, publish_from=days(1))
    request = approve(procedure.propose(page, by=people.officer), people)
    with later(1):
        keep_periods()
    who = {act.outcome: act.user.username for act in request.acts}
    assert who["approved_for_day"] == "webmaster"
    assert who["went_live"] == "govpub-robot"


def test_P9_attachments_are_public_from_upload(office, people, client):
    """A file is handed out with its page, and a proposal's own record shows nothing."""
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )
    page = draft_news(office, people.officer)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    assert client.get(document.url).status_code == 404
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert client.get(document.url).status_code == 200
    procedure.take_down(request, by=people.webmaster, words="x")
    assert client.get(document.url).status_code == 404


def test_P10_the_hook_before_publishing_is_not_called(page, public, people):
    """It is called by two screens only; the guard stands below all of them."""
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish(skip_permission_checks=True)
    with pytest.raises(PermissionDenied):
        UnpublishPageAction(public, user=people.superuser).execute(
            skip_permission_checks=True
        )
    assert (fresh(page).live, fresh(public).live) == (False, True)


def test_P11_thai_addresses(office, people, client):
    """They work, and stay so."""
    page = published_news(office, people, slug="ประกาศ-รับสมัครงาน")
    assert client.get(page.url).status_code == 200
