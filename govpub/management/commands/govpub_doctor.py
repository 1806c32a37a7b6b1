from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from govpub.publishing.doctor import Finding, examine


class Command(BaseCommand):
    help = "Find what contradicts the approvals; with --fix, close it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fix",
            action="store_true",
            help="hide, return or cancel what was found; nothing is ever shown by it",
        )

    def handle(self, *args: Any, fix: bool = False, **options: Any) -> None:
        left = 0
        for finding in list(examine()):
            self.stdout.write(f"{finding.subject}: {finding.problem}")
            if not (fix and self._close(finding)):
                left += 1
        if left:
            self.stderr.write(_("Contradictions left: %(count)s") % {"count": left})
            sys.exit(1)
        self.stdout.write(_("Everything agrees with the approvals."))

    def _close(self, finding: Finding) -> bool:
        try:
            finding.close()
        except Exception as error:
            # The next finding must still be closed; the operator sees this one.
            self.stderr.write(f"  {type(error).__name__}: {error}")
            return False
        self.stdout.write("  " + _("It was closed."))
        return True
