"""The numbers in the database: everything here runs inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from govpub.upsert import add, chunks

from .bangkok import day_number, day_of_hour, day_of_number, moment_of_hour
from .models import (
    HOURLY_KINDS,
    OPEN_KINDS,
    DailyCount,
    HourlyCount,
    Loss,
    MonthlyCount,
    StatisticsSettings,
    Subject,
)
from .names import first_labels
from .tally import Slot

MAX_SUBJECTS = 5000
OTHERS = "…"


@dataclass
class Newcomers:
    """Visitors who were not yet counted: that day, and in that hour."""

    days: Counter[tuple[Slot, date]] = field(default_factory=Counter)
    hours: Counter[tuple[Slot, int]] = field(default_factory=Counter)


def post(
    views: Mapping[tuple[Slot, int], int],
    people: Newcomers,
    ids: Mapping[Slot, int],
) -> None:
    """Add views and newcomers to the hours, the days and the months."""
    hours: Counter[tuple[int, int, int]] = Counter()
    days: Counter[tuple[int, date, int]] = Counter()
    for (slot, hour), number in views.items():
        days[ids[slot], day_of_hour(hour), 0] += number
        if slot.kind in HOURLY_KINDS:
            hours[ids[slot], hour, 0] += number
    for (slot, hour), number in people.hours.items():
        if slot.kind in HOURLY_KINDS:
            hours[ids[slot], hour, 1] += number
    for (slot, day), number in people.days.items():
        days[ids[slot], day, 1] += number
    months: Counter[tuple[int, date, int]] = Counter()
    for (subject, day, column), number in days.items():
        months[subject, day.replace(day=1), column] += number
    sums = ("views", "visitors")
    add(
        HourlyCount,
        ("subject", "hour"),
        sums,
        ((s, moment_of_hour(h), *both) for s, h, *both in _pairs(hours)),
    )
    add(DailyCount, ("subject", "day"), sums, _pairs(days))
    add(MonthlyCount, ("subject", "month"), sums, _pairs(months))


def _pairs(numbers: Counter) -> Iterable[tuple]:
    """(subject, time, views, visitors) of both columns of one row."""
    for subject, when in {key[:2] for key in numbers}:
        yield subject, when, numbers[subject, when, 0], numbers[subject, when, 1]


def post_losses(losses: Mapping[tuple[int, str], int]) -> None:
    """Add what could not be counted, by its moment and reason."""
    by_day: Counter[tuple[date, str]] = Counter()
    for (at, reason), number in losses.items():
        if reason not in Loss.Reason.values:
            reason = Loss.Reason.ERROR
        by_day[day_of_number(day_number(at)), str(reason)] += number
    add(
        Loss,
        ("day", "reason"),
        ("hits",),
        ((*key, number) for key, number in by_day.items()),
    )


def subject_ids(slots: Iterable[Slot]) -> dict[Slot, int]:
    """The row of each slot, made where it is missing.

    When outsiders have invented more than ``MAX_SUBJECTS`` of a kind, the new ones
    share a row.
    """
    wanted = set(slots)
    found = _existing(wanted)
    missing = {slot: slot for slot in wanted - found.keys()}
    for site, kind in {slot[:2] for slot in missing if slot.kind in OPEN_KINDS}:
        room = MAX_SUBJECTS - Subject.objects.filter(site_id=site, kind=kind).count()
        new = sorted(slot for slot in missing if slot[:2] == (site, kind))
        for slot in new[max(room, 0) :]:
            missing[slot] = Slot(site, kind, OTHERS)
    labels = first_labels(set(missing.values()))
    Subject.objects.bulk_create(
        [
            Subject(site_id=s.site, kind=s.kind, key=s.key, label=labels.get(s, ""))
            for s in sorted(set(missing.values()))
        ],
        ignore_conflicts=True,
    )
    made = _existing(set(missing.values()))
    return found | {slot: made[row] for slot, row in missing.items()}


def _existing(slots: set[Slot]) -> dict[Slot, int]:
    found: dict[Slot, int] = {}
    for site, kind in sorted({slot[:2] for slot in slots}):
        keys = (slot.key for slot in slots if slot[:2] == (site, kind))
        for part in chunks(keys, 500):
            rows = Subject.objects.filter(site_id=site, kind=kind, key__in=part)
            for key, pk in rows.values_list("key", "pk"):
                found[Slot(site, kind, key)] = pk
    return found


def begin_counting(views: Iterable[tuple[Slot, int]]) -> None:
    """Remember the first day on which this counter counted at each site."""
    first: dict[int, date] = {}
    for slot, hour in views:
        day = day_of_hour(hour)
        first[slot.site] = min(day, first.get(slot.site, day))
    begun = StatisticsSettings.objects.filter(live_since__isnull=False)
    for site in first.keys() - set(begun.values_list("site_id", flat=True)):
        StatisticsSettings.objects.update_or_create(
            site_id=site, defaults={"live_since": first[site]}
        )
