"""How many forms are drawn in a second, and that a pack stays flat per request.

    python -m tests.benchmarks.bench_papers [forms] [pack]     (SQLite in memory)

Forms: so many different ones, drawn one after another; the second half beside the
first, and the peak of the memory after each. Pack: half of the requests, then all of
them; milliseconds and peak memory for each request more.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from wagtail.models import Site  # noqa: E402

from govpub.evidence.form import qr_code, request_form  # noqa: E402
from govpub.evidence.pack import Scope, build  # noqa: E402
from govpub.evidence.store import TEMPLATES  # noqa: E402
from govpub.pdf.typesetting import typeset  # noqa: E402
from govpub.publishing.models import Act, PublicationRequest  # noqa: E402
from tests.conftest import FIRST, PEOPLE, build_offices  # noqa: E402
from tests.drafts import published_news  # noqa: E402


def peak() -> float:
    """Megabytes, the most this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def draw(pattern, at, numbers) -> float:
    """Seconds of the processor for these forms, each with a topic of its own.

    Not seconds on the clock: what else the machine does is not our affair.
    """
    began = time.process_time()
    for number in numbers:
        form = replace(
            pattern,
            topic=f"{pattern.topic} {number}",
            address=f"{pattern.address}{number}",
        )
        data = {**form.as_data(), "author": "office"}
        typeset(
            TEMPLATES / "form.typ", data, at=at, pictures={"qr": qr_code(form.address)}
        )
    return time.process_time() - began


def forms(pattern, at, count: int) -> None:
    draw(pattern, at, range(3))
    half = count // 2
    first = draw(pattern, at, range(half))
    after_first = peak()
    second = draw(pattern, at, range(half, count))
    print(
        f"{count} forms: {count / (first + second):.1f} a second of one core; ", end=""
    )
    print(f"second half / first half {second / first:.2f}; ", end="")
    print(f"peak {after_first:.0f} MB after half, {peak():.0f} MB after all")


def multiply(request: PublicationRequest, count: int) -> None:
    """Copies of a request with its round and acts, each with its own topic."""
    round_, acts = request.current_round, list(request.acts)
    last = PublicationRequest.objects.order_by("number").last().number
    for number in range(last + 1, last + 1 + count):
        request.pk, request.number, request.status = None, number, "ended"
        request.save(force_insert=True)
        round_.pk, round_.request = None, request
        round_.form = {**round_.form, "topic": f"เรื่องที่ {number}"}
        round_.save(force_insert=True)
        copies = []
        for act in acts:
            act.pk, act.round = None, round_
            copies.append(act)
        Act.objects.bulk_create(copies)


def pack(site: Site, request: PublicationRequest, count: int) -> None:
    seconds, memory = [], []
    done = 1
    for total in (count // 2, count):
        multiply(PublicationRequest.objects.get(pk=request.pk), total - done)
        done = total
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
            settings.MEDIA_ROOT = folder
            began = time.process_time()
            build(Scope(site, request.fiscal_year), file)
            seconds.append((time.process_time() - began) / total)
            memory.append(peak())
    print(f"pack: {1000 * seconds[0]:.0f} ms a request at {count // 2}, ", end="")
    print(
        f"{1000 * seconds[1]:.0f} ms at {count}, ratio {seconds[1] / seconds[0]:.2f}; "
    )
    more = 1024 * (memory[1] - memory[0]) / (count - count // 2)
    print(f"peak {memory[0]:.0f} MB, then {memory[1]:.0f} MB: {more:.0f} KB a request")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    setup_test_environment()
    DiscoverRunner(verbosity=0, interactive=False).setup_databases()
    settings.MEDIA_ROOT = tempfile.mkdtemp()
    build_offices()
    from types import SimpleNamespace

    from django.contrib.auth import get_user_model

    users = {user.username: user for user in get_user_model().objects.all()}
    people = SimpleNamespace(**{name: users[name] for name in PEOPLE})
    site = Site.objects.get(hostname=FIRST)
    page = published_news(site, people)
    request = PublicationRequest.objects.get(page=page.pk)
    print(f"{connection.vendor}, {peak():.0f} MB before the first form")
    forms(request_form(request.current_round), timezone.now(), count)
    pack(site, request, requests)


if __name__ == "__main__":
    main()
