"""The office's workflow: first the head decides, then the Web Master puts it up."""

from __future__ import annotations

from wagtail.models import Page, Site, Workflow, WorkflowPage, WorkflowTask

from govpub.publishing.models import (
    HeadApprovalTask,
    OfficeSettings,
    WebmasterCheckTask,
)

WORKFLOW_NAME = "การเผยแพร่ข้อมูลต่อสาธารณะ"
HEAD_TASK_NAME = "พิจารณาอนุญาตเผยแพร่"
WEBMASTER_TASK_NAME = "ตรวจสอบและนำขึ้นเว็บไซต์"


def ensure_workflow(site: Site) -> bool:
    """Make the workflow of the office unless it is there; says whether it did."""
    if HeadApprovalTask.objects.filter(site=site).exists():
        return False
    office = OfficeSettings.for_site(site)
    workflow = Workflow.objects.create(name=f"{WORKFLOW_NAME} – {office}"[:255])
    head = HeadApprovalTask.objects.create(site=site, name=HEAD_TASK_NAME)
    webmaster = WebmasterCheckTask.objects.create(site=site, name=WEBMASTER_TASK_NAME)
    for order, task in enumerate((head, webmaster)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(
        page=Page.objects.get(pk=site.root_page_id), defaults={"workflow": workflow}
    )
    return True
