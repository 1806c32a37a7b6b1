"""Wagtail's traps P (its section F): records.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from wagtail import hooks
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.documents import get_document_model
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    Task,
    TaskState,
    WorkflowState,
)

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import (
    NotApproved,
)
from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Act,
    Appointment,
    OutboxMail,
    Round,
)
from govpub.publishing.permissions import waiting_for
from govpub.roles import Role
from govpub.upkeep.jobs import keep_periods
from tests.drafts import draft_news, published_news
from tests.publishing.screens import (
    approve,
    days,
    fresh,
    hours,
    later,
    login,
)
from tests.publishing.stock import Stock

pytestmark = pytest.mark.django_db


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
    held_by(round_, round_.revision)
    # Also one that is neither public nor the newest any more.
    request = procedure.propose(fresh(public), by=people.officer)
    procedure.withdraw(request, by=people.officer, words="ผิด")
    fresh(public).save_revision()
    call_command("purge_revisions", verbosity=0)
    held_by(request.current_round, request.current_round.revision)


def held_by(record, row):
    """It is this record that keeps the row, and not another further away."""
    with pytest.raises(ProtectedError) as error:
        row.delete()
    assert record in error.value.protected_objects


def test_P2_deleting_the_page_deletes_its_history(public, people, stock):
    """What was ever proposed is not deleted."""
    plain, state = stock.submitted(people.superuser)
    stock.fresh(plain).delete()
    assert not WorkflowState.objects.filter(pk=state.pk).exists()

    request = public.published_request
    held_by(request, fresh(public))
    assert not fresh(public).permissions_for_user(people.superuser).can_delete()
    # Wagtail's own record of the review may go; ours says it all without it.
    WorkflowState.objects.for_instance(public).delete()
    page_workflow = public.get_workflow()
    page_workflow.delete()
    assert [act.outcome for act in request.acts] == ["proposed", "allowed", "put_up"]
    assert request.current_round.content["title"] == public.title
    assert list(faults(request.site)) == []
    assert Act.objects.count() == 3


def test_P3_deleting_the_approver_deletes_the_name(public, people, stock):
    """Name and position of the moment stay in the act and in the ledger."""
    _plain, state = stock.submitted(people.officer)
    approver = get_user_model().objects.create_superuser(
        "gone", "gone@example.com", "x"
    )
    stock.approve(state, approver)
    approver.delete()
    assert TaskState.objects.get(workflow_state=state).finished_by is None

    office = public.published_request.site
    Appointment.objects.filter(user=people.head2).update(
        position="รองผู้อำนวยการ", unit="กลุ่มแผน", acting=True, order_number="9/2569"
    )
    second = procedure.propose(draft_news(office, people.officer), by=people.officer)
    procedure.allow(second, by=people.head2)
    # As long as somebody is appointed, nobody deletes the account by mistake.
    held_by(Appointment.objects.get(user=people.head2), people.head2)
    for head in (people.head, people.head2):
        Appointment.objects.filter(user=head).delete()
        head.delete()
    first, acting = Act.objects.filter(outcome="allowed").order_by("pk")
    assert (first.user, first.person, first.position, first.acting) == (
        None,
        "head",
        "position of head",
        False,
    )
    assert (acting.user, acting.person, acting.position, acting.unit) == (
        None,
        "head2",
        "รองผู้อำนวยการ",
        "กลุ่มแผน",
    )
    assert (acting.acting, acting.order_number) == (True, "9/2569")
    assert acting.ledger_entry.data["account"] == "head2"
    assert list(faults(office)) == []


def test_P4_records_can_be_edited(public, stock, people):
    """What is changed past Python is found and named."""
    plain, state = stock.submitted(people.superuser)
    stock.approve(state, people.superuser)
    entries = PageLogEntry.objects.filter(
        action="wagtail.workflow.approve", page=plain.pk
    )
    assert entries.update(user=people.officer) == entries.count() == 1
    entries.delete()
    steps = TaskState.objects.filter(workflow_state=state)
    assert steps.update(finished_by=people.officer, comment="other") == 1

    assert list(faults(public.published_request.site)) == []
    Act.objects.filter(outcome="allowed").update(person="คนอื่น")
    (fault,) = faults(public.published_request.site)
    changed = Act.objects.get(outcome="allowed").ledger_entry
    assert fault.sequence == changed.sequence


def test_P5_reviewers_get_no_mail(proposed, stock, people, mailoutbox, settings):
    """Wagtail tells nobody of steps that are not its own."""
    group = Group.objects.create(name="approvers")
    people.head2.groups.add(group)
    stock.workflow.tasks.get().specific.groups.add(group)
    stock.submitted(people.officer)
    assert "head2@example.com" in {mail.to[0] for mail in mailoutbox}
    mailoutbox.clear()
    task = Task.objects.create(name="a step of its own kind")
    stock.workflow.workflow_tasks.update(task=task)
    stock.submitted(people.officer, slug="other")
    assert mailoutbox == []

    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    told = OutboxMail.objects.values_list("user__username", flat=True)
    assert set(told) == {"head", "head2"}
    # Wagtail's own mails of the same act, without reasons, are not sent beside ours.
    procedure.propose(draft_news(proposed.site, people.officer), by=people.officer)
    approve(proposed, people)
    assert mailoutbox == []  # ours leave after the commit
    assert OutboxMail.objects.filter(user=people.officer).exists()


def test_P6_the_one_who_proposed_is_told_to_decide(
    office, people, stock, settings, mailoutbox
):
    """Nobody is told of what he did himself."""
    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    stock.submitted(people.superuser)
    assert "superuser@example.com" in {mail.to[0] for mail in mailoutbox}

    Appointment.objects.create(
        site=office, user=people.head, role=Role.OFFICER, position="x"
    )
    procedure.propose(draft_news(office, people.head), by=people.head)
    assert not OutboxMail.objects.filter(user=people.head).exists()
    assert OutboxMail.objects.filter(user=people.head2).exists()


def test_P7_the_inbox_breaks_with_several_steps(office, people, stock, monkeypatch):
    """One person may hold two roles; nothing is listed twice."""
    Stock(stock.draft(people.officer, slug="section"))
    only_once = stock.workflow.tasks.get()

    def moderated(task, user, **kwargs):
        rows = TaskState.objects.filter(task=task)
        return rows.distinct() if task.pk == only_once.pk else rows

    with monkeypatch.context() as patched, pytest.raises(TypeError):
        patched.setattr(
            GroupApprovalTask, "get_task_states_user_can_moderate", moderated
        )
        list(TaskState.objects.reviewable_by(people.superuser))

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


def test_P8_the_wrong_person_published_it(office, people, stock):
    """Who checked it and who showed it on its day are two acts."""
    plain = stock.draft(people.superuser)
    plain.get_latest_revision().publish(user=people.superuser)
    stock.scheduled(plain, hours(1), title="by another")
    stock.due(plain)
    call_command("publish_scheduled", verbosity=0)
    assert stock.fresh(plain).title == "by another"
    report = login(people.superuser).get(reverse("wagtailadmin_reports:aging_pages"))
    (row,) = [row for row in report.context["object_list"] if row.pk == plain.pk]
    assert row.last_published_by_user == "superuser"

    page = draft_news(office, people.officer, publish_from=days(1))
    request = approve(procedure.propose(page, by=people.officer), people)
    with later(1):
        keep_periods()
    who = {act.outcome: act.user.username for act in request.acts}
    assert who["approved_for_day"] == "webmaster"
    assert who["went_live"] == "govpub-robot"


def test_P9_attachments_are_public_from_upload(office, people, client, monkeypatch):
    """A file is handed out with its page, and a proposal's own record shows nothing."""
    loose = get_document_model().objects.create(
        title="loose", file=ContentFile(b"text", name="loose.txt")
    )
    assert client.get(loose.url).status_code == 404
    with monkeypatch.context() as patched:
        patched.setattr(hooks, "get_hooks", lambda name: [])
        assert client.get(loose.url).status_code == 200

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


