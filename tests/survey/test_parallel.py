"""Many at once: nobody is counted twice and nobody is lost, on a real database file.

SQLite keeps the database of the tests in memory, which threads cannot share; there the
players run in a process of their own on a copy of it. On PostgreSQL they run here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from govpub.survey.queries import open_round
from tests.survey.crowd import addresses_of, play, summary

PLAYERS = """
import sys
import django
django.setup()
from tests.survey.crowd import main
main(*sys.argv[1:])
"""
PROJECT = Path(__file__).resolve().parents[2]


def played(office, tmp_path, *, number, same, threads):
    """Play and tell: statuses and summary."""
    if connection.vendor != "sqlite":
        taken = play(office.hostname, addresses_of(number, same=same), threads)
        return {"taken": taken, **summary(open_round(office))}
    file = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    order = [office.hostname, str(number), str(int(same)), str(threads)]
    done = subprocess.run(
        [sys.executable, "-c", PLAYERS, *order],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{file}",
            "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def settled(transactional_db, office, settings):
    """An office whose rows are committed, so that other threads see them."""
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 1_000_000
    return office


@pytest.mark.slow
def test_fifty_parallel_answers_of_one_visitor_count_once(settled, tmp_path):
    told = played(settled, tmp_path, number=50, same=True, threads=50)
    assert told["taken"] == 50
    assert (told["responses"], told["n"]) == (1, 1)
    assert (told["answers"], told["tallied"]) == (2, 2)
    assert told["from_network"] == 50


@pytest.mark.slow
def test_ten_thousand_different_answers_are_all_counted(settled, tmp_path):
    told = played(settled, tmp_path, number=10_000, same=False, threads=4)
    assert told["taken"] == 10_000
    assert (told["responses"], told["n"]) == (10_000, 10_000)
    assert (told["answers"], told["tallied"]) == (20_000, 20_000)
    assert told["per_level"] == [2000] * 5
