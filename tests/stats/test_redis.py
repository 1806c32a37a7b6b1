"""Several computers count through a real Redis."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import path

from govpub.stats import collector, ledger
from govpub.stats.hits import Event, Hit
from govpub.stats.models import Drained, HourlyCount, Kind, Loss, Visitor

from .conftest import FIREFOX
from .redis_server import RedisServer

redis = pytest.importorskip("redis", reason="the package redis is not installed")
from govpub.stats.store import redis as redis_store  # noqa: E402
from govpub.stats.store.base import NotKept  # noqa: E402
from govpub.stats.store.redis import RedisStore  # noqa: E402

SERVER = "redis://127.0.0.1:6379"


def is_running():
    try:
        return redis.Redis.from_url(SERVER, socket_connect_timeout=1).ping()
    except redis.exceptions.RedisError:
        return False


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_running(), reason="no Redis answers at 127.0.0.1:6379"),
]


def hello(request):
    return HttpResponse("<p>hello")


urlpatterns = [path("hello/", hello)]


@pytest.fixture(scope="module")
def address():
    """One of the server's sixteen databases; another run beside this has another."""
    turn = redis.Redis.from_url(SERVER).incr("govpub-tests")
    return f"{SERVER}/{turn % 15 + 1}"


@pytest.fixture(autouse=True)
def store(settings, office, address):
    """A Redis database of the test's own, empty."""
    settings.GOVPUB_STATS_STORE = "govpub.stats.store.redis.RedisStore"
    settings.GOVPUB_STATS_REDIS_URL = address
    settings.ROOT_URLCONF = __name__
    server = redis.Redis.from_url(address)
    server.flushdb()
    yield server
    server.flushdb()


def view(office, visitor=1, at=None, **more):
    return Hit(
        at or int(time.time()), office.pk, Event.VIEW, "/a/", visitor=visitor, **more
    )


def test_a_page_is_counted_through_redis(person, drain, count_of, store):
    person().reads("/hello/", HTTP_REFERER="https://moph.go.th/")
    person().reads("/hello/")
    assert not collector.get_collector().store.spool.segments()
    assert drain() == 2
    assert count_of(Kind.SITE) == (2, 1)
    assert count_of(Kind.ADDRESS, "/hello/") == (2, 1)
    assert count_of(Kind.REFERRER, "moph.go.th") == (1, 0)
    assert drain() == 0


