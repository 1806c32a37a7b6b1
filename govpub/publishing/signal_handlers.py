"""Connects the guards, and keeps Wagtail's own mails away from our pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.signals import pre_save

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import pre_page_move, workflow_approved, workflow_submitted

from govpub.publishing import attachments, guards, pictures


def connect() -> None:
    pre_save.connect(guards.guard_page, dispatch_uid="govpub_guard_page")
    pre_save.connect(
        guards.guard_workflow_state,
        sender=WorkflowState,
        dispatch_uid="govpub_guard_workflow_state",
    )
    pre_save.connect(
        guards.guard_task_state,
        sender=TaskState,
        dispatch_uid="govpub_guard_task_state",
    )
    pre_save.connect(guards.guard_task, dispatch_uid="govpub_guard_task")
    pre_page_move.connect(guards.guard_move, dispatch_uid="govpub_guard_move")
    pre_save.connect(attachments.guard_file, dispatch_uid="govpub_guard_file")
    pre_save.connect(pictures.remove_metadata, dispatch_uid="govpub_picture_metadata")
    _replace_mails()


def _replace_mails() -> None:
    """Wagtail's mails know no reasons and no Thai; the procedure sends its own."""
    from wagtail.admin import signal_handlers as stock

    for signal, notifier, uid in (
        (
            workflow_submitted,
            stock.workflow_submission_email_notifier,
            "workflow_state_submitted_email_notification",
        ),
        (
            workflow_approved,
            stock.workflow_approval_email_notifier,
            "workflow_state_approved_email_notification",
        ),
    ):
        # Whichever app starts first: a signal keeps one receiver under one uid.
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(
            _for_other_pages(notifier),
            sender=WorkflowState,
            weak=False,
            dispatch_uid=uid,
        )


def _for_other_pages(notifier: Callable[..., Any]) -> Callable[..., Any]:
    def notify(sender: type[Any], instance: WorkflowState, **kwargs: Any) -> None:
        if not guards.is_controlled(instance.content_type.model_class()):
            notifier(sender=sender, instance=instance, **kwargs)

    return notify
