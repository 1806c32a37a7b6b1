"""The screens of a longer period: asked by the officer, decided by the head."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.roles import Role
from govpub.thai.fields import ThaiDateField
from govpub.thai.widgets import BuddhistDateInput
from govpub.upkeep import extensions
from govpub.upkeep.models import Extension, ExtensionStatus


class ExtensionForm(forms.Form):
    """The new last day, and why."""

    until = ThaiDateField(label=_("New last day"), widget=BuddhistDateInput)
    reason = forms.CharField(
        label=_("Reason"), strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskView(WagtailAdminTemplateMixin, FormView):
    """Asks for the day and the reason; the content stays as it was approved."""

    form_class = ExtensionForm
    template_name = "govpub/upkeep/admin/extend.html"
    page_title = _("Ask for a longer period")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _trail(self, self.publication_request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        request = self.publication_request
        return {
            **context,
            "publication_request": request,
            "meanwhile": extensions.rule_in_words(request),
            "latest": extensions.latest_end(request),
            "media": context["form"].media,
        }

    def form_valid(self, form: ExtensionForm) -> HttpResponse:
        request, by = self.publication_request, signed_in(self.request)
        try:
            extensions.ask(request, by=by, **form.cleaned_data)
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The head of the office has been asked."))
        return redirect("govpub_publishing:review", request.pk)

    def form_invalid(self, form: ExtensionForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _trail(view: Any, request: PublicationRequest) -> list[dict[str, Any]]:
    review = reverse("govpub_publishing:review", args=[request.pk])
    return [
        *view.breadcrumbs_items,
        {"url": review, "label": request.code},
        {"url": "", "label": view.page_title},
    ]


class ExtensionView(WagtailAdminTemplateMixin, TemplateView):
    """One wish for a longer period; the head allows it, or not, with reasons."""

    template_name = "govpub/upkeep/admin/extension.html"
    page_title = _("Longer publication period")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    @cached_property
    def extension(self) -> Extension:
        visible = visible_requests(signed_in(self.request))
        found = Extension.objects.filter(request__in=visible)
        return get_object_or_404(
            found.select_related("request", "asked_by"), pk=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _trail(self, self.extension.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extension = self.extension
        request = extension.request
        user = signed_in(self.request)
        decides = Appointment.objects.of(user, Role.HEAD, request.site) is not None
        waits = extension.status == ExtensionStatus.ASKED
        return super().get_context_data(
            extension=extension,
            publication_request=request,
            round=request.current_round,
            meanwhile=extensions.rule_in_words(request) if waits else "",
            may_decide=waits
            and decides
            and not extensions.is_involved(user, extension),
            **{"problem": "", "words": "", **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = request.POST.get("words", "").replace("\r\n", "\n")
        by, extension = signed_in(request), self.extension
        try:
            if request.POST.get("decision") == "allow":
                seen = request.POST.get("seen") or "nothing"
                extensions.allow(extension, by=by, words=words, seen=seen)
                done = _("Allowed: the period is longer now.")
            else:
                extensions.refuse(extension, by=by, words=words)
                done = _("Not allowed: it ends on its day.")
        except ProcedureError as error:
            problem = " ".join(error.messages)
            context = self.get_context_data(problem=problem, words=words)
            return self.render_to_response(context, status=422)
        messages.success(request, done)
        return redirect("govpub_publishing:review", extension.request_id)
