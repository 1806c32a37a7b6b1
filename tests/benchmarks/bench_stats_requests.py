"""What counting costs a request: none, ours, a row for every hit, django-hitcount.

    python tests/benchmarks/bench_stats_requests.py [--rounds 9] [--seconds 2]

First without a server: the processor time of a request, all ways in one process, by
turns. Then with servers (``--rounds 0`` leaves them out):

Starts one web server for each way (gunicorn, two processes, SQLite or the database of
``DATABASE_URL``) and loads them on loopback by turns with ``wrk``. Printed are requests
per second and the 99th percentile; the median over the rounds of their ratio to no
counting in the same round; and the processor time that counting adds to a request,
with the ratio of requests per second of it, which a busy machine disturbs least.
Needs gunicorn and wrk; django-hitcount is compared where it is installed.
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from tests.benchmarks.stats_variants import MODULE, VARIANTS, configure, prepare  # noqa: E402

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS = {"Host": "x", "User-Agent": AGENT, "Accept-Language": "th"}
WARM_UP = 30


class Server:
    """Two workers that count in one of the ways."""

    def __init__(self, variant: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", f"{MODULE}:application()"),
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "2"),
                *("--worker-class", "gthread", "--threads", "2"),
                *("--log-level", "error"),
            ],
            cwd=ROOT,
            env=os.environ
            | {
                "BENCH_FOLDER": str(folder),
                "BENCH_VARIANT": variant,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
        )
        self.rates: list[float] = []
        self.slowest: list[float] = []
        self.cpu: list[float] = []

    def workers(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def processor_seconds(self) -> float:
        """Of all threads of both workers, to the nanosecond."""
        return (
            sum(
                int(Path(f"{task}/schedstat").read_text().split()[0])
                for worker in self.workers()
                for task in Path(f"/proc/{worker}/task").iterdir()
            )
            / 1e9
        )

    def load(self, seconds: int) -> None:
        before = self.processor_seconds()
        result = subprocess.run(
            [
                *("wrk", "-t1", "-c4", f"-d{seconds}s", "--latency"),
                *(f"-H{name}: {value}" for name, value in HEADERS.items()),
                f"http://127.0.0.1:{self.port}/read/",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        if "Non-2xx" in result:
            raise SystemExit(f"Not every answer was a page:\n{result}")
        requests = int(re.search(r"(\d+) requests in", result)[1])
        self.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", result)[1]))
        slow, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", result).groups()
        self.slowest.append(float(slow) * {"us": 0.001, "ms": 1, "s": 1000}[unit])
        self.cpu.append((self.processor_seconds() - before) / requests * 1e6)

    def wait(self) -> None:
        """Until both workers have had time to answer their first request."""
        for _ in range(300):
            try:
                client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                client.request("GET", "/read/", headers=HEADERS)
                client.getresponse().read()
                time.sleep(1)
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("gunicorn did not start")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def compare(rounds: int, seconds: int, folder: Path) -> None:
    variants = list(VARIANTS)
    if not importlib.util.find_spec("hitcount"):
        print("django-hitcount is not installed; it is left out.")
        variants.remove("hitcount")
    servers = {name: Server(name, folder) for name in variants}
    try:
        for server in servers.values():
            server.wait()
            server.load(1)  # warm up
            server.rates.clear(), server.slowest.clear(), server.cpu.clear()
        for turn in range(rounds):
            # The order is turned round each time, so that none always goes first.
            for name in variants[::1] if turn % 2 else variants[::-1]:
                servers[name].load(seconds)
    finally:
        for server in servers.values():
            server.stop()
    show(servers)


def show(servers: dict[str, Server]) -> None:
    plain = servers["none"]
    print(f"{'':10} {'req/s':>8} {'ratio':>6} {'p99 ms':>8} {'ratio':>6}", end=" ")
    print(f"{'CPU us':>8} {'ratio':>6}")
    for name, server in servers.items():
        print(
            f"{name:10} {statistics.median(server.rates):8.0f} "
            f"{ratio(server.rates, plain.rates):6.3f} "
            f"{statistics.median(server.slowest):8.1f} "
            f"{ratio(server.slowest, plain.slowest):6.2f} "
            f"{difference(server.cpu, plain.cpu):+8.0f} "
            f"{ratio(plain.cpu, server.cpu):6.3f}"
        )
    spread = (max(plain.rates) - min(plain.rates)) / statistics.median(plain.rates)
    print(f"The rounds without counting differ by {spread:.0%} among themselves;")
    print(f"they take {statistics.median(plain.cpu):.0f} us of CPU a request.")


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of each round, which others on the machine disturb."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def difference(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(a - b for a, b in zip(ours, theirs, strict=True))


def without_a_server(folder: Path, requests: int) -> None:
    """Processor time of a whole request in one process, the ways by turns.

    Whatever else the machine does disturbs this least: the clock is that of the thread,
    each request is compared with one of the same moment, and the median leaves out the
    disturbed ones. ``nothing`` is a middleware that only calls the next.
    """
    configure(folder, "none")
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    plain = list(settings.MIDDLEWARE)
    ways = {
        "none": plain,
        "nothing": [f"{MODULE}.nothing", *plain],
        "ours": ["govpub.stats.middleware.VisitCounter", *plain],
        "naive row": [*plain, f"{MODULE}.naive"],
    }
    if importlib.util.find_spec("hitcount"):
        ways["hitcount"] = [*plain, f"{MODULE}.hitcount"]
    applications = {}
    for name, middleware in ways.items():
        settings.MIDDLEWARE = middleware
        applications[name] = get_wsgi_application()
    headers = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in HEADERS.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(requests + WARM_UP):
        names = [*names[1:], names[0]]  # none always follows the same one.
        for name in names if turn % 2 else reversed(names):
            environ = RequestFactory().get("/read/", **headers).environ
            start = time.thread_time_ns()
            response = applications[name](environ, lambda *args: None)
            b"".join(response)
            response.close()
            if turn >= WARM_UP:
                taken[name].append((time.thread_time_ns() - start) / 1000)
            assert response.status_code == 200
    print(f"Without a server, CPU us a request, medians of {requests} turns:")
    print(f"{'':10} {'request':>8} {'more':>8} {'ratio':>6}")
    for name, times in taken.items():
        print(
            f"{name:10} {statistics.median(times):8.0f} "
            f"{difference(times, taken['none']):+8.1f} "
            f"{ratio(taken['none'], times):6.3f}"
        )


def counting_alone(folder: Path, times: int) -> None:
    """Processor time of counting itself, over and over, when caches are warm."""
    configure(folder, "ours")
    from django.http import HttpResponse
    from django.test import RequestFactory

    from wagtail.models import Page

    from govpub.stats.middleware import count
    from govpub.stats.served import mark_page

    headers = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in HEADERS.items()}
    serve = mark_page(lambda page, request, args, kwargs: HttpResponse("x"))
    page = Page.objects.get(slug="read")
    answers = []
    for _ in range(times + WARM_UP):
        request = RequestFactory().get("/read/", **headers)
        answers.append((request, serve(page, request, (), {})))
    for answer in answers[:WARM_UP]:
        count(*answer)
    start = time.thread_time_ns()
    for answer in answers[WARM_UP:]:
        count(*answer)
    taken = (time.thread_time_ns() - start) / 1000 / times
    print(f"The counting alone, repeated: {taken:.1f} us of CPU each.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--prepare", type=Path)
    parser.add_argument("--alone", type=Path)
    parser.add_argument("--counting", type=Path)
    options = parser.parse_args()
    if options.prepare:
        return prepare(options.prepare)
    if options.alone:
        return without_a_server(options.alone, options.requests)
    if options.counting:
        return counting_alone(options.counting, options.requests)
    has_gunicorn = importlib.util.find_spec("gunicorn")
    missing = [] if has_gunicorn else ["gunicorn"]
    missing += [] if shutil.which("wrk") else ["wrk"]
    with tempfile.TemporaryDirectory() as folder:
        itself = [sys.executable, __file__]
        subprocess.run([*itself, "--prepare", folder], check=True)
        requests = str(options.requests)
        subprocess.run([*itself, "--alone", folder, "--requests", requests], check=True)
        counting = ["--counting", folder, "--requests", requests]
        subprocess.run([*itself, *counting], check=True)
        if not options.rounds:
            return None
        if missing:
            raise SystemExit(f"Not installed, so nothing is loaded: {missing}")
        compare(options.rounds, options.seconds, Path(folder))


if __name__ == "__main__":
    main()
