"""The public numbers as tables and as one JSON document; dates are ISO, common era."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from wagtail.models import Site

from . import public_names, queries
from .models import Kind
from .periods import Period
from .public_names import Named

Row = tuple[object, ...]
MOST = 1000


def days(site: Site, period: Period) -> Iterator[Row]:
    """Views and visitors of each day."""
    yield "date", "views", "visitors"
    numbers = queries.daily(site, period)
    for day in sorted(numbers):
        yield day.isoformat(), numbers[day].views, numbers[day].visitors


def months(site: Site, period: Period) -> Iterator[Row]:
    """Views and visitors of each month, of its days within the period."""
    yield "month", "views", "visitors"
    numbers = queries.monthly(site, period)
    for month in sorted(numbers):
        yield f"{month:%Y-%m}", numbers[month].views, numbers[month].visitors


def pages(site: Site, period: Period) -> Iterator[Row]:
    """The most-read pages that are public now."""
    ranking = queries.ranking(site, [Kind.PAGE], period)
    return _named(public_names.pages(site, ranking, MOST))


def categories(site: Site, period: Period) -> Iterator[Row]:
    ranking = queries.ranking(site, [Kind.CATEGORY], period)
    return _named(public_names.categories(site, ranking))


def downloads(site: Site, period: Period) -> Iterator[Row]:
    ranking = queries.ranking(site, [Kind.DOWNLOAD], period)
    return _named(public_names.documents(ranking, MOST))


def devices(site: Site, period: Period) -> Iterator[Row]:
    yield "device", "views", "percent"
    for ranked in queries.ranking(site, [Kind.DEVICE], period):
        yield ranked.subject.key, ranked.numbers.views, round(ranked.share, 2)


def _named(rows: Iterable[Named]) -> Iterator[Row]:
    yield "title", "address", "views", "visitors"
    for row in rows:
        numbers = row.ranked.numbers
        yield row.title, row.url, numbers.views, numbers.visitors


TABLES: dict[str, Callable[[Site, Period], Iterator[Row]]] = {
    "days": days,
    "months": months,
    "pages": pages,
    "categories": categories,
    "downloads": downloads,
    "devices": devices,
}


def everything(site: Site, period: Period) -> dict[str, object]:
    """All tables of a period, with its totals and where the counting began."""
    headline = queries.headline(site)
    data: dict[str, object] = {
        "site": site.site_name or site.hostname,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "total": asdict(queries.total(site, period)),
        "before": asdict(queries.total(site, period.before)),
        "all_time": asdict(headline.all_time),
        "counting_since": headline.since and headline.since.isoformat(),
        "time_zone": "Asia/Bangkok",
    }
    for name, table in TABLES.items():
        columns, *rows = table(site, period)
        data[name] = [dict(zip(map(str, columns), row, strict=True)) for row in rows]
    return data


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell
