from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wagtail.management.commands.purge_revisions import Command as Stock

from govpub.publishing.models import Round


class Command(Stock):
    def handle(self, *args: Any, **options: Any) -> None:
        """Wagtail's own; it also says which versions can never be purged."""
        super().handle(*args, **options)
        kept = Round.objects.values("revision").distinct().count()
        words = _("Kept for ever, because they were proposed: %(count)s versions.")
        self.stdout.write(words % {"count": kept})
