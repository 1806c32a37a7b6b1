"""A page that is not under the procedure, to show what Wagtail alone would do."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
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

    def live(self, user, **fields) -> Page:
        """A page that was published without ado."""
        page = self.draft(user, **fields)
        page.get_latest_revision().publish()
        return self.fresh(page)

    def scheduled(self, page, begin, **fields) -> Page:
        """The page with a version that Wagtail's scheduler shows later."""
        draft = self.fresh(page)
        for name, value in {"go_live_at": begin, **fields}.items():
            setattr(draft, name, value)
        draft.save_revision().publish()
        return self.fresh(page)

    @staticmethod
    def fresh(page) -> Page:
        return Page.objects.get(pk=page.pk)

    @staticmethod
    def approve(state, user) -> None:
        """The current step of the review, as the database has it."""
        WorkflowState.objects.get(pk=state.pk).current_task_state.approve(user=user)

    @staticmethod
    def due(page) -> None:
        """The time of the scheduled version has come."""
        revision = Page.objects.get(pk=page.pk).scheduled_revision
        moment = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = moment.isoformat()
        revision.approved_go_live_at = moment
        revision.save()

    def get(self, client, page):
        """What an anonymous reader is answered."""
        return client.get(f"/{page.slug}/", headers={"host": "bare.example"})
