"""A refusal reaches the officer through the Web Master, or at once if so chosen."""

from __future__ import annotations

import pytest

from govpub.publishing import ledger, procedure
from govpub.publishing.models import OutboxMail, ProcedureSettings
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(office):
    rules = ProcedureSettings.for_site(office)
    rules.pass_on_automatically = True
    rules.save()


def refused(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    return procedure.refuse(request, by=people.head, words="ข้อมูลไม่ครบ")


def told(people):
    return [
        mail.body
        for mail in OutboxMail.objects.filter(user=people.officer)
        if "ข้อมูลไม่ครบ" in mail.body
    ]


def test_by_the_web_master(office, people):
    request = refused(office, people)
    assert request.status == "refused"
    assert told(people) == []
    procedure.tell_back(request, by=people.webmaster)
    assert len(told(people)) == 1


def test_at_once(office, people, at_once):
    request = refused(office, people)
    request.refresh_from_db()
    assert request.status == "returned"
    assert len(told(people)) == 1
    acts = [(act.outcome, act.person) for act in request.acts]
    assert acts[1][0] == "refused"
    assert acts[2] == ("returned", "ระบบตั้งเวลา")
    assert list(ledger.faults(office)) == []
    again = procedure.propose(request.page.specific, by=people.officer)
    assert (again.pk, again.rounds.count()) == (request.pk, 2)


def test_another_office_keeps_its_own_way(office, second_office, people, at_once):
    assert not ProcedureSettings.for_site(second_office).pass_on_automatically
