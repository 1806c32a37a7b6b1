"""After a day of traffic nothing in the database or the spool tells who was here."""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from govpub.stats import collector, rollup
from govpub.stats.models import Visitor
from govpub.stats.visitors import visitor_hash

from .conftest import FIREFOX, PHONE

ROOT = Path(__file__).parents[2]


def hello(request):
    return HttpResponse("<p>hello")


urlpatterns = [path("hello/", hello)]

DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def traces(address, browser, salt, site):
    """Everything by which this person could be found again, as octets."""
    number = visitor_hash(salt, site, address, browser)
    return [
        address.encode(),
        socket.inet_aton(address),
        browser.encode(),
        browser.encode()[:40],
        str(number).encode(),
        f"{number:x}".encode(),
        number.to_bytes(8, "big"),
        number.to_bytes(8, "little"),
        salt,
        salt.hex().encode(),
    ]


@pytest.fixture
def people():
    chance = random.Random(3)
    return [
        (f"198.51.100.{n}", f"{chance.choice((FIREFOX, PHONE))} Edition/{n}")
        for n in range(1, 60)
    ]


@pytest.mark.slow
def test_the_database_file_holds_nothing_of_anybody(tmp_path):
    """Played by ``day_of_traffic`` in a database of its own; see there."""
    result = subprocess.run(
        [sys.executable, Path(__file__).with_name("day_of_traffic.py"), tmp_path],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"PYTHONHASHSEED": "1"},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    views, searched, found_before, found_after = map(int, result.stdout.split())
    assert views == 300
    assert searched >= 300
    # The search finds what is there: during the day the hashes are in the tables.
    assert found_before > 0
    assert found_after == 0


@pytest.mark.django_db
class TestTwoDays:
    @pytest.fixture(autouse=True)
    def addresses(self, settings, office):
        settings.ROOT_URLCONF = __name__

    def hashes(self, people, person, drain):
        for address, browser in people:
            person(address=address, browser=browser).reads("/hello/")
        drain()
        return set(Visitor.objects.values_list("visitor", flat=True))

    def test_visitors_of_two_days_cannot_be_linked(self, people, person, drain):
        with time_machine.travel(DAY):
            first = self.hashes(people, person, drain)
        with time_machine.travel(NEXT_DAY):
            second = self.hashes(people, person, drain) - first
        assert len(first) == len(second) == len(people)
        assert not first & second

    def test_yesterdays_salt_and_hashes_are_gone(
        self, people, person, drain, office, tmp_path
    ):
        with time_machine.travel(DAY):
            self.hashes(people, person, drain)
            salt = collector.get_collector().store.salt(time.time())
        with time_machine.travel(NEXT_DAY):
            drain()
            rollup.tidy()
            assert not Visitor.objects.exists()
        folder = tmp_path / "spool"
        left = b"".join(file.read_bytes() for file in folder.glob("salt*"))
        assert salt not in left

    def test_the_spool_holds_no_address_and_no_browser(self, people, person, tmp_path):
        for address, browser in people:
            person(address=address, browser=browser).reads(
                "/hello/", HTTP_REFERER=f"https://{address}/"
            )
        spool = b"".join(
            file.read_bytes() for file in (tmp_path / "spool").glob("*.hits")
        )
        assert spool.count(b"\n") == len(people)
        for address, browser in people:
            assert address.encode() not in spool
            assert browser.encode() not in spool
            assert b"Mozilla" not in spool

    def test_no_column_can_hold_an_address(self):
        tables = [
            name
            for name in connection.introspection.table_names()
            if name.startswith("govpub_stats")
        ]
        assert len(tables) >= 8
        with connection.cursor() as cursor:
            for table in tables:
                columns = connection.introspection.get_table_description(cursor, table)
                for column in columns:
                    assert column.name not in ("ip", "address", "user_agent", "salt")


def test_the_search_of_octets_finds_a_planted_address(tmp_path):
    file = tmp_path / "x.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("create table t (a text)")
        database.execute("insert into t values ('198.51.100.7')")
    database.close()
    assert b"198.51.100.7" in file.read_bytes()
