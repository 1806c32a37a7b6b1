"""Wagtail's traps D: concurrency and transactions.

Two people at the very same instant: ``test_concurrency``, on PostgreSQL.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from wagtail.models import (
    TaskState,
    WorkflowState,
)
from wagtail.signals import page_published, task_approved

from govpub.publishing import notices, procedure
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotApproved,
    ProcedureError,
)
from govpub.publishing.guards import guard_workflow_state
from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Act,
    OutboxMail,
    PublicationRequest,
)
from govpub.publishing.signals import act_done
from govpub.upkeep.jobs import keep_periods
from tests.drafts import draft_news
from tests.publishing.screens import (
    approve,
    days,
    fresh,
    later,
    post_editor,
    review_state,
)

pytestmark = pytest.mark.django_db


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


def test_D2_approving_twice_overwrites_who_did(proposed, people, stock):
    """The second decision would take the first one's name away."""
    _plain, state = stock.submitted(people.superuser)
    first, second = (
        TaskState.objects.get(pk=state.current_task_state_id) for _ in range(2)
    )
    assert second.workflow_state.current_task_state.status == "in_progress"
    late = get_user_model().objects.create_superuser("late", "late@example.com", "x")
    first.approve(user=people.superuser)
    second.approve(user=late)
    first.refresh_from_db()
    assert first.finished_by == late

    procedure.allow(proposed, by=people.head)
    with pytest.raises(AlreadyDecided):
        procedure.allow(proposed, by=people.head2)
    assert Act.objects.get(outcome="allowed").person == "head"
    ours = TaskState.objects.filter(workflow_state__object_id=proposed.page_id)
    assert ours.get(status="approved").finished_by == people.head


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


def test_D4_proposing_twice_is_a_server_error(page, proposed, people, stock):
    """The second proposal is told so in words."""
    plain, state = stock.submitted(people.officer)
    second = WorkflowState(
        workflow=stock.workflow,
        content_type=state.content_type,
        base_content_type=state.base_content_type,
        object_id=state.object_id,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkflowState.objects.bulk_create([second])  # both asked before either wrote

    with pytest.raises(ProcedureError):
        procedure.propose(fresh(page), by=people.officer2)
    # The same in Wagtail's own way; and once more when whoever was first is done.
    with pytest.raises(ValidationError):
        page.get_workflow().start(fresh(page), people.officer2)
    ours = review_state(page)
    second.workflow, second.object_id = ours.workflow, ours.object_id
    second.content_type = ours.content_type
    with pytest.raises(PermissionDenied):
        guard_workflow_state(WorkflowState, second)
    answer = post_editor(people.officer2, page, **{"action-submit": "1"})
    assert answer.status_code in {200, 302, 403}
    assert PublicationRequest.objects.get().rounds.count() == 1
    ours = WorkflowState.objects.active().for_instance(page)
    assert ours.count() == 1
    # And last of all the database: one open request for a page.
    proposed.pk, proposed.number = None, 99
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationRequest.objects.bulk_create([proposed])


def test_D5_decisions_are_not_one_transaction(proposed, people, monkeypatch, stock):
    """Cut off in the middle, Wagtail is left between two states."""
    _plain, state = stock.submitted(people.superuser)
    state.current_task_state.reject(user=people.superuser)
    state = WorkflowState.objects.get(pk=state.pk)
    with monkeypatch.context() as patched, pytest.raises(KeyError):
        patched.setattr(WorkflowState, "update", lambda *args, **kwargs: {}["cut off"])
        state.resume(user=people.superuser)
    state = WorkflowState.objects.get(pk=state.pk)
    assert (state.status, state.current_task_state) == ("in_progress", None)

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
    proposed, people, monkeypatch, django_capture_on_commit_callbacks, mailoutbox, stock
):
    """Mails leave inside the transaction, and a broken template is swallowed."""
    group = Group.objects.create(name="approvers")
    people.head2.groups.add(group)
    stock.workflow.tasks.get().specific.groups.add(group)
    plain = stock.draft(people.officer)
    with pytest.raises(RuntimeError), transaction.atomic():
        stock.workflow.start(plain, people.officer)
        raise RuntimeError
    assert len(mailoutbox) > 0
    reviews = WorkflowState.objects.filter(workflow=stock.workflow)
    assert not reviews.exists()
    mailoutbox.clear()
    with monkeypatch.context() as patched:
        patched.setattr("wagtail.admin.mail.render_to_string", lambda *args: 1 / 0)
        stock.workflow.start(plain, people.officer)
    assert (reviews.count(), len(mailoutbox)) == (1, 0)

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

    monkeypatch.setattr(notices, "_letter", broken)
    with pytest.raises(ValueError, match="template"):
        procedure.allow(proposed, by=people.head)
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_D7_a_listener_that_fails_undoes_the_decision(
    proposed, people, django_capture_on_commit_callbacks, stock
):
    """Ours listen after the commit and undo nothing."""

    def raises(**kwargs):
        raise RuntimeError("chat is down")

    _plain, state = stock.submitted(people.superuser)
    task_approved.connect(raises)
    try:
        with pytest.raises(RuntimeError):
            stock.approve(state, people.superuser)
    finally:
        task_approved.disconnect(raises)
    assert WorkflowState.objects.get(pk=state.pk).is_active

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


def test_D9_an_old_object_decides_on_the_old_version(page, proposed, people, stock):
    """What the service holds in memory is asked for again under the lock."""
    plain, state = stock.submitted(people.superuser)
    held_state = TaskState.objects.get(pk=state.current_task_state_id)
    assert held_state.workflow_state.content_object.title == "stock"
    plain.title = "newer"
    plain.save_revision(user=people.superuser)
    held_state.approve(user=people.superuser)
    assert stock.fresh(plain).title == "stock"

    held = proposed.page.specific
    held.get_latest_revision_as_object()
    draft = fresh(page)
    draft.save_revision(user=people.officer)
    with pytest.raises(ContentChanged):
        procedure.allow(proposed, by=people.head)
