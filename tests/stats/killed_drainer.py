"""Kills a drainer before each line of its code, in a database of its own.

Not a test: ``test_drain`` runs it. After each kill a healthy drainer goes on with what
the dead one left. Prints how often it killed, how many hits were appended, how many the
tables hold at the end, and how many visitors.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.stats import small_site  # noqa: E402

HITS = 3
OURS = str(ROOT / "govpub" / "stats")


def append(store, site: int) -> int:
    from govpub.stats.hits import Event, Hit

    for number in range(HITS):
        key = f"/{number}/"
        store.append(Hit(1_790_000_000, site, Event.VIEW, key, visitor=number + 1))
    return HITS


def in_a_child(work) -> int:
    """The status of a process of its own that does ``work``."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def drain_watched(step) -> None:
    """Drain, calling ``step`` with the place of every line of ours before it runs."""
    from govpub.stats.store.database import DatabaseStore

    def each(frame, event, argument):
        step((frame.f_code.co_filename, frame.f_lineno))
        return each

    def enter(frame, event, argument):
        return each if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(enter)
    DatabaseStore().drain()
    sys.settrace(None)


def places_of_a_drain(folder: Path) -> list[tuple[str, int]]:
    """Every line that a drain runs, in the order in which it first comes to them."""
    notes = folder / "places"

    def watch() -> None:
        found: dict[tuple[str, int], None] = {}
        drain_watched(lambda place: found.setdefault(place))
        notes.write_text("\n".join(f"{name}\t{line}" for name, line in found))

    assert in_a_child(watch) == 0
    rows = (row.split("\t") for row in notes.read_text().splitlines())
    return [(name, int(line)) for name, line in rows]


def drain_and_die_before(place: tuple[str, int]) -> bool:
    """True when the drainer was killed; it may also do without that line."""

    def die(here: tuple[str, int]) -> None:
        if here == place:
            os.kill(os.getpid(), signal.SIGKILL)

    status = in_a_child(lambda: drain_watched(die))
    assert status in (0, signal.SIGKILL), "the drainer failed instead of being killed"
    return status == signal.SIGKILL


def main(folder: Path) -> None:
    small_site.set_up(folder)
    from django.db import connections

    from govpub.stats.models import DailyCount, Kind
    from govpub.stats.store.database import DatabaseStore

    site = small_site.make_office()
    living = DatabaseStore()
    appended = append(living, site.pk) + append(DatabaseStore(), site.pk)
    connections.close_all()
    places = places_of_a_drain(folder)
    kills = 0
    for turn, place in enumerate(places):
        # By turns a worker that lives on, and one that died and whose file may go.
        appended += append(living if turn % 2 else DatabaseStore(), site.pk)
        connections.close_all()
        kills += drain_and_die_before(place)
        DatabaseStore().drain()
    row = DailyCount.objects.get(subject__kind=Kind.SITE)
    assert len(living.spool.segments()) == 1
    print(kills, appended, row.views, row.visitors)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
