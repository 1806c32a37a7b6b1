"""Reads all public items and their files anew for the search."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from govpub.categories import index


class Command(BaseCommand):
    help = "Rebuild the index of the search from what is public now, files included."

    def handle(self, *args: Any, **options: Any) -> None:
        number = sum(1 for _item in index.rebuild())
        self.stdout.write(f"{number} items indexed.")
