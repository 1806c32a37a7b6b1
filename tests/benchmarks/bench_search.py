"""The search beside Wagtail's own: what it finds, what is right of it, and how fast.

    GOVPUB_TEST_DATA=... python -m tests.benchmarks.bench_search [--pages 1000 10000]

On SQLite, or on the database of DATABASE_URL. Asks the 60 queries of
search_judgements.json, judged by reading before the search was written, of the
statutes in GOVPUB_TEST_DATA (expected: their line numbers) and of the demo's items
(expected: how their topics begin). Then the 24 of search_second_look.json, written
before the search learned to look for what comes closest, for what is said in other
words than is asked. Both searches see the same pages, as laws;
Wagtail's is ``LawPage.objects.search(query)`` over title and summary, where the words
are. Recall is the share of the expected ones found at all, precision@10 the share of
the first ten that were expected (0 if nothing is found); means over queries. A query
that makes a search fail finds nothing. Then pages are added from the same sentences,
and the times of both are compared, query by query.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from wagtail.models import Page, Site  # noqa: E402
from wagtail.search import index as stock_index  # noqa: E402
from wagtail.search.backends import get_search_backend  # noqa: E402

from govpub.categories import closest, search  # noqa: E402
from govpub.categories.models import ItemPage, LawPage, SearchText  # noqa: E402
from govpub.categories.office import public_items  # noqa: E402
from home.demo.content import (  # noqa: E402
    general,
    knowledge,
    laws,
    links,
    manuals,
    news,
    official_information,
    plans,
)
from tests.categories.conftest import parent_of  # noqa: E402
from tests.conftest import build_offices  # noqa: E402

JUDGED, SECOND_LOOK = (
    Path(__file__).with_name(name)
    for name in ("search_judgements.json", "search_second_look.json")
)
ROUNDS = 3
DEMO = (general, plans, laws, knowledge, links, official_information, manuals, news)
# As Wagtail comes; the ready site lets the admin's search look inside of words.
settings.WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
LawPage.search_fields = [  # what a developer would let Wagtail search
    *LawPage.search_fields,
    stock_index.SearchField("summary"),
]


def add(parent: Page, numbers: range, items: list[tuple[str, str]]) -> list[int]:
    """Public pages of these topics and words, their rows written directly.

    The search does not ask how a page was allowed. Both indexes are filled.
    """
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 100 + number),
            depth=parent.depth + 1,
            title=title[:255],
            draft_title=title[:255],
            slug=f"item-{number}",
            url_path=f"{parent.url_path}item-{number}/",
            content_type=ContentType.objects.get_for_model(LawPage),
            locale=parent.locale,
            live=True,
            last_published_at=timezone.now(),
        )
        for number, (title, _words) in zip(numbers, items, strict=True)
    )
    rows = [
        LawPage(page_ptr_id=page.pk, itempage_ptr_id=page.pk, summary=words, kind="act")
        for page, (_title, words) in zip(pages, items, strict=True)
    ]
    for model in (ItemPage, LawPage):
        fields = model._meta.local_concrete_fields
        model._base_manager.get_queryset()._batched_insert(rows, fields, 200)
    keys = [page.pk for page in pages]
    made = list(LawPage.objects.filter(pk__in=keys).order_by("pk"))
    get_search_backend().add_bulk(LawPage, made)
    SearchText.objects.bulk_create(
        SearchText(
            item_id=page.pk,
            title=search.squeezed(page.title),
            text=f"{search.squeezed(page.title)} {search.squeezed(page.words())}",
        )
        for page in made
    )
    return keys


def statutes() -> list[dict]:
    source = Path(os.environ["GOVPUB_TEST_DATA"], "thai_statutes.jsonl.gz")
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def demo_items() -> list[tuple[str, str]]:
    """Topic and words of what the demo publishes."""
    return [
        (item.title, f"{item.summary} {' '.join(map(str, item.body))}")
        for module in DEMO
        for item in module.ITEMS
    ]


def ours(site: Site, query: str) -> list[int]:
    """As the page of the search: what has it; else what comes closest."""
    items = public_items(site)
    found = search.ranked(items, search.terms(query), search.phrase(query))
    keys = list(found.values_list("pk", flat=True))
    return keys or [page.pk for page in closest.closest(items, closest.words_of(query))]


def stock(site: Site, query: str) -> list[int]:
    try:
        with transaction.atomic():
            pages = LawPage.objects.live().descendant_of(site.root_page)
            return [page.pk for page in pages.search(query)]
    except Exception:  # a quotation mark is an error of SQLite's full-text search
        return []


def judge(site: Site, sets: dict[str, list[int]], judged: Path) -> None:
    judgements = json.loads(judged.read_text(encoding="utf-8"))
    print(judged.name)
    titles = dict(LawPage.objects.values_list("pk", "title"))
    missed: list[str] = []
    for name in (*sets, "all"):
        asked = [one for one in judgements if name in (one["set"], "all")]
        line = f"{name:9} {len(asked):2} queries"
        for label, engine in (("ours", ours), ("Wagtail", stock)):
            recalls, precisions = [], []
            for one in asked:
                members = sets[one["set"]]
                wanted = expected(one, members, titles)
                found = [key for key in engine(site, one["query"]) if key in members]
                recalls.append(len(wanted & set(found)) / len(wanted))
                top = found[:10]
                precisions.append(len(wanted & set(top)) / len(top) if top else 0)
                if name == "all" and label == "ours" and recalls[-1] < 1:
                    missed.append(f"{one['query']} ({recalls[-1]:.2f})")
            line += (
                f" | {label}: recall {statistics.mean(recalls):.2f}"
                f" precision@10 {statistics.mean(precisions):.2f}"
            )
        print(line)
    print("not wholly found by ours:", "; ".join(missed))


def expected(one: dict, members: list[int], titles: dict[int, str]) -> set[int]:
    if one["set"] == "statutes":
        return {members[line] for line in one["expected"]}
    found = {
        key
        for key in members
        for start in one["expected"]
        if titles[key].startswith(start)
    }
    assert found, one
    return found


def measure(site: Site, queries: list[str]) -> tuple[float, float, float]:
    """Median milliseconds of a query: the first twenty, and how many there are.

    Ours; Wagtail's; and what it takes ours to look for what comes closest besides.
    """
    times: dict[str, list[float]] = {"ours": [], "stock": [], "closest": []}
    for turn in range(ROUNDS):
        for query in queries:
            for name in times:
                start = time.perf_counter()
                if name == "ours":
                    words = search.terms(query)
                    found = search.ranked(
                        public_items(site), words, search.phrase(query)
                    )
                    found.count(), list(found[:20])
                elif name == "closest":
                    words = closest.words_of(query)
                    list(closest.closest(public_items(site), words))
                else:
                    try:
                        with transaction.atomic():
                            pages = LawPage.objects.live().descendant_of(site.root_page)
                            hits = pages.search(query)
                            hits.count(), list(hits[:20])
                    except Exception:  # noqa: S110
                        pass
                if turn:  # the first round warms up
                    times[name].append((time.perf_counter() - start) * 1000)
    mine, theirs, wide = map(statistics.median, times.values())
    return mine, theirs, wide


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 10_000])
    sizes = parser.parse_args().pages
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        run(sizes)
    finally:
        runner.teardown_databases(databases)


def run(sizes: list[int]) -> None:
    build_offices()
    site = Site.objects.get(is_default_site=True)
    parent = parent_of(site, LawPage)
    print(connection.vendor)
    rows = statutes()
    items = [(f"{row['act']} {row['section']}", row["text"]) for row in rows]
    demo = demo_items()
    sets = {
        "statutes": add(parent, range(len(rows)), items),
        "demo": add(parent, range(len(rows), len(rows) + len(demo)), demo),
    }
    for judged in (JUDGED, SECOND_LOOK):
        judge(site, sets, judged)
    queries = [one["query"] for one in json.loads(JUDGED.read_text("utf-8"))][::4]
    sentences = [line for row in rows for line in row["text"].split("\n")]
    choose = random.Random(4)
    there = len(rows) + len(demo)
    first: float | None = None
    for size in sizes:
        for start in range(there, size, 500):
            numbers = range(start, min(start + 500, size))
            more = [
                (
                    f"เรื่องที่ {number} {choose.choice(sentences)}",
                    "\n".join(choose.choices(sentences, k=8)),
                )
                for number in numbers
            ]
            add(parent, numbers, more)
        there = size
        mine, theirs, wide = measure(site, queries)
        first = first or mine
        print(
            f"{size:6} pages: a query of ours takes {mine / theirs:.2f} times one of"
            f" Wagtail's, {mine / first:.2f} times that at {sizes[0]} pages"
            f" (here {mine:.0f} ms); what comes closest {wide / mine:.2f} times ours"
        )


if __name__ == "__main__":
    main()
