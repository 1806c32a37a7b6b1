"""The traffic log is kept for the operator, day by day, and is no statistic."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import time_machine

import govpub.stats
from govpub.stats.traffic_log import DailyFileHandler


@pytest.fixture
def log(tmp_path):
    handler = DailyFileHandler(str(tmp_path), keep_days=90)
    logger = logging.Logger("access")
    logger.addHandler(handler)
    yield logger
    handler.close()


def write(log, moment, line):
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        log.info(line)


def test_each_day_of_bangkok_has_its_file(log, tmp_path):
    write(log, "2026-11-20T16:59:59", "one")
    write(log, "2026-11-20T17:00:00", "two")
    assert (tmp_path / "traffic-2026-11-20.log").read_text() == "one\n"
    assert (tmp_path / "traffic-2026-11-21.log").read_text() == "two\n"


def test_a_file_is_kept_for_ninety_days_and_no_longer(log, tmp_path):
    write(log, "2026-01-01T05:00:00", "old")
    write(log, "2026-04-01T05:00:00", "ninety days later")
    assert (tmp_path / "traffic-2026-01-01.log").exists()
    write(log, "2026-04-02T05:00:00", "a day more")
    assert not (tmp_path / "traffic-2026-01-01.log").exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_two_processes_write_to_the_same_file(tmp_path):
    handlers = [DailyFileHandler(str(tmp_path)) for _ in range(2)]
    for number in range(100):
        record = logging.makeLogRecord({"msg": str(number), "created": 1_790_000_000})
        handlers[number % 2].emit(record)
    (file,) = tmp_path.iterdir()
    assert sorted(map(int, file.read_text().split())) == list(range(100))
    assert file.stat().st_mode & 0o077 == 0


def test_no_other_module_of_the_statistics_knows_it():
    folder = Path(govpub.stats.__file__).parent
    users = [
        path.name
        for path in folder.rglob("*.py")
        if "traffic_log" in path.read_text() and path.name != "traffic_log.py"
    ]
    assert users == []


@pytest.mark.skipif(
    sys.platform == "win32" or not find_spec("gunicorn"),
    reason="gunicorn is missing; get it with: pip install -e '.[site]'",
)
def test_the_ready_site_writes_it_where_the_operator_says(tmp_path):
    """Through the configuration of the ready site, with an application of one line."""
    (tmp_path / "hello.py").write_text(
        "def application(environ, start):\n"
        "    start('200 OK', [('Content-Length', '5')])\n"
        "    return [b'hello']\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        there = f"127.0.0.1:{free.getsockname()[1]}"
    root = Path(__file__).parents[2]
    configuration = root / "site" / "gunicorn.conf.py"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "-c", str(configuration)),
            *("--bind", there, "--pythonpath", f"{tmp_path},{root}"),
            *("--workers", "1", "hello:application"),
        ],
        env=os.environ | {"TRAFFIC_LOG_DIR": str(tmp_path / "traffic")},
        cwd=tmp_path,
    )
    try:
        asked = Request(f"http://{there}/x", headers={"X-Forwarded-For": "203.0.113.7"})
        for _ in range(200):
            try:
                with urlopen(asked, timeout=10) as answer:  # noqa: S310
                    assert answer.read() == b"hello"
                break
            except OSError:
                time.sleep(0.1)
    finally:
        server.terminate()
        server.wait(30)
    (file,) = (tmp_path / "traffic").iterdir()
    (line,) = file.read_text().splitlines()
    assert line.startswith("203.0.113.7 127.0.0.1 [")
    assert '"GET /x HTTP/1.1" 200 5' in line
