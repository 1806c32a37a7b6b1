from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail import hooks
from wagtail.admin import messages

from govpub.publishing import procedure
from govpub.publishing.checklist import CHECKS
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.forms import REASON_PRESETS, compose_reasons
from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.permissions import (
    available_acts,
    deciding_as,
    signed_in,
)
from govpub.publishing.review import dossier, for_review, is_tampered
from govpub.publishing.views.changed import ChangedView
from govpub.publishing.views.screen import RequestScreen

ACTS: dict[str, Callable[..., PublicationRequest]] = {
    "allow": procedure.allow,
    "refuse": procedure.refuse,
    "put_up": procedure.put_up,
    "tell_back": procedure.tell_back,
    "pass_on": procedure.tell_back,
    "withdraw": procedure.withdraw,
}
DONE = {
    "allow": gettext_lazy("Allowed: “%(topic)s” now waits for the Web Master."),
    "refuse": gettext_lazy("Not allowed: the Web Master tells the officer back."),
    "put_up": gettext_lazy("“%(topic)s” is checked and goes on the website."),
    "tell_back": gettext_lazy("The officer has been told back with the reasons."),
    "pass_on": gettext_lazy("The officer has been told back with the reasons."),
    "withdraw": gettext_lazy("The proposal “%(topic)s” has been withdrawn."),
}
STATUS_OF_ERROR = (
    (ReasonsMissing, 422),
    (NotYourTurn, 403),
    (AlreadyDecided, 409),
    (ContentChanged, 409),
)
# The acts that are against something: the usual reasons belong to them.
AGAINST = frozenset({"refuse", "tell_back"})
# The acts that are about exactly the content that was shown.
BOUND = frozenset({"allow", "refuse", "put_up"})


class ReviewView(RequestScreen, TemplateView):
    """One request as its form, with what has been done and what one may do."""

    template_name = "govpub/publishing/admin/review.html"
    page_title = gettext_lazy("Publication request")

    def get_requests(self) -> PublicationRequestQuerySet:
        return for_review(super().get_requests())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        request = self.publication_request
        shown = dossier(self.request, request)
        tampered = request.is_in_review and is_tampered(shown)
        acts = available_acts(user, request)
        return super().get_context_data(
            publication_request=request,
            dossier=shown,
            round=shown.round,
            available=[act for act in acts if not (tampered and act in BOUND)],
            deciding_as=deciding_as(user, request),
            is_tampered=tampered,
            extra_actions=self._extra_actions(request),
            presets=self._presets(),
            checks=CHECKS.items(),
            checked=self.request.POST,
            **{"words": "", "problem": "", **kwargs},
        )

    def _presets(self) -> list[dict[str, Any]]:
        chosen = self.request.POST.getlist("preset")
        return [
            {"value": place, "label": reason, "is_chosen": str(place) in chosen}
            for place, reason in enumerate(REASON_PRESETS)
        ]

    def _extra_actions(self, request: PublicationRequest) -> list[Any]:
        """Further acts of other apps (taking down, say), announced by hook."""
        return [
            action
            for hook in hooks.get_hooks("register_govpub_request_action")
            for action in hook(self.request.user, request)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("act", "")
        if name not in ACTS:
            raise PermissionDenied
        words = request.POST.get("words", "").replace("\r\n", "\n")
        try:
            self._act(name, words)
        except ContentChanged:
            return self._changed()
        except ProcedureError as error:
            return self._problem(error, words)
        messages.success(
            request, DONE[name] % {"topic": self.publication_request.topic}
        )
        return redirect("govpub_publishing:index")

    def _act(self, name: str, words: str) -> None:
        posted = self.request.POST
        options: dict[str, Any] = {}
        if name in AGAINST:
            words = compose_reasons(posted.getlist("preset"), words)
        if name == "put_up":
            options["checks"] = {check: check in posted for check in CHECKS}
        if name in {"allow", "refuse"}:
            options["acknowledged"] = "acknowledged" in posted
        if name in BOUND:
            # What the person was shown; anything else there now is refused.
            options["seen"] = posted.get("seen") or "nothing"
        ACTS[name](
            self.publication_request, by=signed_in(self.request), words=words, **options
        )

    def _changed(self) -> HttpResponse:
        """What is there now is not what the person saw; nothing was decided."""
        view = ChangedView()
        view.setup(self.request, **self.kwargs)
        context = view.get_context_data(
            seen=self.request.POST.get("seen", "").replace("\0", "")
        )
        return view.render_to_response(context, status=409)

    def _problem(self, error: ProcedureError, words: str) -> HttpResponse:
        """Say what stood against it, keep what was typed; nothing was changed."""
        status = next(
            (code for kind, code in STATUS_OF_ERROR if isinstance(error, kind)), 422
        )
        del self.publication_request
        context = self.get_context_data(problem=" ".join(error.messages), words=words)
        return self.render_to_response(context, status=status)
