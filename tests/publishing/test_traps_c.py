"""Wagtail's traps C: bypass of rules inside the review.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

import json

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from wagtail.models import (
    GroupApprovalTask,
    Page,
    TaskState,
    WorkflowState,
)

from govpub.publishing import procedure
from govpub.publishing.exceptions import (
    AlreadyDecided,
    NotYourTurn,
    ReasonsMissing,
)
from govpub.publishing.models import (
    Act,
    HeadApprovalTask,
    PublicationRequest,
    WebmasterCheckTask,
)
from tests.drafts import draft_news
from tests.publishing.screens import (
    decide_in_editor,
    decide_in_inbox,
    fresh,
    post_editor,
    review_state,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", [{}, {"comment": ""}, {"comment": 5}])
def test_C1_a_rejection_without_reasons(proposed, people, words, stock, monkeypatch):
    """The editor sends the modal's answers unchecked; reasons are asked for below."""

    class WithReasons(forms.Form):
        comment = forms.CharField(required=True)

    monkeypatch.setattr(
        GroupApprovalTask, "get_form_for_action", lambda *args: WithReasons
    )
    plain, plain_state = stock.submitted(people.superuser)
    decide_in_editor(people.superuser, plain, "reject", "{}")
    rejected = TaskState.objects.get(workflow_state=plain_state)
    assert (rejected.status, rejected.comment) == ("rejected", "")
    monkeypatch.undo()

    state = review_state(proposed.page).current_task_state.specific
    task = state.task.specific
    with pytest.raises(Exception, match="reason|เหตุผล"):
        task.on_action(state, people.head, "reject", **words)
    with pytest.raises(ReasonsMissing):
        procedure.refuse(proposed, by=people.head, words=" \u200b")
    assert proposed.acts.count() == 1


@pytest.mark.parametrize(
    "data", ['{"update": false}', '{"x": 1}', "[]", "not json", '{"comment": null}']
)
def test_C2_whatever_is_posted_reaches_the_step(proposed, people, data, stock):
    """Unknown words freeze the review or break the server; ours takes no other."""
    if data != '{"comment": null}':
        plain, plain_state = stock.submitted(people.superuser)
        answer = decide_in_editor(people.superuser, plain, "approve", data)
        frozen = WorkflowState.objects.get(pk=plain_state.pk)
        frozen = frozen.is_active and frozen.current_task_state.status == "approved"
        assert frozen or answer.status_code == 500

    response = post_editor(
        people.head,
        proposed.page,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": data,
        },
    )
    assert response.status_code < 500
    state = review_state(proposed.page).current_task_state.specific
    posted = json.loads(data) if data.startswith("{") else {}
    if proposed.acts.count() == 1:
        state.task.specific.on_action(state, people.head, "approve", **posted)
    proposed.refresh_from_db()
    assert proposed.status == "allowed"
    task = review_state(proposed.page).current_task_state.task.specific
    assert isinstance(task, WebmasterCheckTask)


def test_C3_deciding_under_the_address_of_another_page(
    office, page, people, stock, monkeypatch
):
    """The address names page and step; the rights are asked of one, it acts on both."""
    stock_actions = GroupApprovalTask.get_actions

    def not_my_own(task, obj, user):
        return [] if obj.owner == user else stock_actions(task, obj, user)

    monkeypatch.setattr(GroupApprovalTask, "get_actions", not_my_own)
    mine, state = stock.submitted(people.superuser)
    other, _state = stock.submitted(people.officer, slug="other")
    decide_in_inbox(people.superuser, mine, state, "approve")
    assert not stock.fresh(mine).live
    decide_in_inbox(people.superuser, other, state, "approve")
    assert stock.fresh(mine).live

    own = draft_news(office, people.officer)
    own.summary = "แก้โดยหัวหน้าเอง"
    own.save_revision(user=people.head)
    for draft in (page, own):
        procedure.propose(fresh(draft), by=people.officer)
    decide_in_inbox(people.head, page, review_state(own), "approve")
    statuses = set(PublicationRequest.objects.values_list("status", flat=True))
    assert statuses == {"proposed"}


def test_C4_a_personal_lock_is_not_asked(proposed, people, stock):
    """During the review the content is locked for everybody, lock holder included."""
    plain, state = stock.submitted(people.officer)
    Page.objects.filter(pk=plain.pk).update(
        locked=True, locked_by=people.officer, locked_at=timezone.now()
    )
    decide_in_inbox(people.superuser, plain, state, "approve")
    assert stock.fresh(plain).live

    page = fresh(proposed.page)
    Page.objects.filter(pk=page.pk).update(
        locked=True, locked_by=people.webmaster, locked_at=timezone.now()
    )
    post_editor(people.webmaster, page, summary="แก้โดยผู้ล็อก")
    assert fresh(page).latest_revision_id == proposed.current_round.revision_id
    procedure.allow(proposed, by=people.head)
    assert proposed.acts.count() == 2


def test_C5_whoever_asked_may_cancel_without_a_word(proposed, people, stock):
    """Cancelling leaves no reason; ours is withdrawn, with one, before the decision."""
    _plain, state = stock.submitted(people.officer)
    state.cancel(user=people.officer)
    assert state.status == "cancelled"

    with pytest.raises(PermissionDenied):
        review_state(proposed.page).cancel(user=people.officer)
    with pytest.raises(ReasonsMissing):
        procedure.withdraw(proposed, by=people.officer, words=" ")
    procedure.allow(proposed, by=people.head)
    with pytest.raises(AlreadyDecided):
        procedure.withdraw(proposed, by=people.officer, words="ผิดหมวด")


def test_C6_a_person_who_left_decides(proposed, people, stock):
    """Wagtail does not ask whether the account is still active."""
    group = Group.objects.create(name="approvers")
    people.head2.groups.add(group)
    task = GroupApprovalTask.objects.create(name="approvers")
    task.groups.add(group)
    people.head2.is_active = False
    people.head2.save()
    assert task.get_actions(stock.draft(people.officer), people.head2) != []

    people.head.is_active = False
    people.head.save()
    with pytest.raises(NotYourTurn):
        procedure.allow(proposed, by=people.head)
    task = HeadApprovalTask.objects.get(site=proposed.site)
    assert task.get_actions(proposed.page, people.head) == []


def test_C7_an_old_address_after_the_decision(proposed, people, stock):
    """Harmless in Wagtail, and so it stays."""
    plain, old = stock.submitted(people.superuser)
    TaskState.objects.get(pk=old.current_task_state_id).reject(user=people.superuser)
    assert decide_in_inbox(people.superuser, plain, old, "approve").status_code == 302
    assert not stock.fresh(plain).live

    state = review_state(proposed.page)
    procedure.allow(proposed, by=people.head)
    response = decide_in_inbox(
        people.head2, proposed.page, state, "reject", comment="ช้าไป"
    )
    assert response.status_code == 302
    assert list(Act.objects.values_list("outcome", flat=True)) == [
        "proposed",
        "allowed",
    ]
