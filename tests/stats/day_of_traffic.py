"""A day of traffic and the night after it, in an SQLite file that is then searched.

Not a test: ``test_privacy`` runs it. Prints the views counted, how many traces of
people were looked for, and how many of them were in the files during the day and after.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import time_machine

from tests.stats import small_site

DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)  # five past one in Bangkok


def main(folder: Path) -> None:
    small_site.set_up(folder)
    from django.db import connection
    from django.http import HttpResponse
    from django.test import RequestFactory

    from govpub.stats import collector, rollup
    from govpub.stats.middleware import VisitCounter
    from govpub.stats.models import DailyCount, Kind
    from tests.stats.test_privacy import traces

    site = small_site.make_office()
    counter = VisitCounter(lambda request: HttpResponse("<p>"))
    searched: set[bytes] = set()

    def found() -> int:
        octets = b"".join(
            file.read_bytes() for file in folder.rglob("*") if file.is_file()
        )
        return sum(trace in octets for trace in searched)

    with time_machine.travel(DAY):
        for number in range(300):
            address = f"198.51.100.{number % 60 + 1}"
            browser = f"Mozilla/5.0 (X11; Linux x86_64) Number/{number % 60}"
            request = RequestFactory().get(
                f"/page-{number % 7}/",
                REMOTE_ADDR=address,
                HTTP_USER_AGENT=browser,
                HTTP_ACCEPT_LANGUAGE="th",
                HTTP_REFERER=f"https://{address}/secret",
            )
            request.resolver_match = None
            counter(request)
            salt = collector.get_collector().store.salt(time.time())
            searched.update(traces(address, browser, salt, site.pk))
        rollup.drain()
        before = found()
    with time_machine.travel(NIGHT):
        rollup.drain()
        rollup.tidy()
    # The worker is recycled, which lets its drained file go.
    collector.reset_collector(setting="GOVPUB_STATS")
    with time_machine.travel(NIGHT):
        rollup.drain()
    connection.close()
    views = DailyCount.objects.get(subject__kind=Kind.SITE).views
    connection.close()
    # In four octets chance would find some address or other: too short to search for.
    searched = {trace for trace in searched if len(trace) > 4}
    print(views, len(searched), before, found())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
