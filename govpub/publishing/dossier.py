"""What the acts of the procedure have in common: taking a dossier up, moving it on."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from wagtail.models import Task, TaskState, WorkflowState

from govpub.publishing import clock, rules
from govpub.publishing.acts import record_act
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import AlreadyDecided, ProcedureError
from govpub.publishing.models import Appointment, PublicationRequest


def take_up(
    request: PublicationRequest, *expected: RequestStatus
) -> PublicationRequest:
    """The dossier, locked and fresh, if it is still where the person saw it."""
    page = rules.hold_page(request.page_id)
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    fresh.page = page
    if PublicationRequest.site.is_cached(request):
        fresh.site = request.site  # for life; no need to read it again
    if fresh.status not in expected:
        raise AlreadyDecided(rules.who_was_faster(fresh))
    return fresh


def advance(
    request: PublicationRequest, status: RequestStatus, **changes: datetime | None
) -> None:
    """Bring the dossier to ``status``, where its next step begins to wait."""
    entered = clock.enter(request, status)
    for name, value in changes.items():
        setattr(request, name, value)
    request.save(update_fields=[*entered, *changes])


def task_state_of(request: PublicationRequest) -> TaskState:
    """The step of Wagtail's workflow at which the dossier stands."""
    workflow_state = WorkflowState.objects.active().for_instance(request.page).first()
    if workflow_state is None or workflow_state.current_task_state is None:
        raise ProcedureError(_("This information is no longer under review."))
    return workflow_state.current_task_state.specific


def hand_to_webmaster(workflow_state: WorkflowState, by: User) -> None:
    """Enter the last step of the workflow, whatever became of the one before."""
    task = (
        Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id)
        .order_by("workflow_tasks__sort_order")
        .last()
    )
    workflow_state.current_task_state = task.specific.start(workflow_state, user=by)
    workflow_state.save()


def return_to_officer(
    request: PublicationRequest, signer: Appointment | User, words: str = ""
) -> None:
    """Back to the officer, who starts again from step 1; the review is over."""
    user = signer.user if isinstance(signer, Appointment) else signer
    workflow_state = WorkflowState.objects.active().for_instance(request.page).first()
    advance(request, RequestStatus.RETURNED, confirm_by=None)
    record_act(request.current_round, Step.TELL_BACK, Outcome.RETURNED, signer, words)
    if workflow_state is None:
        return
    task_state = workflow_state.current_task_state.specific
    task_state.reject(user=user, update=False, comment=words)
    task_state.workflow_state.cancel(user=user)
