"""Wagtail's traps A to C, by their numbers: ways around an approval, and what is bound.

Where it is short to show, the same is done to a page of plain Wagtail first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.models import (
    GroupPagePermission,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.test.utils.form_data import querydict_from_html

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotApproved,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.models import (
    Act,
    HeadApprovalTask,
    PublicationRequest,
    WebmasterCheckTask,
)
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
def stock(bare_site):
    return Stock(bare_site.root_page)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def login(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def post_editor(user, page, **more):
    """Send the page's editor back as it is, with these fields changed or added."""
    client = login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(address).content.decode()
    form = (
        querydict_from_html(html, form_id="page-edit-form").dict()
        if "page-edit-form" in html
        else {}
    )
    # The script of the editor counts the blocks of the free text.
    return client.post(
        address, {**form, "body-count": "0", "gallery-count": "0", **more}
    )


def bulk(user, action, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return login(user).post(f"{address}?id={page.pk}", {})


def decide_in_inbox(user, page, state, action, **posted):
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, action, state.current_task_state_id],
    )
    return login(user).post(address, {"comment": "", **posted})


def review_state(page):
    return WorkflowState.objects.active().for_instance(page).get()


# --- A. Ways content becomes public without approval ---------------------------


def test_A1_publish_permission_publishes_past_the_review(page, people, stock, office):
    """Whoever may publish does so directly, and the review is silently cancelled."""
    plain, state = stock.submitted(people.superuser)
    post_editor(people.superuser, plain, **{"action-publish": "1"})
    assert stock.fresh(plain).live
    state.refresh_from_db()
    assert state.status == "cancelled"

    group = Group.objects.create(name="publishers")
    people.webmaster.groups.add(group)
    GroupPagePermission.objects.create(
        group=group,
        page=office.root_page,
        permission=Permission.objects.get(codename="publish_page"),
    )
    procedure.propose(page, by=people.officer)
    for user in (people.webmaster, people.superuser):
        post_editor(user, page, **{"action-publish": "1"})
    assert not fresh(page).live
    assert PublicationRequest.objects.get().status == "proposed"


def test_A2_the_last_approver_would_need_the_right_to_publish(page, people, stock):
    """Approving fails without publish permission, so everybody gives it away."""
    _plain, state = stock.submitted(people.officer)
    with pytest.raises(PublishPagePermissionError):
        state.current_task_state.approve(user=people.officer)

    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert fresh(page).is_public
    codes = Permission.objects.filter(
        grouppagepermission__group__user=people.webmaster
    ).values_list("codename", flat=True)
    assert "publish_page" not in codes


def test_A3_the_finish_action_is_imported_while_the_models_are_made():
    """Its module may import no models at the top; Wagtail's are not there yet."""
    root = Path(__file__).resolve().parents[2]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DJANGO_SETTINGS_MODULE"
    }

    def works(module):
        return not subprocess.run(
            [sys.executable, "-c", f"import {module}"],
            cwd=root,
            env=environment,
            capture_output=True,
            check=False,
        ).returncode

    assert not works("wagtail.models")
    assert works("govpub.publishing.workflows")


def test_A4_bulk_publish(page, people, stock):
    """Publishing several pages at once knows neither review nor lock."""
    plain, _state = stock.submitted(people.superuser)
    bulk(people.superuser, "publish", plain)
    assert stock.fresh(plain).live

    procedure.propose(page, by=people.officer)
    bulk(people.superuser, "publish", page)
    assert not fresh(page).live


def test_A5_the_actions_behind_the_api(page, people, stock, settings):
    """API v3 publishes by Wagtail's actions, without a word about the review."""
    plain = stock.draft(people.superuser)
    revision = plain.get_latest_revision()
    PublishPageRevisionAction(revision, user=people.superuser).execute()
    assert stock.fresh(plain).live

    procedure.propose(page, by=people.officer)
    action = PublishPageRevisionAction(
        page.get_latest_revision(), user=people.superuser
    )
    with pytest.raises(PublishPagePermissionError):
        action.execute()
    with pytest.raises(NotApproved):
        action.execute(skip_permission_checks=True)
    assert not fresh(page).live
    assert not [app for app in settings.INSTALLED_APPS if "wagtail.api" in app]


