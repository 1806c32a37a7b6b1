"""Reads and writes Thai PO files so that a second writing changes nothing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

HEADER = """\
# Thai translations; docs/glossary.md says which word stands for which term.
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def read_catalogue(path: Path) -> Catalog:
    """What is in the file; an empty catalogue when there is none yet."""
    source = BytesIO(path.read_bytes() if path.exists() else b"")
    return read_po(source, locale="th", charset="utf-8")


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Sorted by message; without dates and line numbers, which only make noise."""
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=88,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.encode() + body.getvalue())
