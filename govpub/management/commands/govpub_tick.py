from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from govpub.jobs import run_due_jobs


class Command(BaseCommand):
    help = "Do once everything that is due, and print what was done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="do not wait for the jobs' pauses"
        )

    def handle(self, *args: Any, force: bool = False, **options: Any) -> None:
        failed = False
        for outcome in run_due_jobs(force=force):
            failed = failed or bool(outcome.error)
            if outcome.error:
                self.stderr.write(f"{outcome.name}: {outcome.error}")
            else:
                done = outcome.message or _("nothing was due")
                self.stdout.write(f"{outcome.name}: {done}")
        if failed:
            sys.exit(1)
