"""Importing logs, against a count by quite different means: sets of one reading."""

from __future__ import annotations

import gzip
import io
import os
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from wagtail.models import Page

from govpub.stats import importer, ledger
from govpub.stats.importer import LogImporter
from govpub.stats.models import (
    DailyCount,
    HourlyCount,
    Kind,
    LogImport,
    StatisticsSettings,
    Visitor,
)

from .conftest import FIREFOX, GOOGLEBOT, PHONE
from .other_count import Counted, assert_equal_to

pytestmark = pytest.mark.django_db

REAL_LOG = Path(os.environ.get("GOVPUB_TEST_DATA", "")) / "access_log_2015_part1.gz"
LINE = (
    '203.0.113.7 - - [17/May/2015:10:05:03 +0000] "GET /a/?q=1 HTTP/1.1" 200 12 '
    f'"https://moph.go.th/x" "{FIREFOX}"\n'
)


def everything():
    return sorted(
        DailyCount.objects.values_list("subject", "day", "views", "visitors")
    ), sorted(HourlyCount.objects.values_list("subject", "hour", "views", "visitors"))


@pytest.fixture
def run(office):
    def call(*paths, **options):
        output = io.StringIO()
        options.setdefault("site", office.hostname)
        call_command("govpub_import_log", *map(str, paths), stdout=output, **options)
        return output.getvalue()

    return call


@pytest.fixture
def log(tmp_path):
    """A generated log of 3,000 lines over ten days, people, robots and rubbish."""
    chance = random.Random(7)
    start = datetime(2024, 2, 25, tzinfo=UTC)
    addresses = [f"198.51.100.{n}" for n in range(40)]
    agents = [FIREFOX, PHONE, GOOGLEBOT, "curl/8.0", "-"]
    paths = ["/", "/a/", "/a/?page=2", "/b.html", "/x.css", "/p.png", "/f.pdf", "/ก/"]
    methods = ["GET"] * 9 + ["POST"]
    lines = []
    for number in range(3000):
        moment = start + timedelta(seconds=288 * number + chance.randrange(200))
        if number % 250 == 7:
            lines.append(
                chance.choice(["", "rubbish", '1 - - [x] "GET / H" 200 1 "" ""'])
            )
            continue
        lines.append(
            f"{chance.choice(addresses)} - - [{moment:%d/%b/%Y:%H:%M:%S} +0000] "
            f'"{chance.choice(methods)} {chance.choice(paths)} HTTP/1.1" '
            f'{chance.choice([200] * 8 + [304, 404])} 99 "-" "{chance.choice(agents)}"'
        )
    path = tmp_path / "access.log"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(importer, "BATCH_LINES", 700)


@pytest.mark.skipif(
    not REAL_LOG.is_file(),
    reason="GOVPUB_TEST_DATA does not name the folder of access_log_2015_part1.gz",
)
def test_a_real_log_gives_the_same_numbers_as_the_other_count(run):
    expected = Counted(REAL_LOG)
    assert sum(expected.days.values()) > 800
    assert "5000 " in run(REAL_LOG)
    assert_equal_to(expected)
    before = everything()
    assert "5000" in run(REAL_LOG)
    assert everything() == before


def test_a_generated_log_gives_the_same_numbers_as_the_other_count(run, log):
    output = run(log)
    assert "3000" in output
    assert "12" in output  # the bad lines
    assert LogImport.objects.get().bad_lines == 12
    assert_equal_to(Counted(log))


def test_importing_again_changes_nothing_under_any_name(run, log, tmp_path):
    run(log)
    before = everything()
    packed = tmp_path / "other.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    shorter = tmp_path / "shorter.log"
    shorter.write_bytes(b"".join(log.read_bytes().splitlines(True)[:900]))
    run(log, packed, shorter)
    assert everything() == before


def test_a_log_that_has_grown_is_continued(run, log, tmp_path):
    lines = log.read_bytes().splitlines(True)
    growing = tmp_path / "growing.log"
    for size in (1, 500, 1800, 3000):
        growing.write_bytes(b"".join(lines[:size]))
        run(growing)
    assert_equal_to(Counted(log))
    assert LogImport.objects.get().lines == 3000


def test_a_line_still_being_written_waits(run, log):
    whole = log.read_bytes()
    log.write_bytes(whole[:-20])
    run(log)
    log.write_bytes(whole)
    run(log)
    assert_equal_to(Counted(log))


