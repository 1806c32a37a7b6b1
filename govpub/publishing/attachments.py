"""The files of a proposal: kept with it, and not exchanged under it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from govpub.publishing.content import attached_files, file_key
from govpub.publishing.models import Round, RoundFile


def keep_files(round_: Round, draft: Page, digests: dict[str, str]) -> None:
    """Write down which files, with which bytes, the draft of a round uses."""
    images = get_image_model()
    for file in attached_files(draft):
        field = "image" if isinstance(file, images) else "document"
        RoundFile.objects.create(
            round=round_,
            title=file.title,
            digest=digests[file_key(file)],
            kind=Path(file.file.name).suffix.lstrip(".").upper()[:20],
            size=file.file.size,
            **{field: file},
        )


def why_bound(file: Any) -> str:
    """Why the bytes of this document or picture must stay; empty if they need not."""
    used = RoundFile.objects.of(file).binding().select_related("round__request")
    first = used.first() if file.pk else None
    if first is None:
        return ""
    return _(
        "This file belongs to request %(code)s and cannot be exchanged. "
        "Upload the new file beside it and propose the information again."
    ) % {"code": first.round.request.code}


def guard_file(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Before a document or picture is saved: bound bytes stay what they are."""
    if not instance.pk or not issubclass(
        sender, (get_document_model(), get_image_model())
    ):
        return
    stored = sender.objects.filter(pk=instance.pk).values_list("file", flat=True)
    if instance.file._committed and instance.file.name in stored:
        return
    if why := why_bound(instance):
        raise PermissionDenied(why)
