"""Finds every translatable string of the Python code and the templates (with Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

TEMPLATES = {".html", ".txt", ".xml"}
KEYWORDS = {
    "_": None,
    "_now": None,  # gettext, where "_" is gettext_lazy
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_messages(root: Path, folders: list[str]) -> Catalog:
    """The strings of the named folders under ``root``, each with the files it is in."""
    catalogue = Catalog(charset="utf-8")
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            for message, context in _strings_in(path):
                where = [(path.relative_to(root).as_posix(), 0)]
                catalogue.add(message, locations=where, context=context)
    return catalogue


def _strings_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_text("utf-8")
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        # What is left of a template is Python in all but its indentation.
        source = re.sub(r"(?m)^\s+", "", templatize(path.read_text("utf-8")))
    else:
        return
    for _line, message, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield message, context