@pytest.mark.parametrize("batch", range(4))
def test_an_interrupted_import_goes_on(run, log, monkeypatch, batch):
    posts, post = [], ledger.post

    def fail_once(*args):
        post(*args)
        posts.append(1)
        if len(posts) == batch + 1:
            raise DatabaseError("the power went out")

    monkeypatch.setattr(ledger, "post", fail_once)
    with pytest.raises(DatabaseError):
        run(log)
    run(log)
    assert_equal_to(Counted(log))


def test_people_in_two_logs_of_one_day_are_counted_once(run, log, tmp_path, count_of):
    lines = log.read_bytes().splitlines(True)
    halves = tmp_path / "first.log", tmp_path / "second.log"
    halves[0].write_bytes(b"".join(lines[:1500]))
    halves[1].write_bytes(b"".join(lines[1500:]))
    run(*halves)
    assert_equal_to(Counted(log))


def test_a_different_log_with_the_same_beginning_is_refused(run, log):
    run(log)
    before = everything()
    lines = log.read_bytes().splitlines(True)
    log.write_bytes(b"".join([lines[0], *lines[2:], *lines[:500]]))
    with pytest.raises(CommandError):
        run(log)
    assert everything() == before


def test_days_that_were_counted_live_are_left_alone(run, log, office):
    StatisticsSettings.objects.create(site=office, live_since=date(2024, 3, 1))
    run(log)
    expected = Counted(log)
    site = DailyCount.objects.filter(subject__kind=Kind.SITE)
    assert {row.day: row.views for row in site} == {
        day: views for day, views in expected.days.items() if day < date(2024, 3, 1)
    }


def test_the_operator_may_name_the_last_day(run, log):
    run(log, until="27/2/2567")
    days = DailyCount.objects.filter(subject__kind=Kind.SITE).values_list("day")
    assert max(days)[0] == date(2024, 2, 26)


def test_addresses_of_pages_that_still_exist_are_those_pages(
    run, tmp_path, office, count_of
):
    page = office.root_page.add_child(instance=Page(title="A", slug="a"))
    log = tmp_path / "a.log"
    log.write_text(LINE + LINE.replace("/a/?q=1", "/documents/12/plan.pdf"))
    run(log)
    assert count_of(Kind.PAGE, str(page.pk)) == (1, 1)
    assert count_of(Kind.DOWNLOAD, "12") == (1, 1)
    assert count_of(Kind.REFERRER, "moph.go.th") == (1, 0)


def test_each_office_imports_its_own_log(run, tmp_path, office, other_office, count_of):
    log = tmp_path / "a.log"
    log.write_text(LINE)
    with pytest.raises(CommandError, match=r"other\.example"):
        run(log, site=None)
    run(log, site="other.example")
    assert count_of(Kind.SITE, site=other_office) == (1, 1)
    assert count_of(Kind.SITE, site=office) == (0, 0)
    run(log, site=office.hostname)
    assert count_of(Kind.SITE, site=office) == (1, 1)


def test_no_visitor_of_an_import_is_kept(run, log):
    run(log)
    assert not Visitor.objects.exists()


@pytest.mark.parametrize(
    "broken", [{"until": "soon"}, {"site": "nowhere.example"}], ids=str
)
def test_bad_options_are_explained(run, log, broken):
    with pytest.raises(CommandError, match="."):
        run(log, **broken)


def test_a_missing_or_broken_file_is_explained(run, log, tmp_path):
    with pytest.raises(CommandError, match="gone"):
        run(log, tmp_path / "gone.log")
    assert not LogImport.objects.exists()
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(log.read_bytes())[:-500])
    with pytest.raises(CommandError, match="broken"):
        run(broken)


def test_an_empty_log_is_no_error(run, tmp_path):
    (tmp_path / "empty.log").write_bytes(b"")
    run(tmp_path / "empty.log")
    assert not DailyCount.objects.exists()


def test_the_bar_is_for_terminals(run, log, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    run(log)
    assert "access.log [" in capsys.readouterr().err


def test_a_fingerprint_holds_no_address(tmp_path):
    one, two = tmp_path / "1.log", tmp_path / "2.log"
    one.write_text(LINE)
    two.write_text(LINE.replace("203.0.113.7", "198.51.100.1"))
    assert importer.fingerprint(one) == importer.fingerprint(two)


def test_progress_reaches_the_end(office, log):
    seen = []
    LogImporter(office).run(log, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == log.stat().st_size
