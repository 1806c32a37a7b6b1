"""Wagtail's traps B: what was approved is not what is published.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import (
    Revision,
    TaskState,
    WorkflowState,
)

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotApproved,
)
from govpub.publishing.models import (
    HeadApprovalTask,
    WebmasterCheckTask,
)
from tests.publishing.screens import (
    decide_in_editor,
    decide_in_inbox,
    fresh,
    hours,
    login,
    post_editor,
    review_state,
)
from tests.publishing.stock import Stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(proposed, people):
    procedure.allow(proposed, by=people.head)
    procedure.tell_back(proposed, by=people.webmaster, words="แก้ไข")
    return proposed


def test_B1_the_newest_version_is_published_not_the_approved_one(page, people, stock):
    """Finishing publishes the latest revision, whatever was looked at."""
    plain, state = stock.submitted(people.superuser)
    plain.title = "not seen"
    plain.save_revision(user=people.superuser)
    TaskState.objects.get(pk=state.current_task_state_id).approve(user=people.superuser)
    assert stock.fresh(plain).title == "not seen"

    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    newer = fresh(page)
    newer.summary = "ไม่มีใครเห็น"
    newer.save_revision(user=people.officer)
    with pytest.raises(ContentChanged):
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert not fresh(page).live


def test_B2_editing_and_approving_in_one_go(proposed, people, stock):
    """The approver's own edit would be published under the submitted version's name."""
    plain, state = stock.submitted(people.superuser)
    submitted = state.current_task_state.revision_id
    decide_in_editor(people.superuser, plain, "approve", "{}", title="rewritten")
    assert (stock.fresh(plain).live, stock.fresh(plain).title) == (True, "rewritten")
    assert TaskState.objects.get(workflow_state=state).revision_id == submitted

    revision = proposed.current_round.revision
    post_editor(
        people.head,
        proposed.page,
        **{
            "summary": "แก้โดยผู้อนุมัติ",
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"comment": ""}',
        },
    )
    page = fresh(proposed.page)
    assert page.latest_revision_id == revision.pk
    assert page.get_latest_revision().content["summary"] != "แก้โดยผู้อนุมัติ"
    assert page.get_lock().for_user(people.head)


def test_B3_autosave_overwrites_in_place(proposed, people, stock):
    """The revision keeps its number and says something else."""
    plain, state = stock.submitted(people.superuser)
    plain.title = "overwritten"
    plain.save_revision(
        user=people.superuser, overwrite_revision=plain.get_latest_revision()
    )
    TaskState.objects.get(pk=state.current_task_state_id).approve(user=people.superuser)
    assert stock.fresh(plain).title == "overwritten"

    draft = fresh(proposed.page)
    draft.summary = "เขียนทับ"
    draft.save_revision(
        user=people.officer, overwrite_revision=draft.get_latest_revision()
    )
    with pytest.raises(ContentChanged):
        procedure.allow(proposed, by=people.head)
    assert proposed.acts.count() == 1


def test_B4_deciding_on_what_was_not_looked_at(proposed, people, stock):
    """A stale screen decides nothing."""
    plain, state = stock.submitted(people.officer)
    plain.title = "changed since"
    plain.save_revision(user=people.officer)
    decide_in_inbox(people.superuser, plain, state, "approve")
    assert stock.fresh(plain).title == "changed since"

    address = reverse("govpub_publishing:review", args=[proposed.pk])
    response = login(people.head).post(address, {"act": "allow", "seen": "0" * 64})
    assert response.status_code == 409
    assert proposed.acts.count() == 1


def test_B5_resuming_goes_back_and_forth(returned, people, bare_site):
    """Wagtail goes on at the step that rejected; ours cannot be resumed."""
    stock = Stock(bare_site.root_page, steps=2)
    _plain, state = stock.submitted(people.superuser)
    state.current_task_state.approve(user=people.superuser)
    state = WorkflowState.objects.get(pk=state.pk)
    state.current_task_state.reject(user=people.superuser)
    state = WorkflowState.objects.get(pk=state.pk)
    state.resume(user=people.superuser)
    assert state.current_task_state.task.name == "stock 1"

    ours = WorkflowState.objects.for_instance(returned.page).latest("pk")
    assert ours.status == WorkflowState.STATUS_CANCELLED
    # Even one that says that it waits for a correction: the dossier knows better.
    WorkflowState.objects.filter(pk=ours.pk).update(
        status=WorkflowState.STATUS_NEEDS_CHANGES
    )
    for user in (people.officer, people.superuser):
        stored = WorkflowState.objects.get(pk=ours.pk)
        with pytest.raises(PermissionDenied, match="พิจารณา"):
            stored.resume(user=user)
        assert WorkflowState.objects.get(pk=ours.pk).status == "needs_changes"
        check = WebmasterCheckTask.objects.get(site=returned.site)
        with pytest.raises(NotApproved):
            check.start(stored, user=user)
    assert returned.rounds.count() == 1
    returned.refresh_from_db()
    assert returned.status == "returned"


def test_B6_the_first_step_never_sees_the_correction(returned, people, bare_site):
    """A correction is a new round from step 1, whoever rejected."""
    stock = Stock(bare_site.root_page, steps=2)
    plain, state = stock.submitted(people.superuser)
    stock.approve(state, people.superuser)
    second = WorkflowState.objects.get(pk=state.pk)
    second.current_task_state.reject(user=people.superuser)
    plain.title = "corrected"
    plain.save_revision(user=people.superuser)
    WorkflowState.objects.get(pk=state.pk).resume(user=people.superuser)
    stock.approve(state, people.superuser)
    assert stock.fresh(plain).title == "corrected"
    seen = TaskState.objects.filter(task__name="stock 0").values_list(
        "revision", flat=True
    )
    assert stock.fresh(plain).live_revision_id not in seen

    again = procedure.propose(fresh(returned.page), by=people.officer)
    task = review_state(again.page).current_task_state.task.specific
    assert isinstance(task, HeadApprovalTask)
    assert again.current_round.number == 2
    with pytest.raises(AlreadyDecided):
        procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)


def test_B7_the_period_is_part_of_what_was_approved(proposed, people, stock):
    """Another period is other content."""
    plain = stock.scheduled(stock.draft(people.superuser), hours(9))
    revision = plain.scheduled_revision
    revision.approved_go_live_at = hours(-1)
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert not stock.fresh(plain).live  # the content still said: in nine hours

    procedure.allow(proposed, by=people.head)
    revision = Revision.objects.get(pk=proposed.current_round.revision_id)
    later = timezone.localdate() + timedelta(days=3000)
    revision.content["publish_until"] = later.isoformat()
    revision.save()
    with pytest.raises(ContentChanged):
        procedure.put_up(proposed, by=people.webmaster, checks=ALL_CHECKED)
