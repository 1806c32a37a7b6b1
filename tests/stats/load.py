"""A small site in several processes, and visitors who read it as fast as it answers.

Not a test: ``test_load`` uses it. Nothing here waits without an end: whatever hangs
becomes an error that says how far it came.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from .conftest import FIREFOX

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).with_name("small_site.py")
WORKERS = 4
CLIENTS = 12
HEADERS = {"Host": "x", "User-Agent": FIREFOX, "Accept-Language": "th"}
PATIENCE = 60  # seconds for one answer, one start or one stop on a busy machine.


class Office:
    """The small site with its web server and a drainer, each in its own processes."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.server: subprocess.Popen | None = None
        self.drainer: subprocess.Popen | None = None
        self.environment = (
            os.environ
            | environment
            | {
                "SMALL_SITE": str(folder),
                "PYTHONPATH": str(ROOT),
            }
        )
        self.run("prepare")

    def command(self, name: str) -> list[str]:
        return [sys.executable, str(SITE), name, str(self.folder)]

    def run(self, name: str) -> str:
        done = subprocess.run(
            self.command(name),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=5 * PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *options: str) -> None:
        """Four processes; loaded once and forked, as the test is not about loading."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn"),
                "tests.stats.small_site:application()",
                *("--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS)),
                *("--worker-class", "gthread", "--threads", "4", "--preload"),
                *("--log-level", "error", *options),
            ],
            cwd=ROOT,
            env=self.environment,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.server.poll() is None:
            if Line(self.port).status_of("/nothing/") == 404:
                return
            time.sleep(0.1)
        raise RuntimeError("gunicorn did not start")

    def drain_meanwhile(self, how: str = "drain") -> None:
        self.drainer = subprocess.Popen(self.command(how), env=self.environment)
        end = time.monotonic() + PATIENCE
        while not (self.folder / "draining").exists():
            assert time.monotonic() < end and self.drainer.poll() is None
            time.sleep(0.05)

    def stop(self) -> None:
        (self.folder / "stop").touch()
        for process in (self.server, self.drainer):
            if process is None:
                continue
            if process is self.server:
                process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise

    def numbers(self) -> tuple[int, int, int, int]:
        """Views, visitors, views by the hour, losses: after everything was drained."""
        views, visitors, by_hour, lost = map(int, self.run("numbers").split())
        return views, visitors, by_hour, lost

    def workers(self) -> list[int]:
        assert self.server
        pid = self.server.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]


class Line:
    """One kept connection; opened again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def status_of(self, path: str) -> int:
        """The status of the answer; 0 without one, -1 when nobody is there."""
        head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
        try:
            if self._socket is None:
                there = ("127.0.0.1", self._port)
                self._socket = socket.create_connection(there, PATIENCE)
        except OSError:
            return -1
        try:
            self._socket.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
            status, is_last = self._answer()
        except OSError:
            status, is_last = 0, True
        if is_last:
            self._socket.close()
            self._socket = None
        return status

    def _answer(self) -> tuple[int, bool]:
        """The status of a whole answer, and whether it was the last on this line."""
        assert self._socket
        data = b""
        while b"\r\n\r\n" not in data:
            part = self._socket.recv(4096)
            if not part:
                return 0, True
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        while length and len(body) < int(length[1]):
            part = self._socket.recv(4096)
            if not part:
                return 0, True
            body += part
        is_last = not length or b"connection: close" in head.lower()
        return int(head.split(b" ", 2)[1]), is_last


class Visitors:
    """Threads that read pages and count the answers."""

    def __init__(self, port: int, requests: int) -> None:
        self.port, self.left, self.lock = port, requests, threading.Lock()
        self.answered = self.unanswered = 0
        self.refused: set[int] = set()
        self.slowest = 0.0
        self.is_over = False
        self.threads = [
            threading.Thread(target=self._read, daemon=True) for _ in range(CLIENTS)
        ]

    def __str__(self) -> str:
        return (
            f"{self.answered} answered, {self.unanswered} not, {self.left} left; "
            f"slowest {self.slowest:.2f} s"
        )

    def start(self) -> Visitors:
        for thread in self.threads:
            thread.start()
        return self

    def join(self) -> Visitors:
        """Until all was read, or the server is gone; an error if nothing moves."""
        self.wait_for(float("inf"))
        print(self)  # pytest -rP shows it.
        return self

    def wait_for(self, answers: float) -> None:
        seen, moved = -1, time.monotonic()
        while self.answered < answers and any(t.is_alive() for t in self.threads):
            if self.answered != seen:
                seen, moved = self.answered, time.monotonic()
            if time.monotonic() - moved > 2 * PATIENCE:
                self.is_over = True
                raise TimeoutError(self)
            time.sleep(0.005)

    def _read(self) -> None:
        line = Line(self.port)
        while not self.is_over:
            with self.lock:
                if not self.left:
                    return
                self.left -= 1
                number = self.left
            start = time.monotonic()
            status = line.status_of(f"/page/{number % 50}/")
            with self.lock:
                self.slowest = max(self.slowest, time.monotonic() - start)
                self._note(status)

    def _note(self, status: int) -> None:
        if status == 200:
            self.answered += 1
        elif status == 0:  # asked again, by whoever is next.
            self.unanswered += 1
            self.left += 1
        else:
            self.is_over = True
            if status != -1:
                self.refused.add(status)
