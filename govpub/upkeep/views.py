"""Screens of the verification: the queue, one item, several at once; health."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.checklist import CHECKS
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.publishing.office_tables import offices_kept_by
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.thai.dates import FiscalYear
from govpub.upkeep.actions import may_verify, verify
from govpub.upkeep.findings import findings
from govpub.upkeep.health import scheduler_state
from govpub.upkeep.queue import due_for, is_overdue, shares

PER_PAGE = 50
ANSWERS = [("yes", _("Yes")), ("no", _("No"))]


class VerifyForm(forms.Form):
    """Three separate answers, none of them given beforehand, and a note."""

    accurate = forms.ChoiceField(
        label=_("Is it accurate?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    complete = forms.ChoiceField(
        label=_("Is it complete?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    current = forms.ChoiceField(
        label=_("Is it current?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Note; with a “no”, what has to be corrected"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VerifyView(WagtailAdminTemplateMixin, FormView):
    """One item: what the machine found, three questions, and what a “no” leads to."""

    form_class = VerifyForm
    template_name = "govpub/upkeep/admin/verify.html"
    page_title = _("Accurate, complete and current?")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        queue = reverse("govpub_upkeep_admin:queue")
        return [
            *self.breadcrumbs_items,
            {"url": queue, "label": QueueView.page_title},
            {"url": "", "label": self.publication_request.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.publication_request
        return super().get_context_data(
            publication_request=request,
            findings=findings(request.page.specific),
            may=may_verify(signed_in(self.request), request) is not None,
            **kwargs,
        )

    def form_valid(self, form: VerifyForm) -> HttpResponse:
        given = form.cleaned_data
        answers = {name: given[name] == "yes" for name in CHECKS}
        request, by = self.publication_request, signed_in(self.request)
        try:
            verify(request, by=by, answers=answers, words=given["words"])
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if not all(answers.values()):
            if self.request.POST.get("then") == "take_down":
                return redirect("govpub_upkeep_admin:take_down", request.pk)
            messages.warning(self.request, _("The correction has been asked for."))
        else:
            words = _("Recorded: accurate, complete and current today.")
            messages.success(self.request, words)
        return redirect("govpub_upkeep_admin:queue")

    def form_invalid(self, form: VerifyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """What the person has to verify, with several confirmed at once if all is well."""

    template_name = "govpub/upkeep/admin/queue.html"
    page_title = _("To be verified")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = signed_in(self.request)
        due = due_for(user)
        paginator = Paginator(due, PER_PAGE)
        page = paginator.get_page(self.request.GET.get("page"))
        since = FiscalYear.current().start
        return super().get_context_data(
            rows=[
                {
                    "request": request,
                    "findings": findings(request.page.specific),
                    "overdue": is_overdue(request),
                    "correction": request.corrections.filter(closed_at=None).first(),
                }
                for request in page
            ],
            page_obj=page,
            paginator=paginator,
            is_paginated=page.has_other_pages(),
            total=len(due),
            overdue=sum(map(is_overdue, due)),
            shares=shares(offices_kept_by(user), since),
            checks=CHECKS,
            **{"problem": "", **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """All that were ticked are accurate, complete and current; each its own act."""
        chosen = {key for key in request.POST.getlist("request") if key.isdigit()}
        user = signed_in(request)
        confirmed = all(name in request.POST for name in CHECKS)
        if not chosen or not confirmed:
            problem = _now("Tick at least one item and all three confirmations.")
            context = self.get_context_data(problem=problem)
            return self.render_to_response(context, status=422)
        done = 0
        for due in due_for(user):
            if str(due.pk) in chosen:
                try:
                    verify(due, by=user)
                    done += 1
                except ProcedureError as error:
                    messages.error(request, f"{due.code}: {' '.join(error.messages)}")
        words = ngettext("%(n)s item verified.", "%(n)s items verified.", done)
        messages.success(request, words % {"n": done})
        return redirect("govpub_upkeep_admin:queue")


def healthz(request: HttpRequest) -> JsonResponse:
    """For monitors: does the database answer, and has the scheduler been running?"""
    try:
        state = scheduler_state()
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up", "scheduler": state})
