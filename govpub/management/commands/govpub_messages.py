"""Keeps the Thai catalogue in step with the code."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

import govpub

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(govpub.__file__).resolve().parents[1]
FOLDERS = ("govpub", "home", "site")
LOCALES = (ROOT / "govpub/locale", ROOT / "site/locale")
CATALOGUE = LOCALES[0] / "th/LC_MESSAGES/django.po"
# The Thai of Wagtail and Django, which wins over ours wherever both are installed.
PACK = LOCALES[1] / "th/LC_MESSAGES/django.po"


class Command(BaseCommand):
    help = (
        "Collects the strings of the code into govpub/locale/th/LC_MESSAGES/django.po, "
        "keeps their translations, drops what is gone, and names what is missing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail when the catalogue is stale or incomplete",
        )
        mode.add_argument("--compile", action="store_true", help="only write .mo files")
        mode.add_argument(
            "--merge",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="take translations from these PO files; the first to translate wins",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import babel  # noqa: F401
        except ModuleNotFoundError as error:
            raise CommandError("Babel is missing: pip install 'govpub[dev]'") from error
        if options["compile"]:
            self.compile()
        elif options["check"]:
            self.check_catalogues()
        else:
            self.update(options["merge"] or [])

    def compile(self) -> None:
        from govpub.thai.catalogue.compiling import compile_catalogues

        for folder in LOCALES:
            for path in compile_catalogues(folder):
                self.stdout.write(f"Wrote {path}")

    def update(self, snippets: list[Path]) -> None:
        from govpub.thai.catalogue.checking import faults, missing
        from govpub.thai.catalogue.files import read_catalogue, write_catalogue

        catalogue = read_catalogue(CATALOGUE)
        catalogue.update(_extracted(), no_fuzzy_matching=True)
        self.merge(catalogue, snippets)
        self.adopt(catalogue, read_catalogue(PACK))
        write_catalogue(CATALOGUE, catalogue)
        for text in missing(catalogue):
            self.stdout.write(f"missing: {text!r}")
        for text in faults(catalogue):
            self.stdout.write(text)
        self.stdout.write(f"{len(catalogue)} messages in {CATALOGUE.name}")
        self.compile()

    def merge(self, catalogue: Catalog, snippets: list[Path]) -> None:
        """Fills in translations from ``snippets``; names what the code does not use."""
        from govpub.thai.catalogue.files import read_catalogue

        taken: dict[Any, Any] = {}
        for path in snippets:
            for message in read_catalogue(path):
                if not message.id or not message.string:
                    continue
                known = catalogue.get(message.id, message.context)
                key = message.id, message.context
                if known is None:
                    self.stdout.write(f"not in the code ({path.name}): {message.id!r}")
                elif taken.setdefault(key, message.string) == message.string:
                    known.string = message.string
                else:
                    self.stdout.write(f"another translation ({path.name}): {key[0]!r}")

    def adopt(self, catalogue: Catalog, pack: Catalog) -> None:
        """Says what the pack says: Django knows one translation for each message."""
        for message in catalogue:
            theirs = message.id and pack.get(message.id, message.context)
            if not theirs or theirs.string == message.string:
                continue
            if message.string:
                self.stdout.write(f"as the admin says: {message.id!r}: {theirs.string}")
            message.string = theirs.string

    def check_catalogues(self) -> None:
        from govpub.thai.catalogue.checking import faults, missing
        from govpub.thai.catalogue.files import read_catalogue

        ours = read_catalogue(CATALOGUE)
        found = [*_difference(ours, _extracted())]
        for po in (
            po for folder in LOCALES for po in folder.glob("*/LC_MESSAGES/*.po")
        ):
            catalogue = read_catalogue(po)
            found += [f"missing: {text!r}" for text in missing(catalogue)]
            found += faults(catalogue)
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The catalogues are complete.")


def _extracted() -> Catalog:
    from govpub.thai.catalogue.extracting import extract_messages

    return extract_messages(ROOT, [name for name in FOLDERS if (ROOT / name).is_dir()])


def _difference(ours: Catalog, code: Catalog) -> list[str]:
    known, used = ({(m.context, m.id) for m in c if m.id} for c in (ours, code))
    return [
        f"not in the catalogue: {m[1]!r}" for m in sorted(used - known, key=str)
    ] + [f"not in the code any more: {m[1]!r}" for m in sorted(known - used, key=str)]
