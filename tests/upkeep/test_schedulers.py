"""Several schedulers at once, one that is killed, and a hundred items due at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from govpub.models import LEASE, Job
from govpub.publishing import procedure
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import OutboxMail, PublicationRequest
from govpub.upkeep import jobs
from govpub.upkeep.jobs import NAME
from govpub.upkeep.models import DueFailure, Ending
from tests.upkeep.crowd import due_news

PROGRAM = Path(__file__).with_name("scheduler_process.py")
ITEMS = 60


@pytest.mark.django_db
def test_of_100_due_items_one_is_poisoned(office, people, monkeypatch):
    requests = due_news(office, people.officer, 100)
    take_down = procedure.take_down

    def sometimes(request, **kwargs):
        if request.pk == requests[50].pk:
            raise RuntimeError("poison")
        return take_down(request, **kwargs)

    monkeypatch.setattr(procedure, "take_down", sometimes)
    with pytest.raises(SystemExit) as ended:
        call_command("govpub_tick", force=True)
    assert ended.value.code == 1
    done = PublicationRequest.objects.filter(status=RequestStatus.ENDED)
    assert done.count() == 99
    assert DueFailure.objects.get().request_id == requests[50].pk
    told = OutboxMail.objects.filter(request=requests[50], act=None)
    assert [mail.user for mail in told] == [people.webmaster]
    # One notice for the 99, not 99 of them; the last one is told of by itself.
    (mail,) = OutboxMail.objects.filter(user=people.officer)
    assert "99" in mail.subject
    assert mail.body.count(f"/{requests[0].fiscal_year} ") == 99
    monkeypatch.undo()
    call_command("govpub_tick", force=True)
    assert done.count() == 100
    assert not DueFailure.objects.exists()
    assert not Ending.objects.filter(told_at=None).exists()
    mail = OutboxMail.objects.filter(user=people.officer).latest("pk")
    assert mail.request_id == requests[50].pk
    assert mail.act.outcome == "taken_down"
    call_command("govpub_tick", force=True)
    assert OutboxMail.objects.filter(user=people.officer).count() == 2


@pytest.mark.django_db
def test_a_pass_that_was_killed_before_it_told_anybody(office, people, monkeypatch):
    page = due_news(office, people.officer, 2)[0].page.specific
    monkeypatch.setattr(jobs, "follow_up", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.keep_periods()
    assert not OutboxMail.objects.exists()
    monkeypatch.undo()
    assert jobs.keep_periods() == ""  # nothing was left to take down
    (mail,) = OutboxMail.objects.filter(user=people.officer)
    assert "2" in mail.subject
    # Wagtail's search knows them too, in its own index.
    found = type(page).objects.filter(live=False).search("1")
    assert page.pk in [one.pk for one in found]


@pytest.mark.django_db
def test_a_long_pass_keeps_its_claim(office, people):
    due_news(office, people.officer, 1)
    Job.objects.create(name=NAME)
    assert Job.objects.claim(NAME)
    claimed = Job.objects.get(name=NAME).next_run
    time.sleep(0.01)
    jobs.keep_periods()
    assert Job.objects.get(name=NAME).next_run > claimed
    assert Job.objects.get(name=NAME).next_run - claimed < LEASE


# --- In processes of their own ------------------------------------------------------


class Scheduler:
    """A process with a database of its own or of others; answers to commands."""

    def __init__(self, database: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), "serve"],
            env={**os.environ, "DATABASE_URL": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, command: str) -> None:
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        return self.process.stdout.readline().strip()

    def ask(self, command: str) -> list[int]:
        self.tell(command)
        return [int(word) for word in self.answer().split()]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def schedulers(database):
    """So many schedulers that have read everything, and wait for a command."""
    started: list[Scheduler] = []

    def start(number: int) -> list[Scheduler]:
        started.extend(Scheduler(database) for _ in range(number))
        assert [scheduler.answer() for scheduler in started] == ["ready"] * number
        return started

    yield start
    for scheduler in started:
        scheduler.kill()


@pytest.fixture
def sqlite_file(transactional_db, office, people, tmp_path):
    """The tables of the test with due items, written into a file."""
    if connection.vendor != "sqlite":
        pytest.skip("shown by the run on SQLite")
    due_news(office, people.officer, ITEMS)
    file = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_database(transactional_db, office, people):
    due_news(office, people.officer, ITEMS)
    parts = connection.settings_dict
    host = parts["HOST"] or "127.0.0.1"
    login = parts["USER"] + (f":{parts['PASSWORD']}" if parts["PASSWORD"] else "")
    return f"postgres://{login}@{host}:{parts['PORT'] or 5432}/{parts['NAME']}"


@pytest.fixture(
    params=[
        pytest.param(
            "sqlite_file",
            id="sqlite",
            marks=pytest.mark.django_db(transaction=True),
        ),
        pytest.param(
            "postgres_database",
            id="postgresql",
            marks=[
                pytest.mark.postgres,
                pytest.mark.django_db(transaction=True),
            ],
        ),
    ]
)
def database(request):
    return request.getfixturevalue(request.param)


@pytest.mark.slow
def test_three_at_once_do_every_item_exactly_once(schedulers):
    three = schedulers(3)
    for scheduler in three:
        scheduler.tell("keep")
    answers = [scheduler.answer() for scheduler in three]
    assert all(answers), answers
    # Ended, taken down, told of: each once. None is live, and no ledger is broken.
    assert three[0].ask("numbers") == [ITEMS, ITEMS, 0, ITEMS, 0]


@pytest.mark.slow
def test_killed_in_the_middle_nothing_is_lost_and_nothing_done_twice(schedulers):
    victim, healthy = schedulers(2)
    victim.tell("keep")
    while healthy.ask("ended") == [0]:
        assert victim.process.poll() is None
    victim.kill()
    killed, taken, live, told, faults = healthy.ask("numbers")
    assert 0 < killed < ITEMS
    assert taken == killed  # each item wholly, or not at all
    assert (live, told, faults) == (0, 0, 0)
    healthy.tell("keep")
    assert healthy.answer()
    assert healthy.ask("numbers") == [ITEMS, ITEMS, 0, ITEMS, 0]
