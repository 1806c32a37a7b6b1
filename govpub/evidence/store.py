"""The office's private shelf on disk: papers drawn once, pictures of signatures.

It lies below ``MEDIA_ROOT`` so that one backup holds all; nothing on it has an
address of its own.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from govpub.pdf.typesetting import fingerprint, typeset

TEMPLATES = Path(__file__).parent / "paper"


def shelf() -> Path:
    """The private folder."""
    return Path(settings.MEDIA_ROOT) / "private"


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files that no address leads to; read when asked, so that settings may change."""

    @property
    def base_location(self) -> str:
        return str(shelf())

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address.")


def drawn(
    name: str,
    data: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """The paper ``name`` with this data and these pictures (SVG); drawn once and kept.

    It is kept under the fingerprint of data, template and fonts, so that the same
    record gives the same file and another record never does.
    """
    template = TEMPLATES / f"{name}.typ"
    name_of_record = record_hash(template, [data, pictures], at)
    path = shelf() / "papers" / name / f"{name_of_record}.pdf"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pdf = typeset(template, data, at=at, pictures=pictures)
        _keep(path, pdf)
        return pdf


def record_hash(template: Path, data: Any, at: datetime) -> str:
    """SHA-256 (hex) of everything that decides how a paper comes out."""
    said = [fingerprint(template), at.isoformat(), data]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, also when two draw the same paper at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
