"""What may be attached: checked by what the file is, not by what it is called."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from govpub.conf import conf

# Office files are ZIP containers; the first bytes of old ones look like that only.
CONTAINERS = {
    "docx": {"docx", "zip"},
    "xlsx": {"xlsx", "zip"},
    "pptx": {"pptx", "zip"},
    "odt": {"odt", "zip"},
    "ods": {"ods", "zip"},
}
TEXT = {"csv", "txt"}


def validate_upload(file: File[bytes]) -> None:
    """Refuse a file of a wrong kind or size with a sentence that says so."""
    name = file.name or ""
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in conf.UPLOAD_EXTENSIONS:
        raise ValidationError(
            _("Files of the type “%(type)s” are not allowed. Allowed: %(allowed)s.")
            % {"type": extension or "?", "allowed": ", ".join(conf.UPLOAD_EXTENSIONS)}
        )
    if file.size > conf.UPLOAD_MAX_MB * 1024 * 1024:
        raise ValidationError(
            _("The file is larger than %(size)s megabytes.")
            % {"size": conf.UPLOAD_MAX_MB}
        )
    if not _is_what_it_says(file, extension):
        raise ValidationError(
            _("The content of “%(name)s” is not of the type its name says.")
            % {"name": name}
        )


def validate_stored_file(file: Any) -> None:
    """The same for a document in the library; pictures are checked by Pillow."""
    if file._meta.app_label == "wagtailimages":
        return
    with file.file.open("rb") as stream:
        validate_upload(stream)


def _is_what_it_says(file: File[bytes], extension: str) -> bool:
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    kind = filetype.guess(head)
    if extension in TEXT:
        return kind is None and b"\0" not in head
    found = kind.extension if kind else ""
    return found in CONTAINERS.get(extension, {extension})
