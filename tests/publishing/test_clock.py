"""Since when a request waits, when its next step is due, what is overdue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import Step
from govpub.publishing.models import ProcedureStep, PublicationRequest
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office_hours():
    """A Tuesday morning in Bangkok, so that working time runs with the clock."""
    with freeze_time("2026-11-24 02:00:00+00:00", tick=True):
        yield


@pytest.fixture
def targets(office):
    """The head has 20 minutes, the Web Master 45, telling back 10."""
    times = {Step.CONSIDER: 20, Step.PUT_UP: 45, Step.TELL_BACK: 10}
    for step, minutes in times.items():
        ProcedureStep.objects.filter(site=office, step=step).update(
            target_minutes=minutes
        )


@pytest.fixture
def proposed(office, people, targets):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def waits(request):
    """How long the next step may take, in minutes; ``None`` if it has no time."""
    request.refresh_from_db()
    if request.due_at is None:
        return None
    return round((request.due_at - request.waiting_since) / timedelta(minutes=1), 6)


def test_each_step_is_due_after_its_own_target_time(proposed, people):
    assert waits(proposed) == 20
    before = proposed.waiting_since
    procedure.allow(proposed, by=people.head)
    assert waits(proposed) == 45
    assert proposed.waiting_since > before
    procedure.put_up(proposed, by=people.webmaster, checks=ALL_CHECKED)
    assert waits(proposed) is None


def test_refused_is_due_at_the_web_master_and_then_no_more(proposed, people):
    procedure.refuse(proposed, by=people.head, words="ไม่ครบ")
    assert waits(proposed) == 10
    procedure.tell_back(proposed, by=people.webmaster)
    assert waits(proposed) is None


def test_a_new_round_waits_anew(proposed, people):
    procedure.refuse(proposed, by=people.head, words="ไม่ครบ")
    procedure.tell_back(proposed, by=people.webmaster)
    with freeze_time(timezone.now() + timedelta(days=1)):
        again = procedure.propose(proposed.page.specific, by=people.officer)
        assert waits(again) == 20
        assert again.waiting_since == timezone.now()


def test_step_without_target_time_is_never_due(office, people, targets):
    ProcedureStep.objects.filter(step=Step.CONSIDER).update(target_minutes=None)
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    assert waits(request) is None
    later = timezone.now() + timedelta(days=999)
    assert not PublicationRequest.objects.overdue(later).exists()
    assert not request.is_overdue


def test_due_soon_and_overdue_part_the_waiting_ones(proposed, settings):
    settings.GOVPUB_DUE_SOON_MINUTES = 15
    requests = PublicationRequest.objects

    def after(minutes):
        now = proposed.waiting_since + timedelta(minutes=minutes)
        return requests.due_soon(now).count(), requests.overdue(now).count()

    assert [after(minutes) for minutes in (4, 6, 20, 21)] == [
        (0, 0),
        (1, 0),
        (1, 0),
        (0, 1),
    ]
    with freeze_time(proposed.due_at + timedelta(seconds=1)):
        assert proposed.is_overdue
