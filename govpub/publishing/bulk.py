"""Deleting several files at once: Wagtail does not look whether they are records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from govpub.publishing.models import RoundFile


def refuse_deleting_records(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponseRedirect | None:
    """Say which chosen file belongs to a request; nothing is deleted then."""
    if action_type != "delete":
        return None
    files = (get_document_model(), get_image_model())
    for file in objects:
        if not isinstance(file, files):
            return None
        kept = RoundFile.objects.of(file).select_related("round__request").first()
        if kept is not None:
            messages.error(request, why_kept(file, kept))
            return redirect(action.next_url)
    return None


def why_kept(file: Any, kept: RoundFile) -> str:
    return _(
        "“%(title)s” belongs to request %(code)s and is kept. Nothing was deleted."
    ) % {
        "title": file.title,
        "code": kept.round.request.code,
    }
