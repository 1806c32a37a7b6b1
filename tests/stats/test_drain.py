"""From the spool to the tables: every hit exactly once, every person once a day."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

from govpub.jobs import announced_jobs
from govpub.stats import collector, ledger, presence, rollup
from govpub.stats.hits import Event, Hit, to_line
from govpub.stats.models import (
    DailyCount,
    Drained,
    HourlyCount,
    Kind,
    Loss,
    MonthlyCount,
    StatisticsSettings,
    Subject,
    Visitor,
)
from govpub.stats.store import database
from govpub.stats.store.database import DatabaseStore

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 12:00 in Bangkok
AT = int(NOON.timestamp())


@pytest.fixture
def keep(office):
    """Append hits as a request would."""

    def append(*hits):
        for hit in hits:
            collector.get_collector().store.append(hit._replace(site=office.pk))

    return append


def view(at=AT, visitor=1, key="/a/", **more):
    return Hit(at, 0, Event.VIEW, key, visitor=visitor, **more)


def test_hours_days_and_months_agree(keep, drain, office):
    keep(view(), view(AT + 3600), view(AT + 3600, visitor=2), view(AT + 86400))
    assert drain() == 4
    subject = Subject.objects.get(kind=Kind.SITE)
    rows = HourlyCount.objects.filter(subject=subject).order_by("hour")
    assert [(r.hour, r.views, r.visitors) for r in rows] == [
        (NOON, 1, 1),
        (NOON + timedelta(hours=1), 2, 2),
        (NOON + timedelta(days=1), 1, 1),
    ]
    rows = DailyCount.objects.filter(subject=subject).order_by("day")
    assert [(r.day, r.views, r.visitors) for r in rows] == [
        (date(2026, 11, 20), 3, 2),
        (date(2026, 11, 21), 1, 1),
    ]
    month = MonthlyCount.objects.get(subject=subject)
    assert (month.month, month.views, month.visitors) == (date(2026, 11, 1), 4, 3)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_arrival_does_not_matter(keep, drain, count_of, order):
    hits = [view(AT + 600 * i, visitor=1 + i % 3) for i in range(30)][::order]
    keep(*hits[:7])
    drain()
    keep(*hits[7:])
    drain()
    assert count_of(Kind.SITE) == (30, 3)
    by_hour = HourlyCount.objects.filter(subject__kind=Kind.SITE)
    assert [row.visitors for row in by_hour] == [3] * 5


def test_a_day_ends_at_midnight_in_bangkok(keep, drain):
    midnight = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    before = int(midnight.timestamp()) - 1
    keep(view(before), view(before + 1))
    drain()
    days = DailyCount.objects.filter(subject__kind=Kind.SITE).order_by("day")
    assert [row.day for row in days] == [date(2026, 11, 20), date(2026, 11, 21)]


def test_draining_again_counts_nothing_again(keep, drain, count_of):
    keep(view())
    assert [drain(), drain()] == [1, 0]
    assert count_of(Kind.SITE) == (1, 1)


def test_a_restarted_drainer_goes_on_where_the_numbers_end(keep, drain, count_of):
    keep(view())
    drain()
    keep(view(visitor=2))
    assert DatabaseStore().drain() == 1
    assert count_of(Kind.SITE) == (2, 2)


def test_of_two_drainers_that_read_the_same_lines_one_counts(keep, count_of):
    keep(view())
    one, two = DatabaseStore(), DatabaseStore()
    parts = two._read()
    assert one.drain() == 1
    with pytest.raises(database.AlreadyCounted):
        two._count(parts)
    assert count_of(Kind.SITE) == (1, 1)


def test_a_drainer_that_slept_over_the_removal_counts_nothing(keep, drain, count_of):
    keep(view())
    slow = DatabaseStore()
    parts = slow._read()
    drain()
    collector.reset_collector(setting="GOVPUB_STATS_DIR")  # the writer dies
    drain()
    assert not slow.spool.segments()
    with pytest.raises(database.AlreadyCounted):
        slow._count(parts)
    assert count_of(Kind.SITE) == (1, 1)


def test_the_notes_about_removed_files_are_forgotten_after_a_day(keep, drain):
    keep(view())
    drain()
    collector.reset_collector(setting="GOVPUB_STATS_DIR")
    drain()
    assert Drained.objects.count() == 1
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        drain()
    assert not Drained.objects.exists()


def test_a_failing_transaction_leaves_everything_for_the_next_time(
    keep, drain, count_of, monkeypatch
):
    keep(view())

    def fail(losses):
        raise DatabaseError("away")

    monkeypatch.setattr(ledger, "post_losses", fail)
    with pytest.raises(DatabaseError):
        drain()
    monkeypatch.undo()
    assert count_of(Kind.SITE) == (0, 0)
    assert drain() == 1
    assert count_of(Kind.SITE) == (1, 1)


def test_a_large_spool_is_counted_in_several_transactions(
    keep, drain, count_of, monkeypatch
):
    monkeypatch.setattr(database, "BATCH_BYTES", 500)
    keep(*[view(visitor=n + 1) for n in range(100)])
    assert drain() == 100
    assert count_of(Kind.SITE) == (100, 100)


def test_a_thousand_hits_cost_few_statements(keep, drain):
    keep(*[view(visitor=n % 200 + 1, key=f"/{n % 20}/") for n in range(1000)])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        drain()
    assert len(queries) < 60


def test_damaged_lines_and_unknown_offices_are_losses(keep, drain, office, count_of):
    keep(view())
    spool = collector.get_collector().store.spool
    spool.append(b"h\tnonsense\n")
    spool.append(to_line(view()._replace(site=office.pk + 99)))
    drain()
    assert count_of(Kind.SITE) == (1, 1)
    assert Loss.objects.get(reason=Loss.Reason.DAMAGED).hits == 2


def test_outsiders_cannot_invent_subjects_without_end(
    keep, drain, count_of, monkeypatch
):
    monkeypatch.setattr(ledger, "MAX_SUBJECTS", 3)
    keep(*[view(referrer=f"site{n}.example") for n in range(5)])
    drain()
    keep(view(referrer="site9.example"), view(referrer="site0.example"))
    drain()
    referrers = Subject.objects.filter(kind=Kind.REFERRER)
    assert referrers.count() == 4
    assert count_of(Kind.REFERRER, "…")[0] == 3
    assert count_of(Kind.REFERRER, "site0.example")[0] == 2


def test_a_page_keeps_its_name_after_it_is_deleted(keep, drain, office):
    page = office.root_page.add_child(instance=Page(title="ข่าว", slug="news"))
    keep(view(key=str(page.pk)))
    drain()
    page.delete()
    assert str(Subject.objects.get(kind=Kind.PAGE)) == "ข่าว"


def test_the_first_day_of_counting_is_remembered(keep, drain, office):
    keep(view(AT + 86400), view(AT))
    drain()
    keep(view(AT - 86400))
    drain()
    assert StatisticsSettings.objects.get(site=office).live_since == date(2026, 11, 20)


@time_machine.travel(NOON, tick=False)
def test_online_are_those_seen_in_the_last_five_minutes(keep, drain, office):
    keep(view(AT - 301), view(AT - 299, visitor=2), view(visitor=3), view(visitor=3))
    drain()
    assert presence.online_now(office.pk) == 2
    assert presence.online_now(office.pk + 1) == 0


def test_visitors_are_forgotten_when_their_day_is_over(keep, drain, count_of):
    keep(view())
    drain()
    with time_machine.travel(NOON + timedelta(hours=12, minutes=30), tick=False):
        rollup.tidy()
        assert Visitor.objects.exists()  # late hits may still come.
    with time_machine.travel(NOON + timedelta(hours=13, minutes=1), tick=False):
        rollup.tidy()
    assert not Visitor.objects.exists()
    assert count_of(Kind.SITE) == (1, 1)


def test_hours_are_given_up_after_their_time_and_days_stay(
    keep, drain, count_of, settings
):
    settings.GOVPUB_STATS_HOURLY_DAYS = 90
    keep(*[view(AT + 86400 * day) for day in range(5)])
    drain()
    with time_machine.travel(NOON + timedelta(days=92), tick=False):
        rollup.tidy()
    hours = HourlyCount.objects.filter(subject__kind=Kind.SITE)
    assert [row.hour for row in hours] == [NOON + timedelta(days=n) for n in (2, 3, 4)]
    assert count_of(Kind.SITE) == (5, 5)


def test_the_scheduler_does_both(keep, count_of, settings):
    keep(view())
    jobs = {job.name: job for job in announced_jobs()}
    assert "1" in jobs["govpub.stats.drain"].run()
    assert jobs["govpub.stats.drain"].run() == ""
    assert jobs["govpub.stats.tidy"].run() != ""
    settings.GOVPUB_STATS_NODE = "web2"
    assert "govpub.stats.drain@web2" in {job.name for job in announced_jobs()}


KILLED = Path(__file__).with_name("killed_drainer.py")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks and kills")
def test_a_drainer_killed_before_any_of_its_lines_counts_nothing_twice(
    tmp_path, own_database
):
    """``killed_drainer`` plays it in its own database; see there."""
    result = subprocess.run(
        [sys.executable, KILLED, tmp_path],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"SMALL_SITE_DATABASE": own_database},
    )
    assert result.returncode == 0, result.stdout + result.stderr
    kills, answered, counted, visitors = map(int, result.stdout.split())
    assert kills > 150
    assert counted == answered
    assert visitors == 3


def test_sqlite_understands_what_we_write():
    assert sqlite3.sqlite_version_info >= (3, 24)
