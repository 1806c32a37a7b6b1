"""Wagtail's traps E: schedule and end of a period.

Each shows first what Wagtail does of itself, on a plain page.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import (
    Page,
    PageLogEntry,
    Revision,
    WorkflowState,
)
from wagtail.signals import page_unpublished

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.doctor import examine
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ProcedureError,
)
from govpub.publishing.models import (
    Act,
    PublicationRequest,
)
from govpub.upkeep.jobs import SomeItemsFailed, keep_periods
from tests.drafts import category, draft_news, published_news
from tests.publishing.screens import (
    approve,
    days,
    fresh,
    hours,
    later,
    propose_newer,
)

pytestmark = pytest.mark.django_db


def test_E1_without_a_scheduler_nothing_ends(public, client, stock, people):
    """What is over is served and listed until a cron job runs."""
    plain = stock.live(people.superuser)
    Page.objects.filter(pk=plain.pk).update(expire_at=hours(-10))
    assert stock.get(client, plain).status_code == 200
    assert Page.objects.live().filter(pk=plain.pk).exists()

    assert client.get(public.url).status_code == 200
    with later(40):
        assert fresh(public).live
        assert public.summary not in client.get(public.url).content.decode()
        assert not NewsPage.objects.public().exists()


def test_E2_an_extension_that_waits_does_not_count(public, people, stock):
    """The period that was approved ends; the extension is a request of its own."""
    plain = stock.live(people.superuser, expire_at=hours(1))
    plain.expire_at = hours(99)
    plain.save_revision(user=people.superuser)
    Page.objects.filter(pk=plain.pk).update(expire_at=hours(-1))
    call_command("publish_scheduled", verbosity=0)
    assert not stock.fresh(plain).live

    extension = propose_newer(public, people, publish_until=days(90))
    with later(40):
        keep_periods()
        assert not fresh(public).live
        approve(extension, people)
        assert fresh(public).is_public


def test_E3_taking_down_wipes_what_is_scheduled(public, people, stock):
    """An approved successor still appears on its day."""
    plain = stock.live(people.superuser, expire_at=hours(1))
    stock.scheduled(plain, hours(1), title="successor", expire_at=hours(99))
    stock.due(plain)
    Page.objects.filter(pk=plain.pk).update(expire_at=hours(-1))
    call_command("publish_scheduled", verbosity=0)
    assert (stock.fresh(plain).live, stock.fresh(plain).scheduled_revision) == (
        False,
        None,
    )

    older = public.published_request
    successor = propose_newer(public, people, publish_from=days(3))
    approve(successor, people)
    procedure.take_down(older, by=people.webmaster, words="ข้อมูลผิด")
    with later(3):
        keep_periods()
        assert fresh(public).is_public
    assert fresh(public).summary == "ฉบับใหม่"


def test_E4_nothing_can_be_taken_down_while_a_successor_waits(public, people, stock):
    """The lock of a scheduled version keeps even a superuser from unpublishing."""
    plain = stock.live(people.superuser)
    assert plain.permissions_for_user(people.superuser).can_unpublish()
    plain = stock.scheduled(plain, hours(9))
    assert not plain.permissions_for_user(people.superuser).can_unpublish()

    older = public.published_request
    approve(propose_newer(public, people, publish_from=days(3)), people)
    procedure.take_down(older, by=people.webmaster, words="มีข้อมูลส่วนบุคคล")
    assert not fresh(public).live


def test_E5_approving_after_the_end(office, people, stock):
    """Approved too late, a page goes up and comes down by turns."""
    plain, state = stock.submitted(people.superuser, expire_at=hours(1))
    revision = plain.get_latest_revision()
    revision.content["expire_at"] = hours(-1).isoformat()
    revision.save()
    stock.approve(state, people.superuser)
    assert stock.fresh(plain).live
    call_command("publish_scheduled", verbosity=0)
    assert not stock.fresh(plain).live

    page = draft_news(office, people.officer, publish_until=days(1))
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    with later(5), pytest.raises(ProcedureError):
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert not fresh(page).live


def test_E6_two_approved_ways_at_once(office, people, stock):
    """A page has one open request; another proposal waits until it is done."""
    plain = stock.scheduled(stock.live(people.superuser), hours(1), title="scheduled")
    plain.title, plain.go_live_at = "under review", None
    plain.save_revision(user=people.superuser)
    state = stock.workflow.start(stock.fresh(plain), people.superuser)
    stock.due(plain)
    call_command("publish_scheduled", verbosity=0)
    state.refresh_from_db()
    assert (stock.fresh(plain).title, state.status) == ("scheduled", "cancelled")

    page = draft_news(office, people.officer, publish_from=days(3))
    approve(procedure.propose(page, by=people.officer), people)
    with pytest.raises(ProcedureError):
        propose_newer(page, people)
    assert PublicationRequest.objects.count() == 1


def test_E7_one_bad_item_stops_the_run(office, people, monkeypatch, stock):
    """The others still come down, and the bad one is named."""
    first, second = (stock.live(people.superuser, slug=slug) for slug in "ab")
    Page.objects.filter(pk=first.pk).update(expire_at=hours(-2))
    Page.objects.filter(pk=second.pk).update(expire_at=hours(-1))

    def fail(sender, instance, **kwargs):
        raise RuntimeError("the cache is down")

    page_unpublished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            call_command("publish_scheduled", verbosity=0)
    finally:
        page_unpublished.disconnect(fail)
    assert stock.fresh(second).live

    pages = [published_news(office, people) for _ in range(3)]
    bad = pages[0].published_request
    take_down = procedure.take_down

    def sometimes(request, **kwargs):
        if request.pk == bad.pk:
            raise RuntimeError("poison")
        return take_down(request, **kwargs)

    monkeypatch.setattr(procedure, "take_down", sometimes)
    with later(40), pytest.raises(SomeItemsFailed, match=bad.code):
        keep_periods()
    assert [fresh(page).live for page in pages] == [True, False, False]


def test_E8_two_schedulers_publish_twice(office, people, stock):
    """The second one finds that it was done."""
    plain = stock.scheduled(stock.draft(people.superuser), hours(1))
    stock.due(plain)
    held = [Revision.objects.get(pk=plain.scheduled_revision.pk) for _ in range(2)]
    for revision in held:
        revision.publish(log_action="wagtail.publish.scheduled")
    entries = PageLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert entries.count() == 2

    page = draft_news(office, people.officer, publish_from=days(1))
    request = approve(procedure.propose(page, by=people.officer), people)
    with later(1):
        procedure.go_live(request, by=people.webmaster)
        with pytest.raises(AlreadyDecided):
            procedure.go_live(request, by=people.webmaster)
    assert request.acts.filter(outcome="went_live").count() == 1


def test_E9_nobody_did_it(public, stock, people):
    """What the scheduler does is done in a name, and for a request."""
    plain = stock.live(people.superuser)
    Page.objects.filter(pk=plain.pk).update(expire_at=hours(-1))
    call_command("publish_scheduled", verbosity=0)
    entry = PageLogEntry.objects.get(
        page=plain.pk, action="wagtail.unpublish.scheduled"
    )
    assert entry.user is None

    with later(40):
        keep_periods()
    act = Act.objects.get(outcome="taken_down")
    assert act.user.username == "govpub-robot"
    assert act.round.request == PublicationRequest.objects.get(page=public.pk)


def test_E10_hiding_a_parent_leaves_its_children(office, public, people, stock, client):
    """Nobody hides a page of the frame, so no child is left behind."""
    parent = stock.live(people.superuser)
    parent.add_child(instance=Page(title="child", slug="child", live=True))
    parent.unpublish(user=people.superuser)
    answer = client.get("/stock/child/", headers={"host": "bare.example"})
    assert answer.status_code == 200

    section = category(office, 8)
    tester = section.permissions_for_user(people.superuser)
    assert not tester.can_unpublish()
    client = Client()
    client.force_login(people.superuser)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[section.pk]))
    assert category(office, 8).live


def test_E11_taking_down_leaves_a_review_behind(public, people, stock):
    """What is still under review says so in its request and in Wagtail alike."""
    plain = stock.live(people.superuser)
    plain.save_revision(user=people.superuser)
    state = stock.workflow.start(plain, people.superuser)
    stock.fresh(plain).unpublish(user=people.superuser)
    state.refresh_from_db()
    assert state.status == "in_progress"

    older = public.published_request
    newer = propose_newer(public, people)
    procedure.take_down(older, by=people.webmaster, words="ข้อมูลผิด")
    newer.refresh_from_db()
    assert newer.is_in_review
    assert WorkflowState.objects.active().for_instance(public).exists()
    assert list(examine()) == []


def test_E12_a_version_whose_time_is_over_is_published(office, people, client, stock):
    """If the scheduler slept through a whole period, nothing of it is shown."""
    plain = stock.scheduled(stock.draft(people.superuser), hours(1), expire_at=hours(2))
    stock.due(plain)
    revision = Page.objects.get(pk=plain.pk).scheduled_revision
    revision.content["expire_at"] = hours(-1).isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert stock.get(client, stock.fresh(plain)).status_code == 200

    page = draft_news(
        office, people.officer, publish_from=days(1), publish_until=days(2)
    )
    request = approve(procedure.propose(page, by=people.officer), people)
    with later(9):
        assert client.get(page.url).status_code == 404
        keep_periods()
        assert client.get(page.url).status_code == 404
    assert not fresh(page).live
    # It was never public, not for the moment between two jobs either.
    outcomes = [act.outcome for act in request.acts]
    assert outcomes[-2:] == ["approved_for_day", "stopped"]
    assert not PublicationRequest.objects.exclude(published_at=None).exists()
