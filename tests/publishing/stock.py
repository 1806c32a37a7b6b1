"""A page that is not under the procedure, to show what Wagtail alone would do."""

from __future__ import annotations

from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)


class Stock:
    """A plain section with Wagtail's own workflow of one or two steps."""

    def __init__(self, section: Page, *, steps: int = 1) -> None:
        self.section = section
        self.workflow = Workflow.objects.create(name="stock")
        for number in range(steps):
            task = GroupApprovalTask.objects.create(name=f"stock {number}")
            WorkflowTask.objects.create(
                workflow=self.workflow, task=task, sort_order=number
            )
        WorkflowPage.objects.create(page=section, workflow=self.workflow)

    def draft(self, user, **fields) -> Page:
        values = {"title": "stock", "slug": "stock", "live": False, "owner": user}
        page = self.section.add_child(instance=Page(**{**values, **fields}))
        page.save_revision(user=user)
        return Page.objects.get(pk=page.pk)

    def submitted(self, user, **fields):
        """A draft under review, and its workflow state."""
        page = self.draft(user, **fields)
        return page, self.workflow.start(page, user)

    @staticmethod
    def fresh(page) -> Page:
        return Page.objects.get(pk=page.pk)
