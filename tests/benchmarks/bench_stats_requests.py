"""What counting costs a request: none, ours, a row for every hit, django-hitcount.

    python tests/benchmarks/bench_stats_requests.py [--rounds 9] [--seconds 2]

First without a server: the processor time of a request, all ways in one process, by
turns. Then with servers (``--rounds 0`` leaves them out):

Starts one web server for each way (gunicorn, two processes, SQLite or the database of
``DATABASE_URL``) and loads them on loopback by turns with ``wrk``. Printed are requests
per second and the 99th percentile; the median over the rounds of their ratio to no
counting in the same round; and the processor time that counting adds to a request.
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

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS = {"Host": "x", "User-Agent": AGENT, "Accept-Language": "th"}
VARIANTS = ("none", "ours", "naive row", "hitcount")
MODULE = "tests.benchmarks.bench_stats_requests"
WARM_UP = 30


def configure(folder: Path, variant: str) -> None:
    import dj_database_url
    import django
    from django.conf import settings

    from tests.stats.small_site import APPS

    own = f"sqlite:///{folder / 'db.sqlite3'}"
    database = dj_database_url.parse(os.environ.get("DATABASE_URL", own))
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        database["OPTIONS"] = {"init_command": pragmas, "timeout": 20}
    database["CONN_MAX_AGE"] = 60
    middleware = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ]
    extra = ["django.contrib.sessions", "wagtail.contrib.redirects"]
    if variant == "ours":
        middleware.insert(0, "govpub.stats.middleware.VisitCounter")
    if variant == "naive row":
        middleware.append(f"{MODULE}.naive")
    if variant == "hitcount":
        middleware.append(f"{MODULE}.hitcount")
    if importlib.util.find_spec("hitcount"):
        extra.append("hitcount")
    settings.configure(
        INSTALLED_APPS=[*APPS, *extra, "tests.benchmarks.bench_stats_naive"],
        MIGRATION_MODULES=dict.fromkeys(
            [name.rpartition(".")[2] for name in [*APPS, *extra]]
            + ["govpub_stats", "wagtailcore", "wagtaildocs", "wagtailimages"]
            + ["wagtailsearch", "wagtailadmin", "wagtailusers", "wagtailredirects"]
        ),
        DATABASES={"default": database},
        MIDDLEWARE=middleware,
        ROOT_URLCONF="wagtail.urls",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ]
                },
            }
        ],
        MEDIA_ROOT=folder / "media",
        STATIC_URL="/static/",
        ALLOWED_HOSTS=["*"],
        LANGUAGE_CODE="en",
        TIME_ZONE="Asia/Bangkok",
        USE_TZ=True,
        WAGTAIL_SITE_NAME="bench",
        WAGTAILADMIN_BASE_URL="http://localhost",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="only-for-benchmarks",
    )
    django.setup()


def naive(get_response):
    from tests.benchmarks.bench_stats_naive.models import NaiveHit

    def middleware(request):
        response = get_response(request)
        if request.method == "GET" and response.status_code == 200:
            NaiveHit.objects.create(
                path=request.path,
                address=request.META["REMOTE_ADDR"],
                user_agent=request.META.get("HTTP_USER_AGENT", ""),
                referrer=request.META.get("HTTP_REFERER", ""),
            )
        return response

    return middleware


def hitcount(get_response):
    from hitcount.models import HitCount
    from hitcount.views import HitCountMixin

    from wagtail.models import Page

    def middleware(request):
        response = get_response(request)
        page = Page.objects.get(slug="read")
        HitCountMixin.hit_count(request, HitCount.objects.get_for_object(page))
        return response

    return middleware


def application():
    configure(Path(os.environ["BENCH_FOLDER"]), os.environ["BENCH_VARIANT"])
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def prepare(folder: Path) -> None:
    """The tables and a page; in a process of its own."""
    configure(folder, "none")
    from django.core.management import call_command

    from wagtail.models import Locale, Page, Site

    call_command("migrate", run_syncdb=True, verbosity=0)
    if Site.objects.exists():
        return
    Locale.objects.create(language_code="en")
    root = Page.add_root(title="Root", slug="root")
    front = root.add_child(instance=Page(title="Front", slug="front"))
    front.add_child(instance=Page(title="Read", slug="read"))
    Site.objects.create(hostname="x", root_page=front, is_default_site=True)


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

    def load(self, seconds: float) -> None:
        before = self.processor_seconds()
        result = subprocess.run(
            [
                *("wrk", "-t1", "-c4", f"-d{seconds:g}s", "--latency"),
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


def compare(rounds: int, seconds: float, folder: Path) -> None:
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
    print(f"{'':10} {'req/s':>8} {'ratio':>6} {'p99 ms':>8} {'ratio':>6} {'CPU us':>8}")
    for name, server in servers.items():
        print(
            f"{name:10} {statistics.median(server.rates):8.0f} "
            f"{ratio(server.rates, plain.rates):6.3f} "
            f"{statistics.median(server.slowest):8.1f} "
            f"{ratio(server.slowest, plain.slowest):6.2f} "
            f"{difference(server.cpu, plain.cpu):+8.0f}"
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


def nothing(get_response):
    def middleware(request):
        return get_response(request)

    return middleware


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=2)
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
