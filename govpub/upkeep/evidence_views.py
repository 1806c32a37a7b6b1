"""The screen on which the Web Master sets until when documents stay reachable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.thai.fields import ThaiDateField
from govpub.thai.widgets import BuddhistDateInput
from govpub.upkeep.endings import evidence_date, keep_documents
from govpub.upkeep.models import Ending, EndKind


class EvidenceForm(forms.Form):
    """A last day, or none, and why."""

    until = ThaiDateField(
        label=_("Documents reachable until"),
        required=False,
        widget=BuddhistDateInput,
        help_text=_("Empty means: not reachable any more."),
    )
    words = forms.CharField(
        label=_("Reason, for the office's records"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EvidenceView(WagtailAdminTemplateMixin, FormView):
    """For one item that has ended; the table and the office's rule gave the first."""

    form_class = EvidenceForm
    template_name = "govpub/upkeep/admin/evidence.html"
    page_title = _("Documents after the end")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    @cached_property
    def ending(self) -> Ending:
        visible = visible_requests(signed_in(self.request))
        found = Ending.objects.filter(request__in=visible).exclude(kind=EndKind.REMOVED)
        return get_object_or_404(
            found.select_related("request"), request=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        request = self.ending.request
        review = reverse("govpub_publishing:review", args=[request.pk])
        return [
            *self.breadcrumbs_items,
            {"url": review, "label": request.code},
            {"url": "", "label": self.page_title},
        ]

    def get_initial(self) -> dict[str, Any]:
        ending = self.ending
        usual = evidence_date(ending.request, ending.ended_on)
        return {"until": ending.keep_files_until or usual}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "ending": self.ending,
            "publication_request": self.ending.request,
            "media": context["form"].media,
        }

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        request, by = self.ending.request, signed_in(self.request)
        try:
            keep_documents(request, by=by, **form.cleaned_data)
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The day has been set."))
        return redirect("govpub_publishing:review", request.pk)

    def form_invalid(self, form: EvidenceForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
