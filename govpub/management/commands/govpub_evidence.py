from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.evidence.pack import Scope, build


class Command(BaseCommand):
    help = "Write the evidence of a fiscal year, or one quarter of it, into one ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fiscal-year", type=int, required=True, metavar="BE")
        parser.add_argument("--quarter", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")
        parser.add_argument("--site", metavar="HOST", help="host name of the office")
        parser.add_argument(
            "--attachments", action="store_true", help="put the attached files in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 2500 <= options["fiscal_year"] <= 2700:
            raise CommandError(
                _("Give the fiscal year in the Buddhist Era, e.g. 2567.")
            )
        scope = Scope(
            self._site(options["site"]),
            options["fiscal_year"],
            options["quarter"],
            options["attachments"],
        )
        target: Path = options["output"]
        try:
            handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
        except OSError as error:
            raise CommandError(str(error)) from error
        try:
            with os.fdopen(handle, "wb") as stream:
                build(scope, stream, self._tell)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self.stdout.write(_("Written: %(path)s") % {"path": target})

    def _site(self, host: str | None) -> Site:
        sites = Site.objects.filter(hostname=host) if host else Site.objects.all()
        if host is None and sites.count() > 1:
            sites = sites.filter(is_default_site=True)
        found = sites.first()
        if found is None:
            raise CommandError(_("There is no office with this host name."))
        return found

    def _tell(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            end = "\n" if done == total else "\r"
            self.stdout.write(f"{done}/{total}", ending=end)