def test_two_computers_share_salt_and_visitors(count_of, office):
    one, two = RedisStore(), RedisStore()
    assert one.salt(time.time()) == two.salt(time.time())
    for number in range(40):
        (one, two)[number % 2].append(view(office, visitor=number // 4 + 1))
    assert one.drain() + two.drain() == 40
    assert count_of(Kind.SITE) == (40, 10)
    assert HourlyCount.objects.get(subject__kind=Kind.SITE).visitors == 10
    assert not Visitor.objects.exists()


def test_visitors_are_estimated_within_two_percent(count_of, office, drain):
    store = RedisStore()
    for visitor in range(1, 2001):
        store.append(view(office, visitor * 7919))
        if visitor % 700 == 0:
            drain()
    drain()
    views, visitors = count_of(Kind.SITE)
    assert views == 2000
    assert abs(visitors - 2000) <= 40


def test_a_batch_drained_twice_counts_once(count_of, office, drain, monkeypatch):
    """The drainer dies after its transaction, before it can remove the batch."""
    RedisStore().append(view(office))

    def die(self, *keys):
        raise redis.exceptions.ConnectionError("killed")

    monkeypatch.setattr(redis.Redis, "delete", die)
    with pytest.raises(redis.exceptions.ConnectionError):
        drain()
    monkeypatch.undo()
    assert drain() == 0
    assert count_of(Kind.SITE) == (1, 1)


def test_a_drainer_that_dies_before_its_transaction_loses_nothing(
    count_of, office, drain, monkeypatch, store
):
    RedisStore().append(view(office))

    def die(*args):
        raise DatabaseError("killed")

    monkeypatch.setattr(ledger, "post", die)
    with pytest.raises(DatabaseError):
        drain()
    monkeypatch.undo()
    RedisStore().append(view(office, visitor=2))
    assert drain() == 2
    assert count_of(Kind.SITE) == (2, 2)
    assert not store.keys(f"{redis_store.CLOSED}*")
    assert Drained.objects.count() == 2


def test_the_salt_is_gone_at_midnight_and_the_sketches_an_hour_later(store, office):
    RedisStore().salt(time.time())
    RedisStore().append(view(office))
    (salt,) = store.keys("*salt*")
    (sketch,) = store.keys("*:day:*:site:*")
    assert 0 < store.ttl(salt) <= 86400
    assert store.ttl(salt) + 3500 < store.ttl(sketch) <= store.ttl(salt) + 3601


def test_nothing_in_redis_is_an_address_or_a_browser(person, store):
    person(address="198.51.100.77").reads("/hello/")
    dump = b"".join(
        store.dump(key) for key in store.keys("*") if b"salt" not in key
    ) + b"".join(store.keys())
    assert b"198.51.100.77" not in dump
    assert b"Mozilla" not in dump


def test_online_is_known_to_every_computer(office):
    now = int(time.time())
    RedisStore().append(view(office, 1, now - 400))
    RedisStore().append(view(office, 2, now - 200))
    RedisStore().append(view(office, 2, now))
    assert RedisStore().online(office.pk) == 1
    assert RedisStore().online(office.pk + 1) == 0


@pytest.fixture
def server(tmp_path):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    server = RedisServer(tmp_path)
    yield server
    server.kill()


def test_the_site_answers_while_redis_is_killed_and_restarted(
    person, drain, count_of, server, settings, monkeypatch
):
    monkeypatch.setattr(redis_store, "REST_SECONDS", 0.0)
    settings.GOVPUB_STATS_REDIS_URL = server.url
    readers = [person(address=f"203.0.113.{n}") for n in range(10)]

    def everybody_reads():
        assert {r.reads("/hello/").status_code for r in readers} == {200}

    everybody_reads()
    server.kill()
    everybody_reads()
    with pytest.raises(redis.exceptions.RedisError):
        drain()
    server.start()
    everybody_reads()
    drain()
    lost = sum(loss.hits for loss in Loss.objects.all())
    assert lost <= 1  # the one that was on its way
    assert count_of(Kind.SITE)[0] == 30 - lost
    assert count_of(Kind.SITE)[1] >= 10


def test_a_hit_whose_answer_is_lost_is_a_loss_and_never_counted_twice(
    count_of, drain, office, monkeypatch
):
    store = RedisStore()
    add = store._add

    def add_without_answer(hit):
        add(hit)
        raise redis.exceptions.TimeoutError

    monkeypatch.setattr(store, "_add", add_without_answer)
    with pytest.raises(NotKept) as refusal:
        store.append(view(office))
    assert refusal.value.reason == Loss.Reason.STORE
    drain()
    assert count_of(Kind.SITE) == (1, 1)


def test_a_redis_that_never_was_there_is_no_error(person, drain, settings):
    settings.GOVPUB_STATS_REDIS_URL = "redis://127.0.0.1:1/0"
    assert person().reads("/hello/").status_code == 200
    assert person().reads("/hello/").status_code == 200
    assert len(collector.get_collector().store.spool.segments()) == 1


def memory_of(pid):
    """Everything a process has in its memory."""
    octets = bytearray()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in span.split("-"))
            with suppress(OSError):
                memory.seek(start)
                octets += memory.read(end - start)
    return bytes(octets)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_neither_memory_nor_file_of_redis_tells_who_was_here(
    person, server, settings, tmp_path
):
    settings.GOVPUB_STATS_REDIS_URL = server.url
    people = [
        (f"203.0.113.{number}", f"{FIREFOX} Edition/{number}") for number in range(20)
    ]
    for address, browser in people:
        person(address=address, browser=browser).reads(
            "/hello/", HTTP_REFERER=f"https://{address}/secret"
        )
    salt = collector.get_collector().store.salt(time.time())
    octets = memory_of(server.process.pid) + b"".join(
        file.read_bytes() for file in tmp_path.rglob("*.aof")
    )
    assert salt in octets  # so the search finds what is there.
    for address, browser in people:
        assert address.encode() not in octets
        assert browser.encode() not in octets
    assert b"Mozilla" not in octets
    assert b"203.0.113." not in octets


def test_yesterdays_salt_leaves_the_file_of_redis_too(
    person, drain, server, settings, tmp_path
):
    settings.GOVPUB_STATS_REDIS_URL = server.url
    client = redis.Redis.from_url(server.url)
    person().reads("/hello/")
    drain()
    salt = collector.get_collector().store.salt(time.time())

    def is_in_the_file():
        return any(salt in file.read_bytes() for file in tmp_path.rglob("*.aof"))

    assert is_in_the_file()
    for key in client.scan_iter("govpub:stats:*"):
        if b":salt:" in key or b":rewritten:" in key:
            client.delete(key)  # as Redis does at midnight
    drain()
    for _ in range(100):
        if not is_in_the_file():
            return
        time.sleep(0.1)
    raise AssertionError("the salt is still in the file")