def test_A6_reverting_during_the_review(page, people):
    """Going back to an old version ignores the lock; it must not be decided on."""
    first = page.get_latest_revision()
    page.summary = "ฉบับที่เสนอ"
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    first.as_object().save_revision(user=people.officer2)
    for act in (procedure.allow, procedure.refuse):
        with pytest.raises(ContentChanged):
            act(request, by=people.head, words="เหตุผล")
    assert not fresh(page).live


def test_A7_switching_a_step_off_publishes_what_waits(page, people, stock):
    """A deactivated task lets everything through that waited on it."""
    plain, _state = stock.submitted(people.superuser)
    task = stock.workflow.tasks.get().specific
    login(people.superuser).post(
        reverse("wagtailadmin_workflows:disable_task", args=[task.pk])
    )
    assert stock.fresh(plain).live

    procedure.propose(page, by=people.officer)
    task = HeadApprovalTask.objects.get(site=page.get_site())
    login(people.superuser).post(
        reverse("wagtailadmin_workflows:disable_task", args=[task.pk])
    )
    task.refresh_from_db()
    assert task.active
    assert not fresh(page).live
    assert PublicationRequest.objects.get().status == "proposed"


def test_A8_a_workflow_without_steps(page, people, stock):
    """An empty workflow publishes at once; one step less makes the first final."""
    stock.workflow.workflow_tasks.all().delete()
    plain, _state = stock.submitted(people.superuser)
    assert stock.fresh(plain).live

    procedure.propose(page, by=people.officer)
    workflow = page.get_workflow()
    check = WebmasterCheckTask.objects.get(site=page.get_site())
    workflow.workflow_tasks.filter(task=check).delete()
    request = PublicationRequest.objects.get()
    with pytest.raises((PermissionDenied, ProcedureError)):
        procedure.allow(request, by=people.head)
    assert not fresh(page).live
    other = draft_news(page.get_site(), people.officer)
    workflow.workflow_tasks.all().delete()
    with pytest.raises(PermissionDenied):
        workflow.start(other, people.officer)
    assert not fresh(other).live


def test_A9_a_copy_that_is_live(office, people, stock):
    """A copy of a public page is public with no review."""
    plain = stock.draft(people.superuser)
    plain.get_latest_revision().publish()
    assert stock.fresh(plain).copy(update_attrs={"slug": "copy"}, keep_live=True).live

    public = published_news(office, people)
    with pytest.raises(NotApproved):
        public.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert not public.copy(update_attrs={"slug": "copy"}, keep_live=False).live
    assert NewsPage.objects.live().count() == 1


def test_A10_an_alias_of_what_is_embargoed(office, people, stock):
    """Scheduling a page that was never live shows its alias at once."""
    plain = stock.draft(people.superuser)
    alias = plain.create_alias(update_slug="alias")
    plain.go_live_at = timezone.now() + timedelta(days=9)
    plain.save_revision().publish()
    assert not stock.fresh(plain).live
    assert stock.fresh(alias).live

    page = draft_news(office, people.officer)
    for target in (page, published_news(office, people)):
        with pytest.raises(NotApproved):
            target.create_alias(update_slug="alias")
    assert not Page.objects.filter(slug="alias", alias_of__isnull=False).exclude(
        pk=alias.pk
    )


def test_A11_moving_during_the_review(office, page, people):
    """A move lets the old section's review publish in the new section."""
    request = procedure.propose(page, by=people.officer)
    parent = page.get_parent()
    target = category(office, 1)
    bulk(people.superuser, "move", page)
    login(people.superuser).post(
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
    )
    with pytest.raises(NotApproved):
        fresh(page).move(target, pos="last-child")
    assert fresh(page).get_parent() == parent
    assert PublicationRequest.objects.get(pk=request.pk).section == parent.title


def test_A12_a_site_without_workflow(page, people, settings, stock):
    """Switched off, moderation is gone without a word; the guard does not need it."""
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish()
    post_editor(people.superuser, page, **{"action-publish": "1"})
    assert not fresh(page).live
    assert "govpub.E004" in {message.id for message in run_checks()}


