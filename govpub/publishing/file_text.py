"""The words in an attached file, for the search and for the look at personal data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from govpub.publishing import readers
from govpub.publishing.models import ExtractedText, FileProblem
from govpub.thai.text import normalise

# Raise it when the readers find more than before: files are then read again.
READER = 1


@dataclass(frozen=True)
class FileText:
    """What could be read of a file.

    ``problem`` says in the reader's language why not all of it could; then
    ``is_complete`` is false, and ``text`` what was read until then.
    """

    text: str
    is_complete: bool
    problem: str

    @classmethod
    def of(cls, text: str, problem: str) -> FileText:
        reason = str(FileProblem(problem).label) if problem else ""
        return cls(text, not problem, reason)


def text_of(document: Any) -> FileText:
    """The text of a document of the library, normalised; never an error.

    Read once, until its bytes or its type change. Bounded by the limits of
    ``govpub.publishing.readers``: a file beyond them gives what could be read.
    """
    try:
        with document.file.open("rb") as stream:
            content = stream.read(readers.MAX_BYTES + 1)
    except (OSError, ValueError):
        return FileText.of("", FileProblem.MISSING)
    extension = PurePath(document.file.name).suffix.lower().lstrip(".")
    digest = _digest(content, extension)
    known = ExtractedText.objects.filter(document_id=document.pk).first()
    if known and (known.digest, known.reader) == (digest, READER):
        return FileText.of(known.text, known.problem)
    text, problem = readers.read(content, extension)
    text = normalise(text.encode("utf-8", "ignore").decode())
    ExtractedText.objects.update_or_create(
        document_id=document.pk,
        defaults={"digest": digest, "reader": READER, "text": text, "problem": problem},
    )
    return FileText.of(text, problem)


def _digest(content: bytes, extension: str) -> str:
    """The same bytes under another name may be read in another way."""
    return hashlib.sha256(extension.encode() + b"\0" + content).hexdigest()
