"""Nothing becomes public, changes or disappears without the act that allows it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import Page, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import NotApproved, ProcedureError
from govpub.publishing.models import HeadApprovalTask, PublicationRequest
from tests.drafts import draft_news, published_news
from tests.publishing.screens import post_workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, people):
    return draft_news(office, people.officer)


@pytest.fixture
def public(office, people):
    return published_news(office, people)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def login(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def editor_form(client, url):
    """What the page editor would send back unchanged; empty where it is closed."""
    response = client.get(url)
    if response.status_code != 200:
        return {}
    form = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    return {**form.dict(), "body-count": "0", "gallery-count": "0"}


def test_shell_publish(page):
    with pytest.raises(NotApproved):
        page.get_latest_revision().publish()
    assert not fresh(page).live


def test_shell_save(page):
    page.live = True
    with pytest.raises(NotApproved):
        page.save()
    base = Page.objects.get(pk=page.pk)
    base.live = True
    with pytest.raises(NotApproved):
        base.save()
    assert not fresh(page).live


def test_creating_it_live(office, people):
    with pytest.raises(NotApproved):
        draft_news(office, people.officer, live=True)
    assert not NewsPage.objects.exists()


def test_changing_public_content_in_place(public):
    public.summary = "แก้ตรง ๆ"
    with pytest.raises(NotApproved):
        public.save()
    base = Page.objects.get(pk=public.pk)
    base.title = "หัวข้ออื่น"
    with pytest.raises(NotApproved):
        base.save()
    assert fresh(public).title == "ประกาศรับสมัครงาน"


def test_saving_public_content_unchanged_is_fine(public):
    public.save()
    Page.objects.get(pk=public.pk).save()
    assert fresh(public).is_public


def test_hiding_public_content(public):
    public.live = False
    with pytest.raises(NotApproved):
        public.save()
    with pytest.raises(NotApproved):
        fresh(public).unpublish()
    assert fresh(public).is_public


def test_deleting_a_record(public, people):
    with pytest.raises(ProtectedError):
        fresh(public).delete()
    client = login(people.superuser)
    response = client.post(reverse("wagtailadmin_pages:delete", args=[public.pk]))
    assert response.status_code in (302, 403)
    assert fresh(public).is_public


def test_purging_revisions_keeps_the_records(public):
    rounds = list(public.published_request.rounds.values_list("revision", flat=True))
    for _ in range(3):
        public.save_revision()
    call_command("purge_revisions", verbosity=0)
    assert (
        list(public.published_request.rounds.values_list("revision", flat=True))
        == rounds
    )
    assert fresh(public).live_revision_id == rounds[0]


def test_alias_and_live_copy(public, people):
    with pytest.raises(NotApproved):
        public.create_alias(update_slug="alias")
    with pytest.raises(NotApproved):
        public.copy(update_attrs={"slug": "copy"}, keep_live=True)
    copy = public.copy(update_attrs={"slug": "draft-copy"}, keep_live=False)
    assert not copy.live
    assert NewsPage.objects.live().count() == 1


def test_deactivating_a_step_publishes_nothing(office, page, people):
    procedure.propose(page, by=people.officer)
    task = HeadApprovalTask.objects.get(site=office)
    with pytest.raises(PermissionDenied):
        task.deactivate(user=people.superuser)
    assert HeadApprovalTask.objects.get(site=office).active
    assert not fresh(page).live


def test_finishing_the_workflow_by_hand(page, people):
    procedure.propose(page, by=people.officer)
    state = WorkflowState.objects.active().get()
    for act in (
        lambda: state.finish(user=people.superuser),
        lambda: state.cancel(user=people.officer),
        lambda: state.current_task_state.approve(user=people.superuser),
        lambda: state.current_task_state.reject(user=people.superuser),
        lambda: state.current_task_state.cancel(user=people.superuser),
    ):
        with pytest.raises(PermissionDenied):
            act()
    request = PublicationRequest.objects.get()
    assert request.status == "proposed"
    assert not fresh(page).live


@pytest.mark.parametrize("left_out", [0, 1])
def test_editing_the_workflow_during_a_review(page, people, left_out):
    """The dossier keeps its own steps: without the head's decision nothing goes on."""
    request = procedure.propose(page, by=people.officer)
    workflow = page.get_workflow()
    answer = post_workflow(login(people.superuser), workflow, left_out=left_out)
    assert answer.status_code == 302
    assert workflow.workflow_tasks.count() == 2 - left_out
    state = WorkflowState.objects.active().for_instance(page).get()
    step = HeadApprovalTask.objects.get(site=request.site)
    address = reverse("wagtailadmin_workflows:edit_task", args=[step.pk])
    login(people.superuser).post(address, {"name": "ชื่ออื่น", "site": 999})
    assert HeadApprovalTask.objects.get(pk=step.pk).site == request.site
    state.update(user=people.superuser)
    with pytest.raises(ProcedureError):
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert not fresh(page).live
    request.refresh_from_db()
    assert request.status == "proposed"


def test_workflow_without_steps_publishes_nothing(page, people):
    workflow = page.get_workflow()
    workflow.workflow_tasks.all().delete()
    with pytest.raises(PermissionDenied):
        workflow.start(page, people.officer)
    assert not fresh(page).live


