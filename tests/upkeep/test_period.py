"""Up on its day, down at the end of its period, by the scheduler."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from wagtail.models import Revision

from govpub.categories.models import NewsPage
from govpub.jobs import run_due_jobs
from govpub.models import Job
from govpub.publishing import outbox, procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import NotYourTurn
from govpub.publishing.models import (
    Act,
    MailStatus,
    OutboxMail,
    PublicationRequest,
)
from govpub.upkeep.actions import verify
from govpub.upkeep.jobs import SomeItemsFailed, keep_periods
from govpub.upkeep.models import DueFailure, Ending, EndKind
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db
BEFORE_MIDNIGHT, AFTER_MIDNIGHT = "16:59:50", "17:00:10"  # 23:59:50 in Bangkok
LAST_DAYS = ["2026-11-30", "2026-12-31", "2027-09-30", "2028-02-29"]


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("last_day", LAST_DAYS)
def test_public_until_bangkok_midnight_of_the_last_day(
    office, people, client, last_day
):
    with freeze_time("2026-11-20 03:00"):
        until = date.fromisoformat(last_day)
        page = published_news(office, people, publish_until=until)
    with freeze_time(f"{last_day} {BEFORE_MIDNIGHT}"):
        assert client.get(page.url).status_code == 200
        assert keep_periods() == ""
    with freeze_time(f"{last_day} {AFTER_MIDNIGHT}"):
        # Not even when no scheduler has run.
        assert page.summary not in client.get(page.url).content.decode()
        assert NewsPage.objects.public().count() == 0
        keep_periods()
    assert not fresh(page).live
    request = PublicationRequest.objects.get(page=page.pk)
    assert request.status == RequestStatus.ENDED
    act = request.acts.last()
    assert act.user.username == "govpub-robot"
    assert act.outcome == "taken_down"
    ending = Ending.objects.get(request=request)
    assert (ending.kind, ending.ended_on) == (EndKind.OVER, until)


def test_goes_up_on_its_day(office, people, client):
    day = timezone.localdate() + timedelta(days=3)
    page = draft_news(office, people.officer, publish_from=day)
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    keep_periods()
    assert client.get(page.url).status_code == 404
    with freeze_time(timezone.now() + timedelta(days=3)):
        keep_periods()
        assert client.get(page.url).status_code == 200


def test_changed_after_it_was_checked_it_does_not_go_up(office, people):
    day = timezone.localdate() + timedelta(days=1)
    page = draft_news(office, people.officer, publish_from=day)
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    # Past Wagtail, which would save it as another draft.
    revision = Revision.objects.get(pk=request.current_round.revision_id)
    changed = {**revision.content, "summary": "แก้ในฉบับเดิม"}
    Revision.objects.filter(pk=revision.pk).update(content=changed)
    with (
        freeze_time(timezone.now() + timedelta(days=1)),
        pytest.raises(SomeItemsFailed),
    ):
        keep_periods()
    assert not fresh(page).live


def test_one_poisoned_item_does_not_stop_the_others(office, people, monkeypatch):
    pages = [published_news(office, people) for _ in range(4)]
    poisoned = pages[1].published_request
    take_down = procedure.take_down

    def sometimes(request, **kwargs):
        if request.pk == poisoned.pk:
            raise RuntimeError("poison")
        return take_down(request, **kwargs)

    monkeypatch.setattr(procedure, "take_down", sometimes)
    with freeze_time(timezone.now() + timedelta(days=40)):
        for _again in range(2):
            with pytest.raises(SystemExit):
                call_command("govpub_tick", force=True)
        assert [fresh(page).live for page in pages] == [False, True, False, False]
        failure = DueFailure.objects.get()
        assert failure.request == poisoned
        assert "poison" in failure.error
        assert failure.attempts == 2
        # Told at once, and not again at every pass.
        told = OutboxMail.objects.filter(request=poisoned, act=None)
        assert [mail.user for mail in told] == [people.webmaster]
        monkeypatch.undo()
        call_command("govpub_tick", force=True)
        assert not fresh(pages[1]).live
        assert not DueFailure.objects.exists()


def test_a_job_under_way_is_not_run_a_second_time(office):
    list(run_due_jobs(force=True))
    name = "govpub.upkeep.period"
    Job.objects.filter(name=name).update(
        last_started=timezone.now(),
        last_finished=timezone.now() - timedelta(hours=1),
        next_run=timezone.now() + timedelta(minutes=5),
    )
    assert name not in [outcome.name for outcome in run_due_jobs(force=True)]


def test_core_publish_scheduled_does_no_harm(office, people):
    page = published_news(office, people)
    with freeze_time(timezone.now() + timedelta(days=40)):
        call_command("publish_scheduled")
    assert fresh(page).live


def test_verified_by_the_webmaster(office, people):
    page = published_news(office, people)
    request = page.published_request
    with freeze_time(timezone.now() + timedelta(days=2)):
        verify(request, by=people.webmaster)
        request.refresh_from_db()
        assert request.verified_at == timezone.now()
    with pytest.raises(NotYourTurn):
        verify(request, by=people.officer2)
    assert Act.objects.filter(outcome="verified").count() == 1


def test_health_says_whether_the_scheduler_runs(office, client):
    assert client.get("/healthz").json() == {"database": "up", "scheduler": "never"}
    call_command("govpub_tick")
    assert client.get("/healthz").json()["scheduler"] == "running"
    with freeze_time(timezone.now() + timedelta(hours=1)):
        assert client.get("/healthz").json()["scheduler"] == "late"


def test_many_mails_are_left_for_the_round_of_mails(
    office, people, monkeypatch, django_capture_on_commit_callbacks
):
    """A mail server that does not answer does not hold up what is due."""
    published_news(office, people)
    sent = []
    monkeypatch.setattr(outbox, "send", sent.append)
    OutboxMail.objects.all().delete()
    with (
        freeze_time(timezone.now() + timedelta(days=31)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert keep_periods() != ""
    assert sent == []
    assert OutboxMail.objects.filter(status=MailStatus.NEW).count() == 1
