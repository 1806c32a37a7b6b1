"""“Changed since you looked”: what the person saw, beside what is there now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.models import Page

from govpub.publishing import rules
from govpub.publishing.differences import (
    FileDifference,
    Files,
    field_differences,
)
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.models import PublicationRequest, Round
from govpub.publishing.views.screen import RequestScreen


@dataclass
class Change:
    """What became of a proposal since somebody looked at it.

    ``seen`` is the round that the person was shown, if it is known. ``is_tampered``
    says that what is there now was never proposed, so that nobody can decide on it.
    """

    seen: Round | None
    now: Round
    is_tampered: bool
    fields: list[Any] = field(default_factory=list)
    files: list[FileDifference] = field(default_factory=list)

    @property
    def is_new_round(self) -> bool:
        return self.seen is not None and self.seen.pk != self.now.pk


def is_tampered(round_: Round) -> bool:
    """Whether what is there now is something else than what was proposed."""
    try:
        rules.require_unchanged(round_)
    except ContentChanged:
        return True
    return False


def find_change(
    http_request: HttpRequest, request: PublicationRequest, seen: str
) -> Change:
    """Compare what the person saw, by its digest, with what is there now."""
    now = request.current_round
    change = Change(
        seen=request.rounds.filter(digest=seen).last() if seen else None,
        now=now,
        is_tampered=is_tampered(now),
    )
    before = change.seen or (now if change.is_tampered else None)
    if before is None:
        return change
    page = _page_now(request, now)
    change.fields = list(field_differences(http_request, before.as_proposed(), page))
    change.files = Files.of_round(before).to(Files.of_page(page))
    return change


def _page_now(request: PublicationRequest, now: Round) -> Page:
    """The newest draft if somebody saved one past the lock, else the round's own."""
    newest = request.page.latest_revision
    if request.is_in_review and newest and newest.pk != now.revision_id:
        return newest.as_object()
    return now.revision.as_object()


class ChangedView(RequestScreen, TemplateView):
    """No decision was stored; the person may look again."""

    template_name = "govpub/publishing/admin/changed.html"
    page_title = _("Changed since you looked")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data()
        change = context["change"]
        if not (change.is_tampered or change.is_new_round):
            return redirect("govpub_publishing:review", self.publication_request.pk)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.publication_request
        seen = kwargs.pop("seen", self.request.GET.get("seen", "").replace("\0", ""))
        return super().get_context_data(
            publication_request=request,
            change=find_change(self.request, request, seen),
            **kwargs,
        )
