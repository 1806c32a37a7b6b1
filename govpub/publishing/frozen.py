"""What a proposal looked like, frozen with it: its form and the paper it goes on."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from govpub.publishing.content import file_digest
from govpub.publishing.models import FormWords, PublicationRequest
from govpub.publishing.personal_data_guard import frozen_findings

PAPER = "paper"


def frozen_form(request: PublicationRequest, draft: Page) -> dict[str, Any]:
    """The form's fields as plain data, and under ``paper`` what is printed around."""
    words = FormWords.of_year(request.site, request.fiscal_year)
    paper = {
        **words.frozen(),
        "emblem_digest": file_digest(words.emblem) if words.emblem else "",
        "category": request.section,
        "address": draft.full_url or "",
    }
    form = {
        **draft.get_form_snapshot(),
        "personal_data": frozen_findings(draft, request.site),
        PAPER: paper,
    }
    if request.verify_by:
        form["verify_by"] = request.verify_by.isoformat()
    return form


def paper_of(form: dict[str, Any], request: PublicationRequest) -> dict[str, Any]:
    """What is printed around a frozen form; today's words if it was frozen without."""
    if PAPER in form:
        return form[PAPER]
    words = FormWords.of_year(request.site, request.fiscal_year)
    return {**words.frozen(), "category": request.section, "address": ""}
