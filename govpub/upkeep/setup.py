"""What an office needs to keep its information: the tables, where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from wagtail.models import Site

from govpub.upkeep.models import RetentionRule


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
