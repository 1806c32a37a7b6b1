"""Wagtail's own screens, as people and their browsers use them."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED


def fresh(page) -> NewsPage:
    return NewsPage.objects.get(pk=page.pk)


def login(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def post_editor(user, page, client=None, **more):
    """Send the page's editor back as it is, with these fields changed or added."""
    client = client or login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(address).content.decode()
    form = (
        querydict_from_html(html, form_id="page-edit-form").dict()
        if "page-edit-form" in html
        else {}
    )
    # The script of the editor counts the blocks of the free text.
    blocks = {"body-count": "0", "gallery-count": "0"}
    return client.post(address, {**form, **blocks, **more})


def post_workflow(client, workflow, *, left_out=0):
    """Save the form of a workflow without its first steps, and on no page."""
    address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    answer = client.get(address)
    if answer.status_code != 200:
        return answer
    html = answer.content.decode()
    forms = (querydict_from_html(html, form_index=number) for number in range(9))
    form = next(form for form in forms if "workflow_tasks-TOTAL_FORMS" in form).dict()
    deleted = {f"workflow_tasks-{number}-DELETE": "on" for number in range(left_out)}
    total = next(name for name in form if name.endswith("pages-TOTAL_FORMS"))
    prefix, pages = total.removesuffix("-TOTAL_FORMS"), int(form[total])
    deleted |= {f"{prefix}-{number}-DELETE": "on" for number in range(pages)}
    return client.post(address, {**form, "name": "another name", **deleted})


def decide_in_editor(user, page, action, answers, **more):
    """Press a button of the review in the editor; the modal's answers are JSON."""
    pressed = {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": answers,
    }
    return post_editor(user, page, **pressed, **more)


def decide_in_inbox(user, page, state, action, **posted):
    """Press a button on Wagtail's own home page, or repeat its address."""
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, action, state.current_task_state_id],
    )
    return login(user).post(address, {"comment": "", **posted})


def bulk(user, action, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return login(user).post(f"{address}?id={page.pk}", {})


def review_state(page) -> WorkflowState:
    return WorkflowState.objects.active().for_instance(page).get()


def days(number):
    return timezone.localdate() + timedelta(days=number)


def later(number):
    return freeze_time(timezone.now() + timedelta(days=number))


def hours(number):
    return timezone.now() + timedelta(hours=number)


def approve(request, people):
    procedure.allow(request, by=people.head)
    return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)


def propose_newer(page, people, **fields):
    draft = fresh(page)
    for name, value in {"summary": "ฉบับใหม่", **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.officer)
    return procedure.propose(fresh(page), by=people.officer)
