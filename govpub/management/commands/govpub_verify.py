from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.publishing.ledger import faults
from govpub.publishing.models import LedgerHead


class Command(BaseCommand):
    help = "Check that no record of the procedure was changed, removed or exchanged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site",
            metavar="HOSTNAME",
            help="the office's site; without it, every site of the installation",
        )

    def handle(self, *args: Any, site: str | None = None, **options: Any) -> None:
        sites = Site.objects.order_by("pk")
        if site:
            sites = sites.filter(hostname=site)
        if not sites:
            raise CommandError(_("There is no such site."))
        whole = [self._verify(office) for office in sites]
        if not all(whole):
            sys.exit(1)

    def _verify(self, site: Site) -> bool:
        """Print what is wrong with the office's ledger; whether nothing is."""
        whole = True
        for fault in faults(site):
            whole = False
            self.stderr.write(
                _("%(site)s: record %(number)s: %(problem)s")
                % {
                    "site": site.hostname,
                    "number": fault.sequence or "-",
                    "problem": fault.problem,
                }
            )
        if whole:
            head = LedgerHead.objects.filter(site=site).first() or LedgerHead(site=site)
            self.stdout.write(
                _("%(site)s: %(count)s records, all as written. Last: %(hash)s")
                % {"site": site.hostname, "count": head.sequence, "hash": head.hash}
            )
        return whole