@pytest.mark.parametrize("name", ["officer", "head", "webmaster", "superuser"])
def test_admin_publish_and_unpublish(page, public, people, name):
    client = login(getattr(people, name))
    for target in (page, public):
        edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
        form = editor_form(client, edit)
        client.post(edit, {**form, "summary": "แก้", "action-publish": "1"})
        client.post(reverse("wagtailadmin_pages:unpublish", args=[target.pk]))
    for action in ("publish", "unpublish", "move"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={page.pk}&id={public.pk}", {})
    assert not fresh(page).live
    assert fresh(public).is_public
    assert fresh(public).summary == "รายละเอียดโดยสรุป"


def test_bulk_delete_keeps_what_was_proposed(public, people):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for user in (people.officer, people.webmaster, people.superuser):
        login(user).post(f"{url}?id={public.pk}", {})
    assert fresh(public).is_public


def test_locked_for_everybody_during_review(page, people):
    procedure.propose(page, by=people.officer)
    for user in (people.officer, people.webmaster, people.head, people.superuser):
        lock = fresh(page).get_lock()
        assert lock.for_user(user)


def test_decision_by_the_address_of_another_page(page, office, people):
    """The address names page and step separately; only the step counts."""
    other = draft_news(office, people.officer)
    for draft in (page, other):
        procedure.propose(draft, by=people.officer)
    state = WorkflowState.objects.active().for_instance(other).get()
    client = login(people.head)
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state.current_task_state_id],
        ),
        {"comment": ""},
    )
    statuses = dict(PublicationRequest.objects.values_list("page", "status"))
    assert statuses == {page.pk: "proposed", other.pk: "allowed"}


def decide_by_address(user, shown, state, action):
    """As Wagtail's home page would; the page in the address need not be the step's."""
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[shown.pk, action, state.current_task_state_id],
    )
    return login(user).post(address, {"comment": "เหตุผล"})


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_step_that_is_over_decides_nothing(page, office, people, action):
    """Neither on what is public since, nor on the round that came after it."""
    other = draft_news(office, people.officer)
    procedure.propose(other, by=people.officer)
    request = procedure.propose(page, by=people.officer)
    over = WorkflowState.objects.active().for_instance(page).get()
    procedure.refuse(request, by=people.head, words="ไม่ครบ")
    procedure.tell_back(request, by=people.webmaster)
    assert decide_by_address(people.head, other, over, action).status_code == 302
    again = procedure.propose(fresh(page), by=people.officer)
    for shown in (page, other):
        answer = decide_by_address(people.head, shown, over, action)
        assert answer.status_code == 302
    again.refresh_from_db()
    assert (again.status, again.acts.count()) == ("proposed", 4)
    procedure.allow(again, by=people.head)
    procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)
    answer = decide_by_address(people.head, other, over, action)
    assert answer.status_code == 302
    assert fresh(page).is_public


def test_refusing_without_reasons_through_the_editor(page, people):
    client = login(people.webmaster)
    form = editor_form(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    procedure.propose(page, by=people.officer)
    client = login(people.head)
    for data in ("{}", '{"update": false}', "[]", "not json", '{"comment": 5}'):
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            {
                **form,
                "action-workflow-action": "1",
                "workflow-action-name": "reject",
                "workflow-action-extra-data": data,
            },
        )
    assert PublicationRequest.objects.get().status == "proposed"


def test_a_page_outside_its_period_is_not_served(public, client):
    assert client.get(public.url).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    NewsPage.objects.filter(pk=public.pk).update(publish_until=yesterday)
    assert client.get(public.url).status_code == 404


def test_a_page_made_live_by_sql_is_not_served(page, client):
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    assert client.get(fresh(page).url).status_code == 404


def test_a_dump_that_makes_it_live_is_not_served(page, client):
    dump = json.loads(serializers.serialize("json", [Page.objects.get(pk=page.pk)]))
    dump[0]["fields"]["live"] = True
    for row in serializers.deserialize("json", json.dumps(dump)):
        row.save()
    assert fresh(page).live
    assert client.get(fresh(page).url).status_code == 404
    assert not fresh(page).is_public


def test_a_workflow_that_is_not_the_procedure(page, people):
    """Switched off, the section falls back to what Wagtail has further up."""
    page.get_workflow().deactivate()
    foreign = page.get_workflow()
    assert foreign is not None
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)
    with pytest.raises(PermissionDenied):
        foreign.start(page, people.officer)


def test_a_refused_round_of_a_published_request(page, people, client):
    """Only the newest round was allowed; an earlier one stays what it was: refused."""
    request = procedure.propose(page, by=people.officer)
    procedure.refuse(request, by=people.head, words="ไม่ถูกต้อง")
    procedure.tell_back(request, by=people.webmaster)
    draft = fresh(page)
    draft.summary = "แก้แล้ว"
    draft.save_revision(user=people.officer)
    procedure.propose(fresh(page), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    with pytest.raises(NotApproved):
        request.rounds.first().revision.publish()
    assert fresh(page).summary == "แก้แล้ว"


def test_a_file_is_over_with_its_page(office, people, client):
    """Whether or not the scheduler has run."""
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )
    page = draft_news(office, people.officer)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert client.get(document.url).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    NewsPage.objects.filter(pk=page.pk).update(publish_until=yesterday)
    assert client.get(document.url).status_code == 404


def test_an_autosave_never_writes_over_a_proposal(public, people):
    """A tab that was open since before would otherwise spoil the approved version."""
    approved = public.live_revision
    draft = fresh(public)
    draft.summary = "เขียนทับ"
    saved = draft.save_revision(user=people.officer, overwrite_revision=approved)
    assert saved.pk != approved.pk
    call_command("govpub_doctor")
    assert fresh(public).is_public


def test_what_was_recorded_is_neither_changed_nor_deleted(public):
    request = public.published_request
    request.number += 1
    round_ = request.rounds.get()
    for act in (request.save, round_.save, round_.delete, round_.acts.first().delete):
        with pytest.raises(TypeError, match="never"):
            act()
    assert PublicationRequest.objects.get().number == 1
