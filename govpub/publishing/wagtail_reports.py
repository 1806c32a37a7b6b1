"""Wagtail's reports look at the whole installation; each office sees its own.

They ask for no office when they say which page of each type was edited last, and, as
choices of a filter, who ever asked for a moderation by which procedure.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksReportFilterSet,
    get_editable_page_ids_query,
)
from wagtail.models import Page, Task, Workflow, WorkflowState
from wagtail.permission_policies.base import BasePermissionPolicy

OF_THE_INSTALLATION = "page-types-usage"


class InstallationPolicy(BasePermissionPolicy):
    """For what tells of all offices: only who looks after the installation sees it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return user.is_active and user.is_superuser

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        return user.is_active and user.is_superuser


def close() -> None:
    """Keep the offices of an installation apart in Wagtail's own reports."""
    PageTypesUsageReportView.permission_policy = InstallationPolicy(Page)
    choices = WorkflowReportFilterSet.base_filters
    choices["requested_by"].queryset = requesters
    choices["workflow"].queryset = workflows
    choices = WorkflowTasksReportFilterSet.base_filters
    choices["workflow"].queryset = workflows
    choices["task"].queryset = tasks


def moderations(request: HttpRequest) -> QuerySet[WorkflowState]:
    """The moderations of those pages that the person may edit."""
    pages = get_editable_page_ids_query(request)
    return WorkflowState.objects.filter(object_id__in=pages)


def requesters(request: HttpRequest) -> QuerySet[User]:
    """Those who asked for one of them."""
    users = get_user_model()
    asked = users.objects.filter(pk__in=moderations(request).values("requested_by"))
    return asked.order_by(users.USERNAME_FIELD)


def workflows(request: HttpRequest) -> QuerySet[Workflow]:
    """By which procedures; their names say of which office they are."""
    return Workflow.objects.filter(pk__in=moderations(request).values("workflow"))


def tasks(request: HttpRequest) -> QuerySet[Task]:
    """The steps of these procedures."""
    return Task.objects.filter(workflow_tasks__workflow__in=workflows(request))


def leave_out(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take the report out of the menu of those whom it would refuse."""
    user: Any = request.user
    if not user.is_superuser:
        items[:] = [item for item in items if item.name != OF_THE_INSTALLATION]
