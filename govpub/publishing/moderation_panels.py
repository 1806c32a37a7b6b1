"""Wagtail's own lists of moderation, without what waits in our inbox.

So that the head has one list, and it is the one with the reasons and the words.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import TaskState

from govpub.publishing.guards import is_controlled
from govpub.publishing.models import HeadApprovalTask, WebmasterCheckTask


class OtherPagesToModeratePanel(WorkflowObjectsToModeratePanel):
    """What waits for the person's moderation outside the procedure."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        if not has_other_workflows():
            return {"states": [], "request": parent_context["request"]}
        context = super().get_context_data(parent_context)
        context["states"] = [
            state
            for state in context["states"]
            if not is_controlled(type(state["obj"].specific_deferred))
        ]
        return context


class OtherPagesInModerationPanel(UserObjectsInWorkflowModerationPanel):
    """One's own pages in moderation outside the procedure."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        if not has_other_workflows():
            return {"workflow_states": [], "request": parent_context["request"]}
        context = super().get_context_data(parent_context)
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if not is_controlled(type(state.content_object))
        ]
        return context


OURS = {
    WorkflowObjectsToModeratePanel: OtherPagesToModeratePanel,
    UserObjectsInWorkflowModerationPanel: OtherPagesInModerationPanel,
}


def has_other_workflows() -> bool:
    """Whether Wagtail moderates anything now besides the procedure."""
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        return False
    ours = ContentType.objects.get_for_models(HeadApprovalTask, WebmasterCheckTask)
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return waiting.exclude(task__content_type__in=ours.values()).exists()


def leave_out_ours(panels: list[Any]) -> None:
    """Exchange Wagtail's two panels for those that list only other pages."""
    panels[:] = [
        OURS[type(panel)]() if type(panel) in OURS else panel for panel in panels
    ]
