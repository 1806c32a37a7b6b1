from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.seed.run import set_up


class Command(BaseCommand):
    help = "Make what an office needs before its first proposal; safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site",
            metavar="HOSTNAME",
            help="the office's site; without it, every site of the installation",
        )

    def handle(self, *args: Any, site: str | None = None, **options: Any) -> None:
        sites = Site.objects.select_related("root_page").order_by("pk")
        if site:
            sites = sites.filter(hostname=site)
        if not sites:
            raise CommandError(_("There is no such site."))
        for office in sites:
            for line in set_up(office):
                self.stdout.write(line)
            self._index(office)

    def _index(self, office: Site) -> None:
        """Not within set-up's transaction: reading many files may take long."""
        if not apps.is_installed("govpub.categories"):
            return
        from govpub.categories import index

        if number := index.complete(office):
            words = _("Items read for the search: %(count)s") % {"count": number}
            self.stdout.write(words)