def test_A13_saving_the_base_page_and_writing_sql(page, client):
    """The base Page is saved past the page class; SQL is past Python altogether."""
    base = Page.objects.get(pk=page.pk)
    base.live = True
    with pytest.raises(NotApproved):
        base.save()
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    assert client.get(page.url).status_code == 404
    with pytest.raises(SystemExit):
        call_command("govpub_doctor")
    call_command("govpub_doctor", fix=True)
    assert not fresh(page).live


def test_A14_a_superuser_passes_every_check(proposed, people, stock):
    """Being superuser is no appointment."""
    plain, state = stock.submitted(people.officer)
    state.current_task_state.approve(user=people.superuser)
    assert stock.fresh(plain).live

    task = HeadApprovalTask.objects.get(site=proposed.site)
    assert task.get_actions(proposed.page, people.superuser) == []
    with pytest.raises(NotYourTurn):
        procedure.allow(proposed, by=people.superuser)
    decide_in_inbox(
        people.superuser, proposed.page, review_state(proposed.page), "approve"
    )
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


# --- B. What was approved is not what is published ------------------------------


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


def test_B2_editing_and_approving_in_one_go(proposed, people):
    """The approver's own edit would be published under the submitted version's name."""
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


def test_B4_deciding_on_what_was_not_looked_at(proposed, people):
    """A stale screen decides nothing."""
    address = reverse("govpub_publishing:review", args=[proposed.pk])
    response = login(people.head).post(address, {"act": "allow", "seen": "0" * 64})
    assert response.status_code == 409
    assert proposed.acts.count() == 1


@pytest.fixture
def returned(proposed, people):
    procedure.allow(proposed, by=people.head)
    procedure.tell_back(proposed, by=people.webmaster, words="แก้ไข")
    return proposed


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
    with pytest.raises(PermissionDenied):
        ours.resume(user=people.superuser)


def test_B6_the_first_step_never_sees_the_correction(returned, people):
    """A correction is a new round from step 1, whoever rejected."""
    again = procedure.propose(fresh(returned.page), by=people.officer)
    task = review_state(again.page).current_task_state.task.specific
    assert isinstance(task, HeadApprovalTask)
    assert again.current_round.number == 2
    with pytest.raises(AlreadyDecided):
        procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)


def test_B7_the_period_is_part_of_what_was_approved(proposed, people):
    """Another period is other content."""
    procedure.allow(proposed, by=people.head)
    revision = Revision.objects.get(pk=proposed.current_round.revision_id)
    later = timezone.localdate() + timedelta(days=3000)
    revision.content["publish_until"] = later.isoformat()
    revision.save()
    with pytest.raises(ContentChanged):
        procedure.put_up(proposed, by=people.webmaster, checks=ALL_CHECKED)


# --- C. Bypass of rules inside the review ---------------------------------------


@pytest.mark.parametrize("words", [{}, {"comment": ""}, {"comment": 5}])
def test_C1_a_rejection_without_reasons(proposed, people, words):
    """The editor sends the modal's answers unchecked; reasons are asked for below."""
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
def test_C2_whatever_is_posted_reaches_the_step(proposed, people, data):
    """Unknown words freeze the review or break the server; ours takes no other."""
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


def test_C3_deciding_under_the_address_of_another_page(office, page, people):
    """The address names page and step; the rights are asked of one, it acts on both."""
    own = draft_news(office, people.officer)
    own.summary = "แก้โดยหัวหน้าเอง"
    own.save_revision(user=people.head)
    for draft in (page, own):
        procedure.propose(fresh(draft), by=people.officer)
    decide_in_inbox(people.head, page, review_state(own), "approve")
    statuses = set(PublicationRequest.objects.values_list("status", flat=True))
    assert statuses == {"proposed"}


def test_C4_a_personal_lock_is_not_asked(proposed, people):
    """During the review the content is locked for everybody, lock holder included."""
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


def test_C6_a_person_who_left_decides(proposed, people):
    """Wagtail does not ask whether the account is still active."""
    people.head.is_active = False
    people.head.save()
    with pytest.raises(NotYourTurn):
        procedure.allow(proposed, by=people.head)
    task = HeadApprovalTask.objects.get(site=proposed.site)
    assert task.get_actions(proposed.page, people.head) == []


def test_C7_an_old_address_after_the_decision(proposed, people):
    """Harmless in Wagtail, and so it stays."""
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
