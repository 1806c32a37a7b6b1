"""Different people of today, counted exactly, in rows that are dropped with the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from govpub.upsert import chunks

from .bangkok import day_of_hour, hour_in_day
from .ledger import Newcomers
from .models import Kind, Visitor
from .tally import Presence, Slot

# Late hits of yesterday still find yesterday's visitors for an hour after midnight.
GRACE = timedelta(hours=1)
ONLINE = timedelta(minutes=5)


class _Stay:
    """The hours in which one visitor was at one subject on one day."""

    def __init__(self) -> None:
        self.hours: dict[int, int] = {}
        self.last = 0

    @property
    def mask(self) -> int:
        return sum(1 << hour_in_day(hour) for hour in self.hours)


def welcome(seen: Mapping[Presence, int], ids: Mapping[Slot, int]) -> Newcomers:
    """Write down who was where, and tell who of them is new there."""
    new = Newcomers()
    for day, stays in _by_day(seen).items():
        visitors = sorted({visitor for visitor, _ in stays})
        for part in chunks(visitors, 500):
            chosen = set(part)
            some = {key: stay for key, stay in stays.items() if key[0] in chosen}
            _welcome(day, some, ids, new)
    return new


def _by_day(
    seen: Mapping[Presence, int],
) -> dict[date, dict[tuple[int, Slot], _Stay]]:
    days: dict[date, dict[tuple[int, Slot], _Stay]] = {}
    for (slot, visitor, hour), at in seen.items():
        stays = days.setdefault(day_of_hour(hour), {})
        stay = stays.setdefault((visitor, slot), _Stay())
        stay.hours[hour] = hour
        stay.last = max(stay.last, at)
    return days


def _welcome(
    day: date,
    stays: Mapping[tuple[int, Slot], _Stay],
    ids: Mapping[Slot, int],
    new: Newcomers,
) -> None:
    known = {
        (row.visitor, row.subject_id): row
        for row in Visitor.objects.filter(
            day=day, visitor__in={visitor for visitor, _ in stays}
        )
    }
    rows: dict[tuple[int, int], Visitor] = {}
    for (visitor, slot), stay in stays.items():
        place = (visitor, ids[slot])
        row = known.get(place)
        if row is None:
            new.days[slot, day] += 1
            row = known[place] = Visitor(
                day=day, visitor=visitor, subject_id=ids[slot], hours=0
            )
        for hour in stay.hours:
            if not row.hours >> hour_in_day(hour) & 1:
                new.hours[slot, hour] += 1
        row.hours |= stay.mask
        last = datetime.fromtimestamp(stay.last, UTC)
        row.last_seen = max(last, row.last_seen or last)
        rows[place] = row
    Visitor.objects.bulk_create(
        (
            Visitor(
                day=day,
                visitor=row.visitor,
                subject_id=row.subject_id,
                hours=row.hours,
                last_seen=row.last_seen,
            )
            for _, row in sorted(rows.items())
        ),
        update_conflicts=True,
        unique_fields=["day", "visitor", "subject"],
        update_fields=["hours", "last_seen"],
        batch_size=150,
    )


def forget_past_days() -> int:
    """Drop the visitors of the days that are over; how many rows that were."""
    today = timezone.localdate(timezone.now() - GRACE)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # leave no octet of them in free pages.
            cursor.execute("PRAGMA secure_delete = ON")
    return Visitor.objects.filter(day__lt=today).delete()[0]


def online_now(site_id: int) -> int:
    """People (คน) who opened something in the last five minutes."""
    return Visitor.objects.filter(
        day=timezone.localdate(),
        subject__site_id=site_id,
        subject__kind=Kind.SITE,
        last_seen__gt=timezone.now() - ONLINE,
    ).count()
