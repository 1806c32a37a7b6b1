"""Counted equals sent, with several processes, while they stop and are killed.

``GOVPUB_LOAD_REQUESTS=100000`` makes of it the load of the issue, some minutes long;
``-rP`` then shows the figures.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from importlib.util import find_spec

import pytest

from .load import Office, Visitors
from .redis_server import RedisServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="forks, kills and reads /proc"
    ),
    pytest.mark.skipif(
        not find_spec("gunicorn"),
        reason="gunicorn is missing; get it with: pip install -e '.[site]'",
    ),
]

REQUESTS = int(os.environ.get("GOVPUB_LOAD_REQUESTS", "1500"))


@pytest.fixture
def office(tmp_path, own_database):
    office = Office(tmp_path, SMALL_SITE_DATABASE=own_database)
    yield office
    office.stop()


def test_requests_are_counted_as_sent_while_drainers_are_killed(office):
    """Four processes, recycled again and again; no drainer lives half a second."""
    recycled = str(REQUESTS // 11)
    office.start("--max-requests", recycled, "--max-requests-jitter", recycled)
    office.drain_meanwhile("drain_and_die")
    visitors = Visitors(office.port, REQUESTS).start().join()
    office.stop()
    assert visitors.answered == REQUESTS
    assert office.numbers() == (REQUESTS, 1, REQUESTS, 0)
    kills = int((office.folder / "kills").read_text())
    print(kills, "drainers were killed")
    assert kills >= 3


def test_a_graceful_stop_in_the_middle_loses_nothing(office):
    office.start("--graceful-timeout", "30")
    visitors = Visitors(office.port, REQUESTS).start()
    visitors.wait_for(REQUESTS // 3)
    office.server.send_signal(signal.SIGTERM)
    visitors.join()
    office.stop()
    assert REQUESTS // 3 <= visitors.answered < REQUESTS
    views, people, by_hour, lost = office.numbers()
    assert (people, lost) == (1, 0)
    assert views == by_hour == visitors.answered


def test_killing_workers_loses_nothing_that_was_answered(office):
    office.start()
    office.drain_meanwhile()
    visitors = Visitors(office.port, REQUESTS).start()
    for part in (0.2, 0.4, 0.6):
        visitors.wait_for(REQUESTS * part)
        os.kill(office.workers()[0], signal.SIGKILL)
    visitors.join()
    office.stop()
    assert visitors.answered == REQUESTS
    views, people, by_hour, lost = office.numbers()
    assert (people, lost) == (1, 0)
    # What was counted but could not be answered any more was on its way to a client.
    assert views == by_hour
    assert REQUESTS <= views <= REQUESTS + visitors.unanswered
    assert not list(office.folder.glob("spool/*.hits"))


@pytest.mark.skipif(
    not (find_spec("redis") and shutil.which("redis-server")),
    reason="Redis is missing; pip install -e '.[redis]' and apt-get install redis",
)
def test_the_site_answers_all_while_redis_is_killed_and_restarted(
    tmp_path, own_database
):
    server = RedisServer(tmp_path)
    office = Office(
        tmp_path, SMALL_SITE_DATABASE=own_database, SMALL_SITE_REDIS=server.url
    )
    try:
        office.start()
        office.drain_meanwhile()
        visitors = Visitors(office.port, REQUESTS).start()
        visitors.wait_for(REQUESTS // 4)
        server.kill()
        visitors.wait_for(REQUESTS // 2)
        server.start()
        visitors.join()
        office.stop()
        assert (visitors.answered, visitors.unanswered) == (REQUESTS, 0)
        views, _people, by_hour, lost = office.numbers()
    finally:
        office.stop()
        server.kill()
    # Each visit was counted or told as a loss: what was on its way when Redis died, one
    # for each thread, and what waited too long for a Redis that starts.
    print(lost, "were told as lost,", REQUESTS - views, "were not counted")
    assert REQUESTS - lost <= views <= REQUESTS
    assert views == by_hour
    assert lost <= 16 + REQUESTS // 1000
