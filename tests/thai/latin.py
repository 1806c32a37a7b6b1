"""Which words written in Latin letters may stand before somebody who reads none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

# Names and marks that Thai people write in Latin letters too; nothing else.
ALLOWED = {
    # The name of the software, and of the language one may change to.
    *("Wagtail", "English"),
    # Keys, as they are printed on the keyboard.
    *("Ctrl", "Alt", "Shift", "Esc", "Enter", "Tab"),
    # Kinds of files, and how large they are.
    *("PDF", "CSV", "XLSX", "DOCX", "PPTX", "ODT", "ODS", "TXT", "ZIP", "JSON", "HTML"),
    *("JPG", "JPEG", "PNG", "GIF", "WEBP", "AVIF", "SVG", "ICO", "HEIC"),
    *("KB", "MB", "GB"),
    # The ministry's assessment, its questions and its system for the answers.
    *("MOPH", "ITA", "MOIT", "MITAS"),
    # The kind of digest under the papers.
    "SHA",
    # The code of the question about everything, in quotes in a help text.
    "overall",
    # The clock's zone.
    *("GMT", "Asia", "Bangkok"),
}
# As the announcement itself writes them.
OFFICIAL = re.compile("Web Master|Link ภายนอก")
# Addresses, and the first letters and digits of a digest.
MARKS = re.compile(r"https?://\S*|\S+@\S+|(?<!\S)/\S+|\b(?=\w*\d)[0-9a-f]{12,}\b")
WORD = re.compile(r"[A-Za-z]{2,}")
# Written by Django, Wagtail and the procedure, not by people.
NOT_TYPED = {"contenttypes", "sessions", "migrations", "wagtailsearch"}
STOCK = {"Root", "Editors", "Moderators", "Moderators approval", "Home"}


class Reader:
    """Finds in a text the words that must be Thai and are not."""

    def __init__(self) -> None:
        typed = {text.strip() for text in typed_texts() if WORD.search(text)} - STOCK
        typed |= {text.rpartition("/")[2] for text in typed}  # names of files
        longest_first = sorted(typed, key=len, reverse=True)
        self.content = re.compile(
            "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first)
            or "(?!)"
        )

    def english(self, text: str) -> set[str]:
        """What people typed is theirs, in whatever language; only as they typed it."""
        for known in (MARKS, OFFICIAL, self.content):
            text = known.sub(" ", text)
        return set(WORD.findall(text)) - ALLOWED


def typed_texts() -> Iterator[str]:
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if _is_typed(field)]
        if names and model._meta.app_label not in NOT_TYPED:
            for row in model._default_manager.values_list(*names):
                for text in filter(None, row):
                    # As it is shown, and one by one where it is a list of lines.
                    yield " ".join(text.split())
                    yield from map(str.strip, text.splitlines())


def _is_typed(field: models.Field) -> bool:
    text = isinstance(field, models.CharField | models.TextField | models.FileField)
    return text and not field.choices and not isinstance(field, models.SlugField)
