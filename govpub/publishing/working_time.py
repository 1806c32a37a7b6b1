"""Arithmetic of working time: what lies between two moments while an office works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from govpub.thai.dates import BANGKOK

# Longer than any run of closed days; an office that never works has no deadlines.
HORIZON = timedelta(days=400)


@dataclass(frozen=True)
class WorkingHours:
    """When an office works: its spans of a day, on the days that are not closed.

    Times are Bangkok times. ``spans`` are in order and do not overlap.
    """

    spans: tuple[tuple[time, time], ...]
    is_closed: Callable[[date], bool]

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from ``start`` to ``end``; zero when ``end`` is not later."""
        worked = timedelta()
        for opens, closes in self._from(start, until=end):
            worked += max(min(closes, end) - max(opens, start), timedelta())
        return worked

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which ``span`` of working time after ``start`` is used up.

        In an office that does not open within ``HORIZON``, elapsed time counts.
        """
        left = span
        for opens, closes in self._from(start, until=start + HORIZON):
            begins = max(opens, start)
            here = closes - begins
            if here >= left:
                return begins + left
            left -= max(here, timedelta())
        return start + span

    def end_of_working_day(self, start: datetime, days: int) -> datetime:
        """Closing time of the ``days``-th working day after the day of ``start``."""
        day = start.astimezone(BANGKOK).date()
        last = day + HORIZON
        for _number in range(days):
            day += timedelta(days=1)
            while self.is_closed(day) and day < last:
                day += timedelta(days=1)
        closes = self.spans[-1][1] if self.spans else time.max
        return datetime.combine(day, closes, BANGKOK)

    def _from(
        self, start: datetime, *, until: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """The spans of every open day that touches ``start`` .. ``until``, in order."""
        day, last = (moment.astimezone(BANGKOK).date() for moment in (start, until))
        while day <= last:
            if not self.is_closed(day):
                for opens, closes in self.spans:
                    yield (
                        datetime.combine(day, opens, BANGKOK),
                        datetime.combine(day, closes, BANGKOK),
                    )
            day += timedelta(days=1)
