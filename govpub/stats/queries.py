"""The numbers people expect of an office's website: ครั้ง (views) and คน (visitors).

A visitor is one person on one day. Over several days the visitors of each day are added
up, for nobody can tell tomorrow who came today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum
from django.utils import timezone

from wagtail.models import Site

from govpub.thai.dates import BANGKOK, FiscalYear

from .bangkok import first_hour
from .models import (
    DailyCount,
    HourlyCount,
    Kind,
    Loss,
    MonthlyCount,
    StatisticsSettings,
    Subject,
)
from .periods import ONE_DAY, Period, fiscal_year, month_of, week_of


@dataclass(frozen=True)
class Numbers:
    """``views`` are ครั้ง, ``visitors`` are คน."""

    views: int = 0
    visitors: int = 0

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(self.views + other.views, self.visitors + other.visitors)


@dataclass(frozen=True)
class Headline:
    """The numbers every office's counter shows."""

    today: Numbers
    yesterday: Numbers
    this_week: Numbers
    this_month: Numbers
    last_month: Numbers
    this_year: Numbers
    this_fiscal_year: Numbers
    fiscal_year: FiscalYear
    all_time: Numbers
    since: date | None
    busiest_day: date | None
    busiest: Numbers


@dataclass(frozen=True)
class Ranked:
    """One subject of a ranking, with its numbers and its part of all the views."""

    subject: Subject
    numbers: Numbers
    share: float


def headline(site: Site) -> Headline:
    """All the numbers of the counter, the opening balance included in the last."""
    today = timezone.localdate()
    days = _rows(DailyCount.objects.filter(day__gte=today - timedelta(62)), site, "day")
    months = _rows(MonthlyCount.objects.all(), site, "month")
    found = StatisticsSettings.objects.filter(site=site).first()
    settings = found or StatisticsSettings(site=site)
    opening = Numbers(settings.opening_views, settings.opening_visitors)
    year = FiscalYear.of(today)
    busiest = _busiest(site)
    return Headline(
        today=days[today],
        yesterday=days[today - timedelta(1)],
        this_week=_within(days, week_of(today)),
        this_month=months[today.replace(day=1)],
        last_month=months[month_of(today).before.first],
        this_year=_within(months, Period(date(today.year, 1, 1), today)),
        this_fiscal_year=_within(months, fiscal_year(year)),
        fiscal_year=year,
        all_time=sum(months.values(), opening),
        since=settings.counting_since or first_day(site),
        busiest_day=busiest.day if busiest else None,
        busiest=Numbers(busiest.views, busiest.visitors) if busiest else Numbers(),
    )


def _busiest(site: Site) -> DailyCount | None:
    days = DailyCount.objects.filter(subject__in=_whole_site(site))
    return days.order_by("-views", "day").first()


def first_day(site: Site) -> date | None:
    """The first day of which this office has numbers, imported ones included."""
    days = DailyCount.objects.filter(subject__in=_whole_site(site), views__gt=0)
    return days.aggregate(first=Min("day"))["first"]


def _whole_site(site: Site) -> QuerySet[Subject]:
    return Subject.objects.filter(site=site, kind=Kind.SITE)


def _rows(
    counts: QuerySet, site: Site, when: str, subject: Subject | None = None
) -> dict[date, Numbers]:
    """By day or month, of ``subject`` or else of the whole site."""
    rows = counts.filter(subject__in=[subject] if subject else _whole_site(site))
    found: dict[date, Numbers] = defaultdict(Numbers)
    for day, views, visitors in rows.values_list(when, "views", "visitors"):
        found[day] = Numbers(views, visitors)
    return found


def _within(rows: dict[date, Numbers], period: Period) -> Numbers:
    return sum((n for day, n in rows.items() if day in period), Numbers())


def total(site: Site, period: Period, subject: Subject | None = None) -> Numbers:
    """Views and visitors during a period, of the whole site or of one subject of it."""
    return sum(monthly(site, period, subject).values(), Numbers())


