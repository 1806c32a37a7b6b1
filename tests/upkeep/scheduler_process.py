"""A scheduler in a process of its own, for tests that start several and kill some.

Not a test. The database is that of ``DATABASE_URL``. Commands: ``prepare N`` makes
the tables, two offices and N due items; ``keep`` does one pass over the periods;
``numbers`` prints how many are ended, how many acts of taking down there are, how many
ended ones are live, and how many faults the ledgers have.
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


def keep() -> None:
    from govpub.upkeep.jobs import keep_periods

    print("ready", flush=True)
    sys.stdin.readline()  # so that several begin at the same instant
    print(keep_periods(), flush=True)


def numbers() -> None:
    from wagtail.models import Page, Site

    from govpub.publishing.enums import Outcome, RequestStatus
    from govpub.publishing.ledger import faults
    from govpub.publishing.models import Act, PublicationRequest

    ended = PublicationRequest.objects.filter(status=RequestStatus.ENDED)
    taken = Act.objects.filter(outcome=Outcome.TAKEN_DOWN)
    live = Page.objects.filter(pk__in=ended.values("page"), live=True)
    wrong = sum(len(list(faults(site))) for site in Site.objects.all())
    print(ended.count(), taken.count(), live.count(), wrong)


if __name__ == "__main__":
    import django

    django.setup()
    command, *arguments = sys.argv[1:]
    {"prepare": prepare, "keep": keep, "numbers": numbers}[command](
        *(int(argument) for argument in arguments)
    )
