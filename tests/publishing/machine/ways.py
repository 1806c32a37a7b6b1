"""Ways around the procedure that somebody with a shell or a browser could try.

Each is one function: it tries, and may fail as it likes. ``pick`` chooses among
several revisions, tasks and the like. A new way needs nothing but ``@way``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, Task, TaskState, Workflow, WorkflowState

from govpub.categories.models import NewsPage
from govpub.publishing.models import (
    Act,
    Appointment,
    LedgerEntry,
    PublicationRequest,
    Round,
    RoundFile,
)
from tests.drafts import category

Way = Callable[[Any, NewsPage, Any, int], Any]
WAYS: dict[str, Way] = {}


def way(function: Way) -> Way:
    WAYS[function.__name__] = function
    return function


def one_of(rows: Any, pick: int) -> Any:
    found = list(rows)
    return found[pick % len(found)] if found else None


def revision_of(page: NewsPage, pick: int) -> Any:
    return one_of(page.revisions.order_by("pk"), pick)


# --- Putting it up ---------------------------------------------------------------


@way
def publish_a_revision(world, page, user, pick):
    revision_of(page, pick).publish()


@way
def publish_by_the_action(world, page, user, pick):
    action = PublishPageRevisionAction(revision_of(page, pick), user=user)
    action.execute(skip_permission_checks=bool(pick % 2))


@way
def publish_for_later(world, page, user, pick):
    page.go_live_at = timezone.now() + timedelta(hours=pick)
    page.save_revision(user=user).publish()


@way
def run_the_stock_scheduler(world, page, user, pick):
    call_command("publish_scheduled", verbosity=0)


@way
def save_it_live(world, page, user, pick):
    page.live = True
    page.save()


@way
def save_it_live_with_a_revision(world, page, user, pick):
    page.live, page.live_revision = True, revision_of(page, pick)
    page.save(update_fields=["live", "live_revision"])


@way
def save_the_base_page_live(world, page, user, pick):
    base = Page.objects.get(pk=page.pk)
    base.live, base.live_revision = True, revision_of(page, pick)
    base.save()


@way
def make_it_live_by_sql(world, page, user, pick):
    if not page.live:
        Page.objects.filter(pk=page.pk).update(live=True)


@way
def restore_a_dump_that_is_live(world, page, user, pick):
    if page.live:
        return
    page.live = True
    dump = serializers.serialize("python", [page.page_ptr, page])
    dump[0]["fields"]["live"] = True
    for row in serializers.deserialize("python", dump):
        row.save()


# --- Changing what is public, or was proposed ---------------------------------------


@way
def save_other_words(world, page, user, pick):
    page.summary = "other words"
    page.save()


@way
def save_another_title_on_the_base_page(world, page, user, pick):
    base = Page.objects.get(pk=page.pk)
    base.title = "another title"
    base.save(update_fields=["title"] if pick % 2 else None)


@way
def save_what_was_loaded_before(world, page, user, pick):
    stale = world.loaded.get(page.pk)
    if stale is not None:
        stale.save()


@way
def load_it_for_later(world, page, user, pick):
    world.loaded[page.pk] = page


@way
def write_into_a_revision(world, page, user, pick):
    revision = revision_of(page, pick)
    revision.content["summary"] = "written over"
    revision.save()


@way
def autosave_over_the_newest_revision(world, page, user, pick):
    revision = page.get_latest_revision()
    draft = revision.as_object()
    draft.summary = "saved over"
    draft.save_revision(user=revision.user, overwrite_revision=revision)


@way
def save_a_newer_draft(world, page, user, pick):
    world.save_draft(page.pk, user.username)


@way
def revert(world, page, user, pick):
    revision_of(page, pick).as_object().save_revision(user=user)


@way
def revert_by_the_action(world, page, user, pick):
    RevertToPageRevisionAction(page, revision_of(page, pick), user=user).execute()


@way
def exchange_a_file(world, page, user, pick):
    document = one_of(get_document_model().objects.order_by("pk"), pick)
    document.file = ContentFile(b"exchanged", name="b.txt")
    document.save()


# --- Beside it -------------------------------------------------------------------


@way
def copy_it(world, page, user, pick):
    page.copy(
        update_attrs={"slug": f"copy-{NewsPage.objects.count()}"},
        keep_live=bool(pick % 2),
        copy_revisions=bool(pick % 3),
        user=user,
    )


@way
def make_an_alias(world, page, user, pick):
    page.create_alias(update_slug="alias", user=user)


@way
def copy_it_into_english(world, page, user, pick):
    english = Locale.objects.get(language_code="en")
    page.copy_for_translation(english, copy_parents=True, alias=bool(pick % 2))


@way
def move_it(world, page, user, pick):
    page.move(category(world.site, 1), pos="last-child", user=user)


# --- Through Wagtail's workflow ----------------------------------------------------


def review_of(page: NewsPage) -> WorkflowState | None:
    return WorkflowState.objects.for_instance(page).order_by("pk").last()


@way
def start_the_workflow(world, page, user, pick):
    if workflow := page.get_workflow():
        workflow.start(page, user)


def end_the_review(name: str) -> Way:
    def end(world, page, user, pick):
        if state := review_of(page):
            getattr(state, name)(user=user)

    end.__name__ = f"workflow_state_{name}"
    return way(end)


for _name in ("finish", "cancel", "update", "resume"):
    end_the_review(_name)


def end_the_step(name: str) -> Way:
    def end(world, page, user, pick):
        state = review_of(page)
        if state and state.current_task_state:
            getattr(state.current_task_state.specific, name)(user=user)

    end.__name__ = f"task_state_{name}"
    return way(end)


for _name in ("approve", "reject", "cancel"):
    end_the_step(_name)


@way
def decide_at_the_step(world, page, user, pick):
    state = review_of(page)
    if state and state.current_task_state:
        step = state.current_task_state.specific
        name = ("approve", "reject", "pass_on", "publish")[pick % 4]
        step.task.specific.on_action(step, user, name, comment="x", update=False)


@way
def switch_a_step_off(world, page, user, pick):
    one_of(Task.objects.order_by("pk"), pick).specific.deactivate(user=user)


@way
def switch_the_workflow_off(world, page, user, pick):
    if workflow := page.get_workflow():
        workflow.deactivate(user=user)


@way
def take_a_step_out(world, page, user, pick):
    if workflow := page.get_workflow():
        one_of(workflow.workflow_tasks.order_by("pk"), pick).delete()


# --- Losing it ---------------------------------------------------------------------


@way
def unpublish(world, page, user, pick):
    page.unpublish(user=user)


@way
def unpublish_by_the_action(world, page, user, pick):
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=bool(pick % 2))


@way
def save_it_hidden(world, page, user, pick):
    page.live = False
    page.save()


@way
def purge_revisions(world, page, user, pick):
    call_command("purge_revisions", verbosity=0)


DELETED: dict[str, Callable[[Any, NewsPage, int], Any]] = {
    "page": lambda world, page, pick: page,
    "category": lambda world, page, pick: page.get_parent(),
    "revision": lambda world, page, pick: revision_of(page, pick),
    "document": lambda world, page, pick: one_of(
        get_document_model().objects.order_by("pk"), pick
    ),
    "review": lambda world, page, pick: review_of(page),
    "step": lambda world, page, pick: one_of(TaskState.objects.order_by("pk"), pick),
    "task": lambda world, page, pick: one_of(Task.objects.order_by("pk"), pick),
    "workflow": lambda world, page, pick: one_of(Workflow.objects.order_by("pk"), pick),
    "site": lambda world, page, pick: world.site,
    "act": lambda world, page, pick: one_of(Act.objects.order_by("pk"), pick),
    "round": lambda world, page, pick: one_of(Round.objects.order_by("pk"), pick),
    "request": lambda world, page, pick: world.newest(page.pk),
    "record": lambda world, page, pick: one_of(LedgerEntry.objects.all(), pick),
}


def delete(name: str, found: Callable[[Any, NewsPage, int], Any]) -> Way:
    def go(world, page, user, pick):
        if (row := found(world, page, pick)) is not None:
            row.delete()

    go.__name__ = f"delete_{name}"
    return way(go)


for _name, _found in DELETED.items():
    delete(_name, _found)


@way
def delete_all_records_at_once(world, page, user, pick):
    models = (Act, Round, RoundFile, PublicationRequest, LedgerEntry)
    models[pick % len(models)].objects.all().delete()


@way
def rewrite_an_act(world, page, user, pick):
    if act := one_of(Act.objects.order_by("pk"), pick):
        act.words = "other words"
        act.save()


@way
def rewrite_a_round(world, page, user, pick):
    if round_ := one_of(Round.objects.order_by("pk"), pick):
        round_.form = {"topic": "another"}
        round_.save()


@way
def rewrite_a_request(world, page, user, pick):
    if request := world.newest(page.pk):
        request.number += 1
        request.save()


# --- Who may ------------------------------------------------------------------------


def dismiss(world, name):
    """His appointment ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for appointment in Appointment.objects.filter(user__username=name):
        appointment.valid_until = yesterday
        appointment.save()


# How an attempt may end; anything else is a fault of the program.
REFUSALS = (
    BadRequest,
    PermissionDenied,
    ProtectedError,
    RestrictedError,
    ValidationError,
)


def refused(error: Exception) -> bool:
    """Whether this says no in words, rather than falling over."""
    if isinstance(error, TypeError):
        return "never" in str(error)
    stock = type(error).__module__.startswith("wagtail.")
    return stock or isinstance(error, REFUSALS)
