"""The last line: what the database would show must have been approved.

The guards look at what is about to be saved, not at who does it or by which screen.
They leave out only what Python cannot see: ``QuerySet.update`` and raw SQL.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wagtail.models import Page, Task, TaskState, WorkflowState

from govpub.publishing.content import BOOKKEEPING, content_digest
from govpub.publishing.enums import IN_REVIEW, RequestStatus
from govpub.publishing.exceptions import NotApproved
from govpub.publishing.models import (
    PublicationMixin,
    PublicationRequest,
    Round,
    StructuralPageMixin,
)
from govpub.publishing.models.tasks import ProcedureTask
from govpub.publishing.rules import hold_page, is_procedure


def is_controlled(model: type[Any] | None) -> bool:
    """Whether pages of this class are under the procedure."""
    return model is not None and issubclass(model, PublicationMixin)


def is_frame(model: type[Any] | None) -> bool:
    """Whether pages of this class are the frame that an office has once."""
    return model is not None and issubclass(model, StructuralPageMixin)


def guard_page(sender: type[Any], instance: Page, **kwargs: Any) -> None:
    """Before a page is saved: it is, and stays, exactly as public as was approved."""
    # A dump is restored row by row, parts before wholes. What it brings is not served
    # without its approval all the same, and govpub_doctor finds it.
    if kwargs.get("raw") or not isinstance(instance, Page):
        return
    if is_frame(instance.specific_class):
        _require_one_frame(instance)
    if not is_controlled(instance.specific_class):
        return
    if not _touches_content(kwargs.get("update_fields")):
        return
    if instance.alias_of_id:
        raise NotApproved(_("An alias would be public without an approval."))
    if instance.live:
        _require_approved_content(instance)
    elif instance.pk and Page.objects.live().filter(pk=instance.pk).exists():
        _require_taken_down(instance)


def _require_one_frame(page: Page) -> None:
    """A second tree for another language would be an empty website beside the first.

    Translations stand beside their originals instead, in the one tree of the office.
    """
    others = Page.objects.filter(translation_key=page.translation_key)
    if page.alias_of_id or others.exclude(pk=page.pk).exists():
        raise NotApproved(_("An office has the frame of its website once."))


def _touches_content(update_fields: Collection[str] | None) -> bool:
    """Saving a draft of a live page writes Wagtail's bookkeeping only."""
    if update_fields is None:
        return True
    return bool(set(update_fields) - (BOOKKEEPING - {"live", "live_revision"}))


def _require_approved_content(page: Page) -> None:
    round_ = approved_round(page)
    if round_ is None:
        raise NotApproved(_("Nothing becomes public without its approval."))
    if not isinstance(page, PublicationMixin):
        # Only the part of the page that every page has is being saved.
        page = _with_base_fields(page)
    if content_digest(page.serializable_data()) != round_.content_digest:
        raise NotApproved(_("This is not the content that was approved."))


def approved_round(page: Page) -> Round | None:
    """The round by which the page's live revision may be public now."""
    request = PublicationRequest.objects.showing(page.pk, page.live_revision_id)
    found = request.first()
    return found.current_round if found else None


def _with_base_fields(page: Page) -> Page:
    specific = page.specific_class.objects.get(pk=page.pk)
    for field in Page._meta.concrete_fields:
        setattr(specific, field.attname, getattr(page, field.attname))
    return specific


def _require_taken_down(page: Page) -> None:
    published = PublicationRequest.objects.filter(
        page=page.pk, status=RequestStatus.PUBLISHED
    )
    if published.exists():
        raise NotApproved(_("Published information is only taken down by its act."))


def guard_move(sender: type[Any], instance: Page, **kwargs: Any) -> None:
    """Before a page is moved: its category and address are part of its dossier."""
    if not is_controlled(instance.specific_class):
        return
    if PublicationRequest.objects.filter(page=instance.pk).exists():
        raise NotApproved(_("What was proposed stays in its category."))


def _request_in_review(workflow_state: WorkflowState) -> PublicationRequest | None:
    return (
        PublicationRequest.objects.in_review()
        .filter(page=workflow_state.object_id)
        .first()
    )


def _of_controlled_page(workflow_state: WorkflowState) -> bool:
    return is_controlled(workflow_state.content_type.model_class())


def guard_workflow_state(
    sender: type[Any], instance: WorkflowState, **kwargs: Any
) -> None:
    """Before a review begins: is it the only one? Before it ends: has its dossier?"""
    if not _of_controlled_page(instance):
        return
    if not instance.pk:
        _require_first(instance)
        return
    if instance.status == WorkflowState.STATUS_IN_PROGRESS:
        _require_not_over(instance)
        return
    if _request_in_review(instance) is not None:
        raise PermissionDenied(
            _("This information is under review; use the acts of the procedure.")
        )


def _require_not_over(workflow_state: WorkflowState) -> None:
    """A review that is over is not resumed: a correction is a new round."""
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not running.filter(pk=workflow_state.pk).exists():
        raise PermissionDenied(_("This information is no longer under review."))


def _require_first(workflow_state: WorkflowState) -> None:
    """Two people who propose at once: the second waits here, and is refused."""
    if not is_procedure(workflow_state.workflow):
        raise PermissionDenied(_("This office has not set up its procedure yet."))
    hold_page(int(workflow_state.object_id))
    others = WorkflowState.objects.active().filter(
        base_content_type=workflow_state.base_content_type,
        object_id=workflow_state.object_id,
    )
    if others.exists():
        raise PermissionDenied(_("This information has been proposed already."))


# What a finished step needs the dossier to say.
_STEP_DONE = {
    TaskState.STATUS_APPROVED: {RequestStatus.ALLOWED, RequestStatus.SCHEDULED},
    TaskState.STATUS_REJECTED: {RequestStatus.REFUSED, RequestStatus.RETURNED},
}


def guard_task_state(sender: type[Any], instance: TaskState, **kwargs: Any) -> None:
    """Before a step ends: the dossier must hold the decision that ends it."""
    if kwargs.get("raw") or not instance.pk:
        return
    if instance.status == TaskState.STATUS_IN_PROGRESS:
        return
    if not _of_controlled_page(instance.workflow_state):
        return
    statuses = PublicationRequest.objects.filter(
        page=instance.workflow_state.object_id
    ).order_by("-pk")
    request = statuses.first()
    if instance.status == TaskState.STATUS_CANCELLED:
        allowed = request is None or request.status not in IN_REVIEW
    else:
        allowed = request is not None and request.status in _STEP_DONE.get(
            instance.status, set()
        )
    if not allowed:
        raise PermissionDenied(
            _("This information is under review; use the acts of the procedure.")
        )


def guard_task(sender: type[Any], instance: Task, **kwargs: Any) -> None:
    """A step that somebody waits at cannot be switched off."""
    if not isinstance(instance, ProcedureTask) or instance.active or not instance.pk:
        return
    if instance.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exists():
        raise PermissionDenied(_("Information is waiting at this step."))


def require_complete_approval(workflow_state: WorkflowState) -> None:
    """Refuses unless head and Web Master have both let exactly this through."""
    ready = PublicationRequest.objects.filter(
        page=workflow_state.object_id, status=RequestStatus.SCHEDULED
    )
    if not ready.exists():
        raise NotApproved(_("Nothing becomes public without its approval."))