def daily(
    site: Site, period: Period, subject: Subject | None = None
) -> dict[date, Numbers]:
    """The numbers of each day that has any."""
    return dict(_rows(_days(period.first, period.last), site, "day", subject))


def monthly(
    site: Site, period: Period, subject: Subject | None = None
) -> dict[date, Numbers]:
    """The numbers of each month, of its days within the period only."""
    months: dict[date, Numbers] = defaultdict(Numbers)
    for counts, when in _spans(period):
        for day, numbers in _rows(counts, site, when, subject).items():
            months[day.replace(day=1)] += numbers
    return dict(months)


def hourly(site: Site, day: date, subject: Subject | None = None) -> dict[int, Numbers]:
    """The numbers of the hours of a day, while hours are kept."""
    start = first_hour(day)
    rows = HourlyCount.objects.filter(
        subject__in=[subject] if subject else _whole_site(site),
        hour__gte=start,
        hour__lt=start + timedelta(days=1),
    )
    found: dict[int, Numbers] = {}
    moment: datetime
    for moment, views, visitors in rows.values_list("hour", "views", "visitors"):
        found[moment.astimezone(BANGKOK).hour] = Numbers(views, visitors)
    return found


def ranking(site: Site, kinds: Iterable[Kind], period: Period) -> list[Ranked]:
    """The subjects of these kinds that had views in the period, most first."""
    subjects = Subject.objects.filter(site=site, kind__in=list(kinds))
    numbers: dict[int, Numbers] = defaultdict(Numbers)
    for counts, _when in _spans(period):
        rows = counts.filter(subject__in=subjects).values_list("subject")
        for pk, views, visitors in rows.annotate(Sum("views"), Sum("visitors")):
            numbers[pk] += Numbers(views, visitors)
    whole = sum(number.views for number in numbers.values()) or 1
    found = subjects.in_bulk([pk for pk, number in numbers.items() if number.views])
    ranked = [
        Ranked(subject, numbers[pk], 100 * numbers[pk].views / whole)
        for pk, subject in found.items()
    ]
    return sorted(ranked, key=lambda r: (-r.numbers.views, r.subject.key))


def _spans(period: Period) -> list[tuple[QuerySet, str]]:
    """Rows that add up to the period: whole months, and the days around them."""
    months = period.whole_months()
    if not months:
        return [(_days(period.first, period.last), "day")]
    whole = MonthlyCount.objects.filter(month__range=(months.first, months.last))
    spans: list[tuple[QuerySet, str]] = [(whole, "month")]
    # Two ranges that an index finds, not one with a hole that it would walk through.
    if period.first < months.first:
        spans.append((_days(period.first, months.first - ONE_DAY), "day"))
    if period.last > months.last:
        spans.append((_days(months.last + ONE_DAY, period.last), "day"))
    return spans


def _days(first: date, last: date) -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(day__range=(first, last))


def subject_of(site: Site, kind: Kind, key: str) -> Subject | None:
    """What is counted under this name, if it was ever opened."""
    return Subject.objects.filter(site=site, kind=kind, key=key).first()


def of_subject(
    site: Site, kind: Kind, key: str, period: Period | None = None
) -> Numbers:
    """The numbers of one page, document or category; of all time without a period."""
    rows: QuerySet[Any] = MonthlyCount.objects.all()
    if period:
        rows = _days(period.first, period.last)
    found = rows.filter(
        subject__site=site, subject__kind=kind, subject__key=key
    ).aggregate(views=Sum("views"), visitors=Sum("visitors"))
    return Numbers(found["views"] or 0, found["visitors"] or 0)


def losses(period: Period) -> int:
    """Visits of the whole installation that could not be counted."""
    rows = Loss.objects.filter(day__range=(period.first, period.last))
    return rows.aggregate(hits=Sum("hits"))["hits"] or 0


def last_loss() -> date | None:
    return Loss.objects.aggregate(day=Max("day"))["day"]
