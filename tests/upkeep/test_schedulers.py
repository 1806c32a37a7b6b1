"""Several schedulers at once, one that is killed, and a hundred items due at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
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


def run(database, *arguments):
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def start(database):
    """A scheduler that is ready, and waits for one line to begin."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), "keep"],
        env={**os.environ, "DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "ready"
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    file = tmp_path_factory.mktemp("prepared") / "db.sqlite3"
    run(f"sqlite:///{file}", "prepare", str(ITEMS))
    return file


@pytest.fixture
def sqlite_file(prepared, tmp_path):
    shutil.copy(prepared, tmp_path / "db.sqlite3")
    return f"sqlite:///{tmp_path / 'db.sqlite3'}"


@pytest.fixture
def postgres_database(transactional_db, office, people):
    due_news(office, people.officer, ITEMS)
    parts = connection.settings_dict
    host = parts["HOST"] or "127.0.0.1"
    login = parts["USER"] + (f":{parts['PASSWORD']}" if parts["PASSWORD"] else "")
    return f"postgres://{login}@{host}:{parts['PORT'] or 5432}/{parts['NAME']}"


@pytest.fixture(
    params=[
        pytest.param("sqlite_file", id="sqlite"),
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
def test_three_at_once_do_every_item_exactly_once(database):
    schedulers = [start(database) for _ in range(3)]
    for scheduler in schedulers:
        go(scheduler)
    answers = [scheduler.communicate(timeout=300) for scheduler in schedulers]
    assert [scheduler.returncode for scheduler in schedulers] == [0, 0, 0], answers
    ended, taken, live, faults = map(int, run(database, "numbers").split())
    assert (ended, taken, live, faults) == (ITEMS, ITEMS, 0, 0)


@pytest.mark.slow
def test_killed_in_the_middle_nothing_is_lost_and_nothing_done_twice(database):
    scheduler = start(database)
    go(scheduler)
    ended, tries = 0, 0
    while ended == 0 and tries < 100:
        ended, tries = int(run(database, "numbers").split()[0]), tries + 1
    scheduler.kill()
    scheduler.wait()
    killed, taken, live, faults = map(int, run(database, "numbers").split())
    assert killed == taken  # each item wholly, or not at all
    assert (live, faults) == (0, 0)
    healthy = start(database)
    go(healthy)
    healthy.communicate(timeout=300)
    assert healthy.returncode == 0
    assert run(database, "numbers").split() == [str(ITEMS), str(ITEMS), "0", "0"]
