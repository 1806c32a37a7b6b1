"""The inbox on the dashboard, its cost, and notices of other apps."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail import hooks
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask

from govpub.models import Job
from govpub.publishing import procedure
from govpub.publishing.models import Act, PublicationRequest, Round
from govpub.publishing.panels import WaitingPanel
from govpub.publishing.permissions import waiting_for
from govpub.publishing.review_notices import ReviewNotice
from tests.drafts import category, draft_news
from tests.publishing.proposals import INBOX, card_html, propose

pytestmark = pytest.mark.django_db

HOME = "/admin/"


# --- As many queries for two hundred as for five -------------------------------


def wait_for_head(office, people, number):
    """So many requests that wait for the head, copied from one that was proposed."""
    pattern = propose(office, people)
    round_ = pattern.current_round
    root = category(office, 8)
    count = Page.objects.count()
    for place in range(1, number):
        page = root.add_child(
            instance=Page(title=f"x{place}", slug=f"copy-{count}-{place}", live=False)
        )
        copy = PublicationRequest.objects.create(
            site=office,
            fiscal_year=pattern.fiscal_year,
            number=pattern.number + place,
            page=page,
            officer=pattern.officer,
            status=pattern.status,
            topic=f"เรื่องที่ {place}",
            section=pattern.section,
            due_at=pattern.due_at,
            publish_until=pattern.publish_until,
        )
        Round.objects.create(
            request=copy,
            number=1,
            revision=round_.revision,
            content=round_.content,
            content_digest=round_.content_digest,
            digest=round_.digest,
            form=round_.form,
        )
    return pattern


@pytest.fixture
def queries(logged_in):
    def count(address, name="head"):
        client = logged_in(name)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def test_few_queries_however_many_wait(office, people, queries):
    """Of the whole answer, with the menu and everything else around it."""
    Job.objects.create(name="any", last_finished=timezone.now())
    found = {}
    for waiting in (5, 195):
        pattern = wait_for_head(office, people, waiting)
        review = reverse("govpub_publishing:review", args=[pattern.pk])
        found[waiting] = [queries(address) for address in (INBOX, review, HOME)]
        PublicationRequest.objects.update(number=F("number") + 1000 * waiting)
    # Some small thing or other is asked for once in the life of a process.
    for few, many in zip(found[5], found[195], strict=True):
        assert many <= few + 1
    inbox_queries, review_queries, _home = found[195]
    assert inbox_queries < 20
    assert review_queries < 20


def test_panel_alone_needs_few_queries(office, people, rf):
    wait_for_head(office, people, 30)
    request = rf.get(HOME)
    request.user = people.head
    with CaptureQueriesContext(connection) as captured:
        html = WaitingPanel().render_html({"request": request})
    assert "เรื่องที่" in html
    assert len(captured) < 8


# --- The dashboard ------------------------------------------------------------


def test_dashboard_has_one_list_of_what_waits(proposed, logged_in):
    page = logged_in("head").get(HOME).content.decode()
    review = reverse("govpub_publishing:review", args=[proposed.pk])
    assert review in page
    # Wagtail's own moderation panel, with its buttons without reasons, is not there.
    assert "workflow_action" not in page
    assert f"/pages/workflow/action/{proposed.page_id}/" not in page
    mine = logged_in("officer").get(HOME).content.decode()
    assert "w-panel" in mine
    assert "workflow/status" not in mine


def test_other_pages_are_still_moderated_by_wagtail(
    office, people, logged_in, proposed
):
    """A host site may moderate its own pages; those stay in Wagtail's panel."""
    group = Group.objects.create(name="reviewers")
    people.head.groups.add(group)
    task = GroupApprovalTask.objects.create(name="other")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="other")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    root = Page.objects.get(pk=office.root_page_id)
    plain = root.add_child(instance=Page(title="หน้าธรรมดา", slug="plain", live=False))
    plain.save_revision(user=people.officer)
    workflow.start(plain, people.officer)
    page = logged_in("head").get(HOME).content.decode()
    assert f"/admin/pages/workflow/action/{plain.pk}/" in page
    assert f"/admin/pages/workflow/action/{proposed.page_id}/" not in page
    assert TaskState.objects.filter(status="in_progress").count() == 2


def test_moderation_of_wagtail_lists_what_ours_does(office, people, proposed):
    """Wagtail's report of tasks asks the task itself; it must say the same."""
    own = draft_news(office, people.officer)
    own.save_revision(user=people.head)
    procedure.propose(type(own).objects.get(pk=own.pk), by=people.officer)
    for name in ("head", "head2", "webmaster", "officer"):
        user = getattr(people, name)
        states = TaskState.objects.reviewable_by(user)
        pages = {int(state.workflow_state.object_id) for state in states}
        ours = waiting_for(user).exclude(status="returned")
        assert pages == set(ours.values_list("page_id", flat=True)), name


# --- Notices of other apps ----------------------------------------------------


@pytest.fixture
def warns():
    calls = []

    def warn(user, rounds):
        calls.append(len(rounds))
        notice = ReviewNotice("พบเลขประจำตัวประชาชน", ["หน้า 2"], serious=True)
        return {round_.pk: [notice] for round_ in rounds}

    with hooks.register_temporarily("register_govpub_review_notice", warn):
        yield calls


def test_notice_of_another_app_stands_on_card_and_review(
    office, people, proposed, logged_in, warns
):
    propose(office, people)
    head = logged_in("head")
    assert card_html(head).count("พบเลขประจำตัวประชาชน") == 2
    assert warns == [2]
    review = head.get(reverse("govpub_publishing:review", args=[proposed.pk]))
    assert "หน้า 2" in review.content.decode()


def test_acts_are_not_touched_by_looking(proposed, logged_in):
    head = logged_in("head")
    for address in (
        INBOX,
        HOME,
        reverse("govpub_publishing:review", args=[proposed.pk]),
    ):
        head.get(address)
    assert Act.objects.count() == 1
