"""The inbox with 500 proposals waiting and 10,000 published: queries and time.

    python -m tests.benchmarks.bench_inbox [--waiting 500] [--published 10000]

On SQLite, or on the database of DATABASE_URL. Each screen is asked for through the
whole stack as the head; medians of alternating rounds, and their ratio to Wagtail's own
home page in the same run: once as Wagtail serves it to somebody for whom nothing waits,
once with Wagtail's own list of what waits for the head. The waiting ones went through
``propose``; the rows of the published ones are written directly.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from wagtail import hooks  # noqa: E402
from wagtail.documents import get_document_model  # noqa: E402
from wagtail.models import Page, Revision, Site  # noqa: E402

from govpub.categories.models import NewsPage  # noqa: E402
from govpub.publishing import notices, procedure  # noqa: E402
from govpub.publishing.enums import Outcome, RequestStatus, Step  # noqa: E402
from govpub.publishing.models import Act, PublicationRequest, Round  # noqa: E402
from tests.conftest import build_offices  # noqa: E402
from tests.drafts import category, draft_news  # noqa: E402

INBOX = "/admin/govpub/requests/"
HOME = "/admin/"
PANELS = "construct_homepage_panels"
ROUNDS = 15


def propose(site: Site, officer, number: int) -> PublicationRequest:
    """One of the waiting ones, with an attachment of 100 kB."""
    page = draft_news(site, officer, title=f"ประกาศเรื่องที่ {number}")
    document = get_document_model().objects.create(
        title="เอกสารแนบ", file=ContentFile(b"%d " % number * 20_000, name="a.txt")
    )
    page.attachments.create(document=document)
    page.save_revision(user=officer)
    return procedure.propose(NewsPage.objects.get(pk=page.pk), by=officer)


def fill_published(site: Site, pattern: PublicationRequest, number: int) -> None:
    """Dossiers as the procedure leaves them, with their pages, rounds and acts."""
    root = category(site, 3)
    base = Page.objects.get(pk=pattern.page_id)
    round_ = pattern.current_round
    for start in range(0, number, 1000):
        places = range(start + 1, min(start + 1000, number) + 1)
        pages = Page.objects.bulk_create(
            Page(
                path=Page._get_path(root.path, root.depth + 1, 5000 + place),
                depth=root.depth + 1,
                title=f"เรื่องที่เผยแพร่ {place}",
                draft_title=f"เรื่องที่เผยแพร่ {place}",
                slug=f"published-{place}",
                url_path=f"{root.url_path}published-{place}/",
                content_type=base.content_type,
                locale=base.locale,
                live=True,
            )
            for place in places
        )
        revisions = Revision.objects.bulk_create(
            Revision(
                content_type=round_.revision.content_type,
                base_content_type=round_.revision.base_content_type,
                object_id=str(page.pk),
                created_at=timezone.now(),
                content=round_.content,
            )
            for page in pages
        )
        requests = PublicationRequest.objects.bulk_create(
            PublicationRequest(
                site=site,
                fiscal_year=2560 + place % 10,
                number=10_000 + place,
                page=page,
                officer=pattern.officer,
                status=RequestStatus.PUBLISHED,
                topic=page.title,
                section=f"หมวดที่ {place % 9}",
                unit=f"กลุ่มงานที่ {place % 12}",
                opened_at=timezone.now() - timedelta(hours=place),
            )
            for place, page in zip(places, pages, strict=True)
        )
        rounds = Round.objects.bulk_create(
            Round(
                request=request,
                number=1,
                revision=revision,
                content=round_.content,
                content_digest=round_.content_digest,
                digest=round_.digest,
                form=round_.form,
            )
            for request, revision in zip(requests, revisions, strict=True)
        )
        outcomes = (
            (Step.PROPOSE, Outcome.PROPOSED),
            (Step.CONSIDER, Outcome.ALLOWED),
            (Step.PUT_UP, Outcome.PUT_UP),
        )
        Act.objects.bulk_create(
            Act(
                round=one,
                step=step,
                outcome=outcome,
                user=pattern.officer,
                person="x",
                waiting_since=timezone.now(),
            )
            for one in rounds
            for step, outcome in outcomes
        )


@contextmanager
def stock_home() -> Iterator[None]:
    """Wagtail's own home page, without anybody's panels."""
    ours = hooks._hooks.pop(PANELS, [])
    try:
        yield
    finally:
        hooks._hooks[PANELS] = ours


def get(client: Client, address: str, *, stock: bool) -> tuple[float, int]:
    """Milliseconds and queries of one request."""
    reset_queries()  # a full log would show none
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        if stock:
            with stock_home():
                response = client.get(address)
        else:
            response = client.get(address)
        spent = (time.perf_counter() - start) * 1000
    assert response.status_code == 200, (address, response.status_code)
    return spent, len(queries)


def measure(waiting: PublicationRequest) -> None:
    users = get_user_model().objects
    head, idle = Client(), Client()
    head.force_login(users.get(username="head"))
    idle.force_login(users.get(username="inspector"))
    screens = {
        "Wagtail's home, nothing waits": (idle, HOME, True),
        "Wagtail's home, its own list": (head, HOME, True),
        "our dashboard": (head, HOME, False),
        "inbox, waiting for me": (head, INBOX, False),
        "inbox, last page of all": (head, f"{INBOX}?view=all&page=9999", False),
        "inbox, search in all": (head, f"{INBOX}?view=all&q=เรื่องที่ ๙๙", False),
        "inbox, three filters": (
            head,
            f"{INBOX}?view=all&year=2565&unit=กลุ่มงานที่ 3&status=published",
            False,
        ),
        "review page": (head, f"{INBOX}{waiting.pk}/", False),
        "ten to allow at once": (
            head,
            f"{INBOX}allow/?" + "&".join(f"item={waiting.pk - n}" for n in range(10)),
            False,
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in screens}
    queries = {}
    for turn in range(ROUNDS + 1):
        for name, (client, address, stock) in screens.items():
            spent, queries[name] = get(client, address, stock=stock)
            if turn:  # the first turn warms up
                times[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    idle_home, busy_home = list(medians.values())[:2]
    print(f"{'screen':<32}{'queries':>8}{'ms':>8}{'x idle':>8}{'x busy':>8}")
    for name, median in medians.items():
        print(
            f"{name:<32}{queries[name]:>8}{median:>8.0f}"
            f"{median / idle_home:>8.2f}{median / busy_home:>8.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--waiting", type=int, default=500)
    parser.add_argument("--published", type=int, default=10_000)
    options = parser.parse_args()
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with tempfile.TemporaryDirectory() as media:
            settings.MEDIA_ROOT = media
            notices.disconnect()
            build_offices()
            site = Site.objects.get(is_default_site=True)
            officer = get_user_model().objects.get(username="officer")
            waiting = [propose(site, officer, n) for n in range(options.waiting)]
            fill_published(site, waiting[0], options.published)
            print(
                f"{connection.vendor}: {options.waiting} waiting, "
                f"{options.published} published; x idle, x busy: ratios to the first "
                "and the second line"
            )
            measure(waiting[-1])
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
