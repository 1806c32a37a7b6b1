"""Wagtail's traps A: ways content becomes public without approval.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import (
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
)

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import (
    ContentChanged,
    NotApproved,
    NotYourTurn,
    ProcedureError,
)
from govpub.publishing.models import (
    HeadApprovalTask,
    PublicationRequest,
    WebmasterCheckTask,
)
from govpub.publishing.models.mixins import PublicationTester
from tests.drafts import category, draft_news, published_news
from tests.publishing.screens import (
    bulk,
    decide_in_inbox,
    fresh,
    hours,
    login,
    post_editor,
    review_state,
)

pytestmark = pytest.mark.django_db


def test_A1_publish_permission_publishes_past_the_review(
    page, people, stock, office, monkeypatch
):
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
    for user in (people.webmaster, people.superuser):
        assert not page.permissions_for_user(user).can_publish()
        parent = page.get_parent().specific
        assert not parent.permissions_for_user(user).can_publish_subpage()
        answer = post_editor(user, page, summary="ร่าง", **{"action-publish": "1"})
        assert answer.status_code == 302  # it was saved, as a draft
        assert not fresh(page).live
    procedure.propose(fresh(page), by=people.officer)
    for user in (people.webmaster, people.superuser):
        post_editor(user, page, **{"action-publish": "1"})
    # Whoever had the right all the same would be stopped by the guard.
    monkeypatch.setattr(PublicationTester, "can_publish", lambda tester: True)
    other = draft_news(office, people.officer)
    for target in (fresh(page), other):
        revision = target.get_latest_revision()
        with pytest.raises(NotApproved):
            PublishPageRevisionAction(revision, user=people.superuser).execute()
        assert not fresh(target).live
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


def test_A6_reverting_during_the_review(page, people, stock):
    """Going back to an old version ignores the lock; it must not be decided on."""
    plain = stock.scheduled(stock.draft(people.superuser), hours(9), title="newer")
    assert plain.get_lock().for_user(people.superuser)
    old = plain.revisions.order_by("pk").first()
    RevertToPageRevisionAction(plain, old, user=people.superuser).execute()
    assert stock.fresh(plain).get_latest_revision().content["title"] == "stock"

    first = page.get_latest_revision()
    page.summary = "ฉบับที่เสนอ"
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    step = HeadApprovalTask.objects.get(site=request.site).name
    for user in (people.officer, people.superuser):
        with pytest.raises(PermissionDenied, match=re.escape(step)):
            RevertToPageRevisionAction(fresh(page), first, user=user).execute()
    assert fresh(page).latest_revision_id == request.current_round.revision_id
    first.as_object().save_revision(user=people.officer2)  # past all of it
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
    with pytest.raises(PermissionDenied):
        task.deactivate(user=people.superuser)
    # Also where no step would be cancelled with it: nobody could decide any more.
    task.active = False
    with pytest.raises(PermissionDenied):
        task.save()
    state = review_state(page)
    with pytest.raises(PermissionDenied):
        state.current_task_state.specific.cancel(user=people.superuser)
    assert HeadApprovalTask.objects.get(pk=task.pk).active
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


def test_A11_moving_during_the_review(office, page, people, stock):
    """A move lets the old section's review publish in the new section."""
    plain, state = stock.submitted(people.superuser)
    strict = stock.section.add_child(instance=Page(title="strict", slug="strict"))
    workflow = Workflow.objects.create(name="strict")
    WorkflowPage.objects.create(page=strict, workflow=workflow)
    stock.fresh(plain).move(strict, pos="last-child")
    assert stock.fresh(plain).get_workflow() == workflow
    stock.approve(state, people.superuser)
    assert stock.fresh(plain).live

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
    plain = stock.draft(people.superuser)
    assert plain.get_workflow() == stock.workflow
    settings.WAGTAIL_WORKFLOW_ENABLED = False
    assert plain.get_workflow() is None
    assert run_checks(tags=["wagtail"]) == []

    settings.WAGTAIL_WORKFLOW_ENABLED = False
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish()
    post_editor(people.superuser, page, **{"action-publish": "1"})
    assert not fresh(page).live
    assert "govpub.E004" in {message.id for message in run_checks()}


def test_A13_saving_the_base_page_and_writing_sql(page, client, stock, people):
    """The base Page is saved past the page class; SQL is past Python altogether."""
    plain = stock.draft(people.superuser)
    plain.live = True
    plain.save()
    assert stock.get(client, plain).status_code == 200

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
