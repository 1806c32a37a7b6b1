"""What differs between two states of a page, for people who decide on it.

The fields are compared by Wagtail's own comparison, the files by their bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.compare import (
    FieldComparison,
    TextDiff,
    register_comparison_class,
)
from wagtail.models import Page

from govpub.publishing.content import attached_files, file_digest, file_key
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.models import Round
from govpub.thai.dates import thai_date, thai_datetime


class AsRead(FieldComparison):
    """Compares what people read, not what is stored."""

    def as_read(self, value: Any) -> str:
        raise NotImplementedError

    def htmldiff(self) -> SafeString:
        old, new = self.as_read(self.val_a), self.as_read(self.val_b)
        if old == new:
            return TextDiff([("equal", new)]).to_html()
        pieces = [("deletion", old), ("addition", new)]
        return TextDiff([piece for piece in pieces if piece[1]]).to_html()


class DateComparison(AsRead):
    def as_read(self, value: date | None) -> str:
        return thai_date(value)


class MomentComparison(AsRead):
    def as_read(self, value: datetime | None) -> str:
        return thai_datetime(value)


class YesNoComparison(AsRead):
    def as_read(self, value: bool | None) -> str:
        return "" if value is None else gettext("Yes") if value else gettext("No")


class FileChange(models.TextChoices):
    """What happened to a file between two states."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    CHANGED = "changed", _("other content under the same name")
    MISSING = "missing", _("the file is missing")


@dataclass(frozen=True)
class FileDifference:
    title: str
    change: FileChange
    old_digest: str = ""
    new_digest: str = ""


@dataclass(frozen=True)
class Files:
    """The files of one state: title and SHA-256 (empty if missing) by their key."""

    known: dict[str, tuple[str, str]]

    @classmethod
    def of_round(cls, round_: Round) -> Files:
        """As they were when the round was proposed."""
        kept = round_.files.select_related("document", "image")
        return cls({file_key(row.file): (row.title, row.digest) for row in kept})

    @classmethod
    def of_page(cls, page: Page) -> Files:
        """As they lie on the disk now."""
        return cls(
            {
                file_key(file): (file.title, digest_now(file))
                for file in attached_files(page)
            }
        )

    def to(self, new: Files) -> list[FileDifference]:
        """What became of these files in the ``new`` state."""
        keys = dict.fromkeys([*self.known, *new.known])
        found = (self._difference(new, key) for key in keys)
        return [difference for difference in found if difference]

    def _difference(self, new: Files, key: str) -> FileDifference | None:
        title, old = self.known.get(key, ("", ""))
        new_title, digest = new.known.get(key, (title, ""))
        if key not in new.known:
            return FileDifference(title, FileChange.REMOVED, old_digest=old)
        if not digest:
            return FileDifference(new_title, FileChange.MISSING, old_digest=old)
        if key not in self.known:
            return FileDifference(new_title, FileChange.ADDED, new_digest=digest)
        if old == digest:
            return None
        return FileDifference(new_title, FileChange.CHANGED, old, digest)


def digest_now(file: Any) -> str:
    """SHA-256 (hex) of the file's bytes as they are now; empty if it is missing."""
    try:
        return file_digest(file)
    except ContentChanged:
        return ""


def field_differences(request: HttpRequest, old: Page, new: Page) -> Sequence[Any]:
    """Wagtail's comparisons of those fields of the editor that differ."""
    panel = new.get_edit_handler().get_bound_panel(
        instance=new, request=request, form=None
    )
    found = [compare(old, new) for compare in panel.get_comparison()]
    return [comparison for comparison in found if comparison.has_changed()]


def connect() -> None:
    """From now on Wagtail's comparisons show such fields as people read them."""
    for field, comparison in (
        (models.DateField, DateComparison),
        (models.DateTimeField, MomentComparison),
        (models.BooleanField, YesNoComparison),
    ):
        register_comparison_class(field, comparison_class=comparison, exact_class=True)
