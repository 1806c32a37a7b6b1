"""``manage.py demo`` as it is typed: a process that serves, keeps, and ends cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management.base import CommandError
from django.db import connection

from govpub.publishing import procedure
from home.management.commands import demo
from tests.drafts import draft_news

ROOT = Path(__file__).resolve().parents[2]
TITLE = "สิ่งที่คนทำไว้ในระบบตัวอย่าง"


@pytest.fixture
def used_demo(tmp_path, transactional_db, office, people):
    """The folder of a demo in which somebody has already worked."""
    if connection.vendor != "sqlite":
        pytest.skip("the demo is an SQLite file, on this database as on any other")
    page = draft_news(office, people.officer, title=TITLE)
    procedure.propose(page, by=people.officer)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "govpub.sqlite3")])
    return tmp_path


def begin(folder, *arguments):
    """The command in a terminal of its own; what it writes can be read."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", *arguments],
        cwd=ROOT,
        env={**inherited, "GOVPUB_VAR_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answers(address, seconds=90):
    """The first answer of a website that is only starting."""
    for _ in range(seconds * 4):
        try:
            return urlopen(address, timeout=10).read().decode()  # noqa: S310
        except URLError:
            time.sleep(0.25)
    raise AssertionError(f"{address} did not answer")


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("ps"), reason="ps is missing: Debian's procps")
@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_keeps_what_was_done_and_ends_with_its_scheduler(used_demo, ended_by):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = begin(used_demo, "--port", str(port))
    try:
        assert answers(f"http://127.0.0.1:{port}/healthz")
        said = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(command.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        (scheduler,) = map(int, said.stdout.split())
        # Ctrl-C reaches everything that was started in the terminal.
        if ended_by == signal.SIGINT:
            os.killpg(command.pid, ended_by)
        else:
            command.send_signal(ended_by)
        output, _ = command.communicate(timeout=60)
    finally:
        command.kill()
    assert command.returncode == 0
    assert not is_running(scheduler)
    assert "Traceback" not in output
    for word in (f"http://localhost:{port}/admin/", "govpub-demo", "acting_head"):
        assert output.count(word) == 2, f"{word}, in Thai and in English"
    assert "เรื่องที่อยู่ระหว่างดำเนินการ" not in output  # the content is not loaded again


def test_reset_throws_away_the_database_the_files_and_the_visits(
    tmp_path, settings, monkeypatch
):
    database = tmp_path / "govpub.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("govpub.sqlite3-wal", "media/plan.pdf", "spool/1.hits", "mine.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    database.touch()
    pretended = SimpleNamespace(
        MEDIA_ROOT=settings.MEDIA_ROOT,
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
        },
    )
    monkeypatch.setattr(demo, "settings", pretended)
    monkeypatch.setattr(demo.connections, "close_all", lambda: None)
    demo.Command()._reset()
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    pretended.DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
    with pytest.raises(CommandError, match="SQLite"):
        demo.Command()._reset()
