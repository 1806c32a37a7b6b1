"""``manage.py govpub_import_log FILE...``: the history of a web server's logs."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.stats.importer import LogDiffers, LogImporter
from govpub.thai.dates import parse_date

BAR = 30


class Command(BaseCommand):
    help = (
        "Count the visits in web-server logs (combined format, gzip or not). "
        "Giving a log again counts nothing again; an interrupted import goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("logs", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--site", help="host name of the office; default: the only")
        parser.add_argument(
            "--until",
            help="first day not to import; default: the day counting began here",
        )

    def handle(self, *args: Any, logs: list[Path], **options: Any) -> None:
        importer = LogImporter(_site(options["site"]), _day(options["until"]))
        for path in logs:
            if not path.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": path})
        for path in logs:
            self._import(importer, path)

    def _import(self, importer: LogImporter, path: Path) -> None:
        bar = ProgressBar(path.name, path.stat().st_size)
        try:
            result = importer.run(path, bar.show)
        except LogDiffers as error:
            raise CommandError(
                _("%(path)s begins like a log that was imported, but differs later.")
                % {"path": path}
            ) from error
        except (OSError, EOFError) as error:
            raise CommandError(f"{path}: {error}") from error
        bar.close()
        self.stdout.write(
            _(
                "%(name)s: %(lines)d lines, %(known)d of them known already; "
                "%(counted)d visits counted, %(bad)d bad lines, "
                "%(live)d of days counted here."
            )
            % {
                "name": path.name,
                "lines": result.lines,
                "known": result.known_lines,
                "counted": result.counted,
                "bad": result.bad_lines,
                "live": result.counted_live,
            }
        )


class ProgressBar:
    """How much of a file has been read, on a terminal only."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size, self._shown = name, max(size, 1), 0.0
        self._is_seen = sys.stderr.isatty()

    def show(self, octets: int) -> None:
        now = time.monotonic()
        if self._is_seen and now - self._shown > 0.1:
            self._shown = now
            part = min(octets / self._size, 1)
            filled = "#" * int(part * BAR)
            sys.stderr.write(f"\r{self._name} [{filled:<{BAR}}] {part:4.0%}")
            sys.stderr.flush()

    def close(self) -> None:
        if self._is_seen:
            sys.stderr.write("\r\033[K")


def _site(hostname: str | None) -> Site:
    sites = Site.objects.filter(hostname=hostname) if hostname else Site.objects.all()
    if sites.count() != 1:
        names = ", ".join(Site.objects.values_list("hostname", flat=True))
        raise CommandError(
            _("Choose an office with --site: %(names)s") % {"names": names}
        )
    return sites.get()


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise CommandError(str(error)) from error
