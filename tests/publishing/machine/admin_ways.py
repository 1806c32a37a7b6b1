"""Ways around the procedure through the screens of Wagtail's admin."""

from __future__ import annotations

from django.urls import reverse

from wagtail.models import Task

from tests.publishing.machine.screens import browser
from tests.publishing.machine.ways import one_of, way
from tests.publishing.screens import post_editor, post_workflow


@way
def press_a_button_of_wagtail(world, page, user, pick):
    names = ("delete", "unpublish", "copy", "unlock", "usage")
    address = reverse(f"wagtailadmin_pages:{names[pick % 5]}", args=[page.pk])
    browser(user).post(address, {"new_title": "x", "new_slug": "x"})


@way
def press_a_bulk_button(world, page, user, pick):
    names = ("publish", "unpublish", "delete", "move")
    address = reverse(
        "wagtail_bulk_action", args=["wagtailcore", "page", names[pick % 4]]
    )
    browser(user).post(f"{address}?id={page.pk}", {})


@way
def publish_in_the_editor(world, page, user, pick):
    post_editor(user, page, browser(user), title="other", **{"action-publish": "1"})


@way
def edit_a_step_in_the_admin(world, page, user, pick):
    """Try to rename it, or to hand it to another office."""
    step = one_of(Task.objects.order_by("pk"), pick)
    office = world.second_site if pick % 2 else world.site
    browser(user).post(
        reverse("wagtailadmin_workflows:edit_task", args=[step.pk]),
        {"name": "another name", "site": office.pk},
    )


@way
def edit_the_workflow_in_the_admin(world, page, user, pick):
    """Leave it one of its steps, or none, and take it off its pages."""
    workflow = page.get_workflow()
    if workflow is None:
        return
    post_workflow(browser(user), workflow, left_out=pick % 3)


@way
def begin_a_translation_in_the_admin(world, page, user, pick):
    browser(user).post(reverse("govpub_translate", args=[page.pk, "en"]))
