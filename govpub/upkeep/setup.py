"""What an office needs to keep its information: the tables, where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from wagtail.models import Site

from govpub.upkeep.models import AssessmentDate, RetentionRule, UpkeepSettings


class Suggestion(Protocol):
    """A row of the retention table as an app suggests it; numbers are months."""

    @property
    def category(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def usual(self) -> int | None: ...
    @property
    def longest(self) -> int: ...
    @property
    def no_end(self) -> bool: ...
    @property
    def verify(self) -> int: ...


def ensure_retention(site: Site, suggestions: Iterable[Suggestion]) -> int:
    """Write the suggested table of an office that has none; how many rows."""
    if RetentionRule.objects.filter(site=site).exists():
        return 0
    rows = [
        RetentionRule(
            site=site,
            category=str(int(row.category)),
            kind=row.kind,
            default_end=row.end,
            default_months=row.usual,
            maximum_months=row.longest,
            may_have_no_end=row.no_end,
            verify_months=row.verify,
        )
        for row in suggestions
    ]
    return len(RetentionRule.objects.bulk_create(rows))


# The two dates of which we know, from the ministry's instructions for that year; for
# later years each office writes down its own.
ASSESSMENTS = (
    (2567, date(2024, 3, 28), "วันสุดท้ายของการแนบลิงก์ข้อมูลไตรมาสที่ 2 ในระบบ MITAS"),
    (2567, date(2024, 9, 13), "วันสุดท้ายของการแนบลิงก์ข้อมูลไตรมาสที่ 4 ในระบบ MITAS"),
)


def ensure_rules(site: Site) -> int:
    """Write the known assessment dates and the rules of an office that has none."""
    UpkeepSettings.objects.get_or_create(site=site)
    if AssessmentDate.objects.filter(site=site).exists():
        return 0
    rows = [
        AssessmentDate(site=site, fiscal_year=year, day=day, label=label)
        for year, day, label in ASSESSMENTS
    ]
    return len(AssessmentDate.objects.bulk_create(rows))
