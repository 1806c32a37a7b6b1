"""Counted equals sent, with several processes, while workers stop and are killed."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from .conftest import FIREFOX

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs Unix"),
    pytest.mark.skipif(not shutil.which("gunicorn"), reason="gunicorn is missing"),
    pytest.mark.skipif(
        "GOVPUB_LOAD_TESTS" not in os.environ,
        reason="minutes of full load on every core; set GOVPUB_LOAD_TESTS=1 to run it",
    ),
]

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).with_name("small_site.py")
REQUESTS = 100_000
CLIENTS = 12
HEADERS = {"Host": "x", "User-Agent": FIREFOX, "Accept-Language": "th"}


class Office:
    """A small site with its web server and a drainer, each in its own processes."""

    def __init__(self, folder, database):
        self.folder, self.server = folder, None
        self.environment = os.environ | {
            "SMALL_SITE": str(folder),
            "PYTHONPATH": str(ROOT),
        }
        if database:
            self.environment["SMALL_SITE_DATABASE"] = database
        self.run("prepare")

    def command(self, name):
        return [sys.executable, str(SITE), name, str(self.folder)]

    def run(self, name):
        return subprocess.run(
            self.command(name),
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def start(self, *options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [
                "gunicorn",
                "tests.stats.small_site:application()",
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "4"),
                *("--worker-class", "gthread", "--threads", "4"),
                *("--log-level", "error", *options),
            ],
            cwd=ROOT,
            env=self.environment,
        )
        for _ in range(600):
            try:
                client = http.client.HTTPConnection("127.0.0.1", self.port)
                client.request("GET", "/nothing/", headers=HEADERS)
                client.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("gunicorn did not start")

    def drain_meanwhile(self):
        self.drainer = subprocess.Popen(self.command("drain"), env=self.environment)

    def stop(self):
        (self.folder / "stop").touch()
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(60)
        if hasattr(self, "drainer"):
            self.drainer.wait(60)

    def numbers(self):
        """Views, visitors, views by the hour, losses: after everything was drained."""
        return tuple(map(int, self.run("numbers").split()))

    def workers(self):
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


class Visitors:
    """Threads that read pages over kept connections and count the answers."""

    def __init__(self, port, requests):
        self.port, self.left, self.lock = port, requests, threading.Lock()
        self.answered = self.unanswered = 0
        self.is_over = False
        self.threads = [threading.Thread(target=self.read) for _ in range(CLIENTS)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def join(self):
        for thread in self.threads:
            thread.join()
        return self

    def wait_for(self, answers):
        while self.answered < answers and any(t.is_alive() for t in self.threads):
            time.sleep(0.01)

    def read(self):
        page = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
        line = None
        while not self.is_over:
            with self.lock:
                if not self.left:
                    return
                self.left -= 1
                number = self.left
            question = f"GET /page/{number % 50}/ HTTP/1.1\r\n{page}\r\n".encode()
            line = self.ask(line, question)

    def ask(self, line, question):
        """The connection, to be used again; without one when it was closed."""
        try:
            if line is None:
                line = socket.create_connection(("127.0.0.1", self.port), 30)
        except OSError:
            self.is_over = True  # the server is gone
            return None
        try:
            line.sendall(question)
            answer = b""
            while not answer.endswith(b"hello"):
                part = line.recv(4096)
                if not part:
                    break
                answer += part
        except OSError:
            answer = b""
        with self.lock:
            if answer.startswith(b"HTTP/1.1 200"):
                self.answered += 1
            else:
                self.unanswered += 1
                self.left += 1
        if not answer or b"connection: close" in answer.lower():
            line.close()
            return None
        return line


@pytest.fixture
def database(request):
    """A database of its own on the server of the test suite; SQLite needs none."""
    if connection.vendor != "postgresql":
        yield ""
        return
    import psycopg

    given = settings.DATABASES["default"]
    name = f"govpub_load_{secrets.token_hex(4)}"
    server = {
        "host": given["HOST"] or None,
        "port": given["PORT"] or None,
        "user": given["USER"] or None,
        "password": given["PASSWORD"] or None,
        "dbname": "postgres",
    }
    with psycopg.connect(**server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    yield f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"
    with psycopg.connect(**server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def office(tmp_path, database):
    office = Office(tmp_path, database)
    yield office
    office.stop()


def test_a_hundred_thousand_requests_are_counted_as_sent(office):
    """Four processes that are recycled again and again, and a drainer meanwhile."""
    office.start("--max-requests", "9000", "--max-requests-jitter", "4000")
    office.drain_meanwhile()
    visitors = Visitors(office.port, REQUESTS).start().join()
    office.stop()
    assert visitors.answered == REQUESTS
    assert office.numbers() == (REQUESTS, 1, REQUESTS, 0)


def test_a_graceful_stop_in_the_middle_loses_nothing(office):
    office.start("--graceful-timeout", "30")
    visitors = Visitors(office.port, REQUESTS).start()
    visitors.wait_for(3000)
    office.server.send_signal(signal.SIGTERM)
    visitors.join()
    office.server.wait(60)
    assert 3000 <= visitors.answered < REQUESTS
    views, people, by_hour, lost = office.numbers()
    assert (people, lost) == (1, 0)
    assert views == by_hour == visitors.answered


def test_killing_workers_loses_nothing_that_was_answered(office):
    office.start()
    office.drain_meanwhile()
    visitors = Visitors(office.port, 8000).start()
    killed = 0
    for answers in (1000, 3000, 5000):
        visitors.wait_for(answers)
        os.kill(office.workers()[0], signal.SIGKILL)
        killed += 1
    visitors.join()
    office.stop()
    assert killed == 3
    assert visitors.answered == 8000
    views, people, by_hour, lost = office.numbers()
    assert (people, lost) == (1, 0)
    # What was counted but could not be answered any more was on its way to a client.
    assert views == by_hour
    assert 8000 <= views <= 8000 + visitors.unanswered
    assert not list(office.folder.glob("spool/*.hits"))
