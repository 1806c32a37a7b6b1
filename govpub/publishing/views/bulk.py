"""Several proposals allowed at once: shown one by one, decided one by one."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from govpub.publishing import inbox, procedure
from govpub.publishing.exceptions import ContentChanged, ProcedureError
from govpub.publishing.models import PublicationRequest, Round, RoundFile
from govpub.publishing.permissions import signed_in, visible_requests, why_not_allow
from govpub.publishing.review_notices import ReviewNotice, notices_for
from govpub.publishing.views.screen import Screen

logger = logging.getLogger("govpub.publishing")

# A person can look through so many at one sitting.
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class BulkItem:
    """One proposal on the page: what is decided on, or why it cannot be."""

    request: PublicationRequest
    round: Round
    files: Sequence[RoundFile]
    notices: Sequence[ReviewNotice]
    why_not: str

    @property
    def token(self) -> str:
        """What the confirmation carries: exactly this content of this request."""
        return f"{self.request.pk}:{self.round.digest}"


@dataclass(frozen=True)
class BulkResult:
    """What came of one of the chosen proposals."""

    request: PublicationRequest
    problem: str = ""
    seen: str = ""
    is_changed: bool = False


class BulkView(Screen, TemplateView):
    """Asks once for all that the head has chosen in the inbox, then says of each."""

    template_name = "govpub/publishing/admin/bulk.html"
    result_template_name = "govpub/publishing/admin/bulk_result.html"
    page_title = _("Allow several")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        items = self._items()
        return {
            **context,
            "items": [item for item in items if not item.why_not],
            "skipped": [item for item in items if item.why_not],
            "most": MOST_AT_ONCE,
            "too_many": len(self.request.GET.getlist("item")) > MOST_AT_ONCE,
        }

    def _items(self) -> list[BulkItem]:
        user = signed_in(self.request)
        keys = [_key(text) for text in self.request.GET.getlist("item")[:MOST_AT_ONCE]]
        requests = list(inbox.sort(visible_requests(user).filter(pk__in=keys), "due"))
        rounds = inbox.newest_rounds(requests)
        notices = notices_for(user, list(rounds.values()))
        files = _files(rounds.values())
        return [
            BulkItem(
                request,
                rounds[request.pk],
                files.get(rounds[request.pk].pk, []),
                notices[rounds[request.pk].pk],
                why_not_allow(user, request),
            )
            for request in requests
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        results = [
            result
            for text in request.POST.getlist("item")[:MOST_AT_ONCE]
            if (result := self._allow(text))
        ]
        return self.response_class(
            request=request,
            template=self.result_template_name,
            context=super().get_context_data(
                allowed=[result for result in results if not result.problem],
                refused=[result for result in results if result.problem],
            ),
        )

    def _allow(self, token: str) -> BulkResult | None:
        """Allow one of them, in a transaction of its own."""
        user = signed_in(self.request)
        _pk, _colon, seen = token.partition(":")
        request = visible_requests(user).filter(pk=_key(token)).first()
        if request is None:
            return None
        try:
            procedure.allow(request, by=user, seen=seen or "nothing", acknowledged=True)
        except (ProcedureError, PermissionDenied) as error:
            words = getattr(error, "messages", None) or [str(error)]
            changed = isinstance(error, ContentChanged)
            return BulkResult(request, " ".join(words), seen, changed)
        except Exception:
            logger.exception("A chosen request could not be allowed: %s", request)
            return BulkResult(request, str(_("An error kept it from being decided.")))
        return BulkResult(request)


def _key(text: str) -> int:
    """The request's key at the beginning of ``12:digest``; 0 if there is none."""
    number = text.partition(":")[0]
    return (
        int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    )


def _files(rounds: Any) -> dict[int, list[RoundFile]]:
    files: dict[int, list[RoundFile]] = {}
    kept = RoundFile.objects.filter(round__in=rounds).select_related(
        "document", "image"
    )
    for file in kept.order_by("pk"):
        files.setdefault(file.round_id, []).append(file)
    return files
