"""What the evidence adds to pages of others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from govpub.evidence.public import has_public_form
from govpub.publishing.models import PublicationRequest


def item_footer(request: HttpRequest, page: Any) -> SafeString:
    """The link to the form by which the item is, or was, on the website."""
    dossier = _newest_published(page)
    if dossier is None or getattr(request, "is_preview", False):
        return SafeString("")
    return render_to_string(
        "govpub/evidence/item_footer.html", {"dossier": dossier}, request
    )


def notice_link(dossier: PublicationRequest) -> tuple[str, str] | None:
    """The same for the notice that stands where something has ended."""
    if not has_public_form(dossier):
        return None
    address = reverse(
        "govpub_evidence:form", args=[dossier.fiscal_year, dossier.number]
    )
    return address, _("Request form %(code)s") % {"code": dossier.code}


def _newest_published(page: Any) -> PublicationRequest | None:
    if page.pk is None:
        return None
    if page.published_request is not None:  # what is public now has been read already
        return page.published_request
    published = PublicationRequest.objects.filter(page=page.pk).exclude(
        published_at=None
    )
    dossier = published.order_by("-published_at").first()
    return dossier if dossier and has_public_form(dossier) else None