def test_P10_the_hook_before_publishing_is_not_called(page, public, people, stock):
    """It is called by two screens only; the guard stands below all of them."""
    asked = []
    with hooks.register_temporarily(
        "before_publish_page", lambda request, page: asked.append(page)
    ):
        plain = stock.live(people.superuser)
    assert (plain.live, asked) == (True, [])

    with pytest.raises(NotApproved):
        page.get_latest_revision().publish(skip_permission_checks=True)
    with pytest.raises(PermissionDenied):
        UnpublishPageAction(public, user=people.superuser).execute(
            skip_permission_checks=True
        )
    assert (fresh(page).live, fresh(public).live) == (False, True)


def test_P11_thai_addresses(office, people, client, stock):
    """They work, and stay so."""
    plain = stock.live(people.superuser, slug="กขค")
    assert stock.get(client, plain).status_code == 200
    with pytest.raises(ValidationError):  # but not with vowels above the line
        stock.draft(people.superuser, slug="ประกาศ-รับสมัครงาน")

    for slug in ("ประกาศ-รับสมัครงาน", "กขค", ""):
        page = published_news(office, people, slug=slug)
        assert re.fullmatch(r"25\d\d-\d{4}", page.slug), page.slug
        assert client.get(page.url).status_code == 200
        assert page.url.isascii()
