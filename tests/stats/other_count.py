"""What a log holds, counted by other means than the importer's: sets of one reading."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from functools import cache
from urllib.parse import unquote

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from govpub.stats.models import DailyCount, HourlyCount, Kind


class Counted:
    """What a log holds, counted without any code of the importer."""

    def __init__(self, path):
        self.pages, self.days, self.bots = Counter(), Counter(), 0
        self.downloads, self.hours = Counter(), Counter()
        people = defaultdict(set)
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", errors="replace") as log:
            for line in log:
                self._count(line, people)
        self.visitors = {day: len(found) for day, found in people.items()}

    def _count(self, line, people):
        try:
            before, asked, answer, referrer, _, agent, *_ = line.split('"')
            method, target, _protocol = asked.split(" ")
        except ValueError:
            return
        if method != "GET" or answer.split()[0] not in ("200", "304"):
            return
        path = unquote(target.split("?")[0].split("#")[0])
        name = path.rsplit("/", 1)[-1]
        ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
        if not re.fullmatch("[a-z0-9]{1,5}", ending):
            ending = ""
        is_file = ending in [
            "pdf",
            "doc",
            "docx",
            "xls",
            "xlsx",
            "ppt",
            "pptx",
            "odt",
            "ods",
            "odp",
            "csv",
            "zip",
            "rar",
            "7z",
            "gz",
            "tgz",
            "tar",
            "bz2",
            "exe",
            "dmg",
            "deb",
            "rpm",
            "jar",
            "apk",
        ]
        is_page = ending in ("", "html", "htm", "xhtml", "shtml", "php", "asp", "aspx")
        if not is_file and not is_page:
            return
        stamp = before[before.index("[") + 1 : before.index("]")]
        if stamp == "x":
            return
        moment = datetime.strptime(stamp, "%d/%b/%Y:%H:%M:%S %z")
        moment = moment.astimezone(timezone(timedelta(hours=7)))
        if is_robot(agent):
            self.bots += 1
            return
        people[moment.date()].add((before.split(" ")[0], agent))
        if is_file:
            self.downloads[path] += 1
            return
        self.pages[path] += 1
        self.days[moment.date()] += 1
        self.hours[moment.replace(minute=0, second=0)] += 1


BROWSERS = ("mozilla/", "opera", "nokia", "samsung", "blackberry", "sonyericsson")
ROBOTS = [re.compile(robot["pattern"]) for robot in CRAWLER_USER_AGENTS_DATA]


@cache
def is_robot(agent):
    if not agent.lower().startswith(BROWSERS):
        return True
    return any(robot.search(agent[:300]) for robot in ROBOTS)


def assert_equal_to(expected):
    """Every number in the tables is that of the other count."""
    site = DailyCount.objects.filter(subject__kind=Kind.SITE)
    assert {row.day: row.views for row in site if row.views} == expected.days
    assert {row.day: row.visitors for row in site} == expected.visitors
    hours = HourlyCount.objects.filter(subject__kind=Kind.SITE, views__gt=0)
    assert {row.hour: row.views for row in hours} == expected.hours
    for kinds, pages in (
        ([Kind.ADDRESS, Kind.PAGE], expected.pages),
        ([Kind.DOWNLOAD], expected.downloads),
    ):
        found = Counter()
        rows = DailyCount.objects.filter(subject__kind__in=kinds)
        for row in rows.select_related("subject"):
            # The only page of the tree is the front page.
            is_page = row.subject.kind == Kind.PAGE
            found["/" if is_page else row.subject.key] += row.views
        assert found == pages
    bots = DailyCount.objects.filter(subject__kind=Kind.BOT)
    assert sum(row.views for row in bots) == expected.bots
