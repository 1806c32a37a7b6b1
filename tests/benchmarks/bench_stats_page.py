"""Whether the public page gets slower, and the database larger, as visits grow.

    python tests/benchmarks/bench_stats_page.py [--pages 150]

Simulates an office as its tables hold it, in an SQLite file of its own: 1, 10 and 100
million hits over the same ten years, and 10 million over one, three and ten. Prints the
time of all queries of the public section for three periods, as milliseconds and as
ratios of the first of its group; and the octets that a million hits take.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.stats import small_site

# Millions of hits, years.
GROUPS = {
    "More hits": ((1, 10), (10, 10), (100, 10)),
    "More years": ((10, 1), (10, 3), (10, 10)),
}
HOURS = 90


def fill(site, pages: int, millions: int, years: int) -> None:
    """Rows as the drainer leaves them: a page's part falls with its rank."""
    from govpub.stats.models import DailyCount, HourlyCount, Kind, Subject

    chance = random.Random(5)
    weights = [1 / rank for rank in range(1, pages + 1)]
    whole = sum(weights)
    per_day = millions * 1_000_000 / (years * 365)
    subjects = [
        Subject.objects.create(site=site, kind=kind, key=key)
        for kind, key in [
            (Kind.SITE, ""),
            *((Kind.CATEGORY, str(number)) for number in range(1, 10)),
            *((Kind.DEVICE, key) for key in ("desktop", "mobile", "tablet")),
            *((Kind.ADDRESS, f"/{number}/") for number in range(pages)),
        ]
    ]
    parts = [1.0, *[1 / 9] * 9, *[1 / 3] * 3, *(weight / whole for weight in weights)]
    today = date.today()
    numbers = [
        (subject, max(1, int(per_day * part)))
        for subject, part in zip(subjects, parts, strict=True)
        if per_day * part >= 0.05
    ]

    def days() -> Iterator[DailyCount]:
        for back in range(years * 365):
            for subject, mean in numbers:
                views = chance.randint(mean // 2, mean * 3 // 2)
                yield DailyCount(
                    subject=subject,
                    day=today - timedelta(back),
                    views=views,
                    visitors=views // 2,
                )

    def hours() -> Iterator[HourlyCount]:
        from govpub.stats.bangkok import first_hour

        for back in range(HOURS):
            start = first_hour(today - timedelta(back))
            for subject, mean in numbers:
                # A page read five times a day has rows for five hours of it.
                for hour in range(min(mean, 24)):
                    yield HourlyCount(
                        subject=subject,
                        hour=start + timedelta(hours=hour),
                        views=max(1, mean // 24),
                        visitors=1,
                    )

    DailyCount.objects.bulk_create(days(), batch_size=2000)
    HourlyCount.objects.bulk_create(hours(), batch_size=2000)
    add_up_months()


def add_up_months() -> None:
    from django.db.models import Sum
    from django.db.models.functions import TruncMonth

    from govpub.stats.models import DailyCount, MonthlyCount

    months = DailyCount.objects.values("subject", month=TruncMonth("day")).annotate(
        v=Sum("views"), p=Sum("visitors")
    )
    MonthlyCount.objects.bulk_create(
        (
            MonthlyCount(
                subject_id=row["subject"],
                month=row["month"],
                views=row["v"],
                visitors=row["p"],
            )
            for row in months.iterator()
        ),
        batch_size=2000,
    )


def ask(site, period) -> float:
    """Milliseconds of every query behind the public section, the best of five."""
    from govpub.stats import queries, sections
    from govpub.stats.models import Kind

    times = []
    for _ in range(5):
        start = time.perf_counter()
        queries.headline(site)
        queries.total(site, period)
        queries.total(site, period.before)
        sections.chart(site, period)
        for kind in (Kind.ADDRESS, Kind.CATEGORY, Kind.DOWNLOAD, Kind.DEVICE):
            queries.ranking(site, [kind], period)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def measure(folder: Path, pages: int) -> None:
    small_site.set_up(folder)
    site = small_site.make_office()
    from django.db import connection

    from govpub.stats.models import DailyCount, HourlyCount, MonthlyCount, Subject
    from govpub.stats.periods import Period, last_days
    from govpub.thai.dates import FiscalYear

    for group, sizes in GROUPS.items():
        first: list[float] = []
        print(f"{group}, {pages} pages: 30 days, a fiscal year, all time")
        for millions, years in sizes:
            for model in (HourlyCount, DailyCount, MonthlyCount, Subject):
                model.objects.all().delete()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
                empty = database_octets(cursor)
            fill(site, pages, millions, years)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
                octets = database_octets(cursor) - empty
            year = FiscalYear.current().previous()
            today = date.today()
            times = [
                ask(site, period)
                for period in (
                    last_days(30),
                    Period(year.start, year.end),
                    Period(today - timedelta(years * 365), today),
                )
            ]
            first = first or times
            shown = "  ".join(
                f"{ms:6.1f} ms ({ms / base:4.2f})"
                for ms, base in zip(times, first, strict=True)
            )
            print(
                f"{millions:4} million {years:2} years  {shown}  "
                f"{octets / millions / 1e6:6.2f} MB per million hits",
                flush=True,
            )


def database_octets(cursor) -> int:
    cursor.execute("PRAGMA page_count")
    (pages,) = cursor.fetchone()
    cursor.execute("PRAGMA page_size")
    return pages * cursor.fetchone()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.pages)


if __name__ == "__main__":
    main()
