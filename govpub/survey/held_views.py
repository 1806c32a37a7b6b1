"""Answers that were kept apart: look at them, count them or leave them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin import messages

from govpub.survey.desk import DeskView, DeskViewSet
from govpub.survey.models import PageRating, Response
from govpub.survey.queries import held_answers, latest_round
from govpub.survey.review import count_held, count_held_rating, leave_out
from govpub.survey.rounds import RoundClosed

SHOWN = 100
DECISIONS: dict[tuple[str, str], tuple[type, Callable[[Any], None]]] = {
    ("response", "count"): (Response, count_held),
    ("response", "leave_out"): (Response, leave_out),
    ("rating", "count"): (PageRating, count_held_rating),
    ("rating", "leave_out"): (PageRating, leave_out),
}


class HeldView(DeskView):
    """The answers of the latest round that wait for review, and what becomes of one."""

    page_title = gettext_lazy("Answers kept apart")
    template_name = "govpub/survey/admin/held.html"
    icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        round_ = latest_round(self.site)
        context = super().get_context_data(
            round=round_, shown=SHOWN, may_manage=self.may_manage, **kwargs
        )
        if round_ is not None:
            responses, ratings = held_answers(round_)
            context["number"] = responses.count() + ratings.count()
            context["responses"] = responses[:SHOWN]
            context["ratings"] = ratings[:SHOWN]
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, pk = request.POST.get("kind", ""), request.POST.get("pk", "")
        decision = DECISIONS.get((kind, request.POST.get("decision", "")))
        if decision is None or not pk.isdecimal():
            raise Http404
        if not self.may_manage:
            raise PermissionDenied
        model, decide = decision
        try:
            decide(get_object_or_404(model, pk=int(pk), round__site=self.site))
        except RoundClosed:
            messages.error(request, _("The round is closed; its results are frozen."))
        else:
            messages.success(request, _("Done."))
        return redirect(request.path)


class HeldViewSet(DeskViewSet):
    """Its place in the menu."""

    icon = "warning"
    menu_label = gettext_lazy("Kept apart")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", HeldView.as_view(), name="index")]
