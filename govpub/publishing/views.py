"""The screens of the procedure in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing import procedure
from govpub.publishing.checklist import CHECKS
from govpub.publishing.content import attached_files
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.forms import REASON_PRESETS
from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.permissions import (
    available_acts,
    signed_in,
    visible_requests,
    waiting_for,
)
from govpub.thai.digits import to_arabic_digits

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


class RequestListView(WagtailAdminTemplateMixin, ListView):
    """The requests a person has to do with: waiting for him, his own, all."""

    template_name = "govpub/publishing/admin/request_list.html"
    page_title = gettext_lazy("Publication requests")
    header_icon = "clipboard-list"
    context_object_name = "requests"
    paginate_by = 30
    _show_breadcrumbs = True

    VIEWS = {
        "waiting": gettext_lazy("Waiting for me"),
        "mine": gettext_lazy("My proposals"),
        "all": gettext_lazy("All of the office"),
    }

    @cached_property
    def view_name(self) -> str:
        chosen = self.request.GET.get("view", "waiting")
        return chosen if chosen in self.VIEWS else "waiting"

    def get_queryset(self) -> PublicationRequestQuerySet:
        user = signed_in(self.request)
        requests = visible_requests(user)
        if self.view_name == "waiting":
            requests = waiting_for(user)
        elif self.view_name == "mine":
            requests = requests.filter(officer=user)
        status = self.request.GET.get("status", "")
        if status in RequestStatus.values:
            requests = requests.filter(status=status)
        return self._search(requests, self.request.GET.get("q", ""))

    @staticmethod
    def _search(
        requests: PublicationRequestQuerySet, text: str
    ) -> PublicationRequestQuerySet:
        words = to_arabic_digits(text.replace("\0", "")).split()[:8]
        for word in words:
            found = Q(topic__icontains=word) | Q(section__icontains=word)
            if word.isdigit() and len(word) < 9:
                found |= Q(number=int(word)) | Q(fiscal_year=int(word) % 32768)
            requests = requests.filter(found)
        return requests

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            views=self.VIEWS,
            view_name=self.view_name,
            statuses=RequestStatus.choices,
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """One request as its form, with what has been done and what one may do."""

    template_name = "govpub/publishing/admin/review.html"
    page_title = gettext_lazy("Publication request")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        return self.publication_request.code

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("govpub_publishing:index"),
                "label": RequestListView.page_title,
            },
            {"url": "", "label": self.publication_request.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.publication_request
        round_ = request.current_round
        draft = round_.revision.as_object()
        return super().get_context_data(
            publication_request=request,
            round=round_,
            form_fields=round_.form,
            draft=draft,
            files=attached_files(draft),
            acts=list(request.acts),
            available=available_acts(signed_in(self.request), request),
            extra_actions=self._extra_actions(request),
            presets=REASON_PRESETS,
            checks=CHECKS.items(),
            checked=self.request.POST,
            **{"words": "", "problem": "", **kwargs},
        )

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
        except ProcedureError as error:
            return self._problem(error, words)
        messages.success(
            request, DONE[name] % {"topic": self.publication_request.topic}
        )
        return redirect("govpub_publishing:index")

    def _act(self, name: str, words: str) -> None:
        options: dict[str, Any] = {}
        if name == "put_up":
            options["checks"] = {check: check in self.request.POST for check in CHECKS}
        if name in {"allow", "refuse", "put_up"}:
            # What the person was shown; anything else there now is refused.
            options["seen"] = self.request.POST.get("seen") or "nothing"
        ACTS[name](
            self.publication_request, by=signed_in(self.request), words=words, **options
        )

    def _problem(self, error: ProcedureError, words: str) -> HttpResponse:
        """Say what stood against it, keep what was typed; nothing was changed."""
        status = next(
            (code for kind, code in STATUS_OF_ERROR if isinstance(error, kind)), 422
        )
        del self.publication_request
        context = self.get_context_data(problem=" ".join(error.messages), words=words)
        return self.render_to_response(context, status=status)
