"""A scheduler in a process of its own, for tests that start several and kill some.

Not a test. The database is that of ``DATABASE_URL``. ``prepare N`` makes the tables,
two offices and N due items. ``serve`` waits for commands, one a line, and answers each
in one line: ``keep`` does one pass over the periods; ``ended`` says how many items have
ended; ``numbers`` how many are ended, how many acts of taking down there are, how many
ended ones are live, how many are told of, and how many faults the ledgers have.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def prepare(number: int) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from wagtail.models import Site

    from tests.conftest import FIRST, build_offices
    from tests.upkeep.crowd import due_news

    call_command("migrate", verbosity=0)
    build_offices()
    officer = get_user_model().objects.get(username="officer")
    due_news(Site.objects.get(hostname=FIRST), officer, number)


def keep() -> str:
    from govpub.upkeep.jobs import keep_periods

    return keep_periods() or "nothing was due"


def ended() -> int:
    from govpub.publishing.enums import RequestStatus
    from govpub.publishing.models import PublicationRequest

    return PublicationRequest.objects.filter(status=RequestStatus.ENDED).count()


def numbers() -> str:
    from wagtail.models import Page, Site

    from govpub.publishing.enums import Outcome, RequestStatus
    from govpub.publishing.ledger import faults
    from govpub.publishing.models import Act
    from govpub.upkeep.models import Ending

    taken = Act.objects.filter(outcome=Outcome.TAKEN_DOWN)
    live = Page.objects.filter(
        publication_requests__status=RequestStatus.ENDED, live=True
    )
    told = Ending.objects.exclude(told_at=None)
    wrong = sum(len(list(faults(site))) for site in Site.objects.all())
    found = (ended(), taken.count(), live.count(), told.count(), wrong)
    return " ".join(map(str, found))


def serve() -> None:
    from django.db import connection

    connection.ensure_connection()
    commands = {"keep": keep, "ended": ended, "numbers": numbers}
    print("ready", flush=True)
    for line in sys.stdin:
        print(commands[line.strip()](), flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    command, *arguments = sys.argv[1:]
    {"prepare": prepare, "serve": serve}[command](*map(int, arguments))
