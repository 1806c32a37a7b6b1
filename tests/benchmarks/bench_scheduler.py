"""What it costs to take down many items at once, beside Wagtail's own command.

    python -m tests.benchmarks.bench_scheduler [items]   (SQLite, in a temporary file)

Ours: ``keep_periods`` on published news whose period ended yesterday. Theirs, in the
same run: ``publish_scheduled`` on as many plain pages that expired yesterday. Ours also
locks and re-reads each dossier, writes the act, seals it in the ledger, keeps what the
public is told, and tells the officer; theirs unpublishes and logs. Each pass
runs in a process of its own, because of its peak memory. Prints items per second, peak
memory over that of an idle process, their ratios, and the cost per item by size; time
of the processor too, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
SIZES = (100, 1_000)


def prepare(number: int) -> None:
    """An office with ``number`` due news, and as many plain pages that expired."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    from wagtail.models import Page, Site

    from tests.conftest import FIRST
    from tests.upkeep.scheduler_process import prepare as prepare_news

    prepare_news(number)
    site = Site.objects.get(hostname=FIRST)
    front = Page.objects.get(pk=site.root_page_id)
    yesterday = timezone.now() - timedelta(days=1)
    Page.objects.bulk_create(
        Page(
            title=f"plain {index}",
            draft_title="plain",
            slug=f"plain-{index}",
            url_path=f"{front.url_path}plain-{index}/",
            path=Page._get_path(front.path, front.depth + 1, 1000 + index),
            depth=front.depth + 1,
            content_type=ContentType.objects.get_for_model(Page),
            locale_id=front.locale_id,
            live=True,
            expire_at=yesterday,
        )
        for index in range(number)
    )


def measure(kind: str) -> None:
    """One pass; prints its seconds, and how many KiB the process grew by."""
    from django.core.management import call_command
    from django.db import connection

    from wagtail.models import Page

    from govpub.upkeep.jobs import keep_periods

    connection.ensure_connection()
    Page.objects.first()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy = time.perf_counter(), time.process_time()
    if kind == "ours":
        keep_periods()
    elif kind == "theirs":
        call_command("publish_scheduled")
    found = {
        "seconds": time.perf_counter() - start,
        "busy": time.process_time() - busy,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps({**found, "grown": found["peak"] - before}))


def call(database: str, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, __file__, *arguments],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}


def main(most: int) -> None:
    for number in (*SIZES, most):
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{folder}/db.sqlite3"
            call(database, "prepare", str(number))
            theirs = call(database, "theirs")
            ours = call(database, "ours")
        speed = number / ours["seconds"], number / theirs["seconds"]
        print(
            f"{number:6} items: ours {speed[0]:6.1f}/s "
            f"({1000 * ours['seconds'] / number:5.1f} ms each), "
            f"publish_scheduled {speed[1]:6.1f}/s, ratio {speed[0] / speed[1]:4.2f}; "
            f"processor {1000 * ours['busy'] / number:5.1f} and "
            f"{1000 * theirs['busy'] / number:5.1f} ms each, "
            f"ratio {ours['busy'] / theirs['busy']:4.2f}; "
            f"peak memory {ours['peak'] / 1024:5.0f} and {theirs['peak'] / 1024:5.0f} "
            f"MiB, ratio {ours['peak'] / theirs['peak']:4.2f}; grown by "
            f"{ours['grown'] / 1024:4.0f} and {theirs['grown'] / 1024:4.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "10000"
    if command.isdigit():
        main(int(command))
    else:
        import django

        django.setup()
        if command == "prepare":
            prepare(int(sys.argv[2]))
        else:
            measure(command)
