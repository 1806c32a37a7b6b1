from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.models import Job
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.upkeep.actions import take_down_now, verify

LATE = timedelta(minutes=10)


class UpkeepView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once more before an act on published information is carried out."""

    template_name = "govpub/upkeep/admin/act.html"
    header_icon = "clipboard-list"
    _show_breadcrumbs = True
    act: Callable[..., PublicationRequest]
    done: Any
    needs_reasons = False

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        request = self.publication_request
        review = reverse("govpub_publishing:review", args=[request.pk])
        return [
            *self.breadcrumbs_items,
            {"url": review, "label": request.code},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            publication_request=self.publication_request,
            needs_reasons=self.needs_reasons,
            **{"problem": "", "words": "", **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = request.POST.get("words", "").replace("\r\n", "\n")
        try:
            type(self).act(self.publication_request, by=signed_in(request), words=words)
        except ProcedureError as error:
            context = self.get_context_data(
                problem=" ".join(error.messages), words=words
            )
            return self.render_to_response(context, status=422)
        messages.success(request, self.done)
        return redirect("govpub_publishing:review", self.publication_request.pk)


class TakeDownView(UpkeepView):
    act = staticmethod(take_down_now)
    page_title = _("Take down from the website")
    done = _("The information has been taken down.")
    needs_reasons = True


class VerifyView(UpkeepView):
    act = staticmethod(verify)
    page_title = _("Accurate, complete and current?")
    done = _("Recorded: accurate, complete and current today.")


def healthz(request: HttpRequest) -> JsonResponse:
    """For monitors: does the database answer, and has the scheduler been running?"""
    try:
        latest = (
            Job.objects.exclude(last_finished=None)
            .order_by("-last_finished")
            .values_list("last_finished", flat=True)
            .first()
        )
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    if latest is None:
        scheduler = "never"
    else:
        scheduler = "late" if timezone.now() - latest > LATE else "running"
    return JsonResponse({"database": "up", "scheduler": scheduler})
