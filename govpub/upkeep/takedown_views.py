"""The screen of the take-down: what goes with it first, then the reasons."""

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
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.thai.fields import ThaiCharField
from govpub.upkeep.models import EndKind
from govpub.upkeep.takedown import reach_of, remove, take_down_now


class RemoveForm(forms.Form):
    """Two reasons: one for the office's records, one for the public."""

    words = forms.CharField(
        label=_("Reason, for the office's records"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    public_reason = ThaiCharField(
        label=_("Explanation, which the public reads"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeDownForm(RemoveForm):
    """How it ends, and what takes its place."""

    kind = forms.ChoiceField(
        label=_("What stays at its address"),
        choices=[
            (EndKind.TAKEN_DOWN, _("A notice with topic, category and number")),
            (EndKind.REMOVED, _("Nothing of it: it holds personal data, say")),
        ],
        initial=EndKind.TAKEN_DOWN,
        widget=forms.RadioSelect,
    )
    successor = forms.ModelChoiceField(
        label=_("What takes its place (optional)"),
        queryset=Page.objects.live(),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Who opens the old address is led there."),
    )
    field_order = ["words", "public_reason", "kind", "successor"]


class TakeDownView(WagtailAdminTemplateMixin, FormView):
    """Lists what goes with it, asks for the reasons, and does it."""

    template_name = "govpub/upkeep/admin/take_down.html"
    page_title = _("Take down from the website")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    @property
    def has_ended(self) -> bool:
        return self.publication_request.status == RequestStatus.ENDED

    def get_form_class(self) -> type[forms.Form]:
        return RemoveForm if self.has_ended else TakeDownForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        request = self.publication_request
        review = reverse("govpub_publishing:review", args=[request.pk])
        return [
            *self.breadcrumbs_items,
            {"url": review, "label": request.code},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "publication_request": self.publication_request,
            "has_ended": self.has_ended,
            "reach": None if self.has_ended else reach_of(self.publication_request),
            "media": context["form"].media,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        act = remove if self.has_ended else take_down_now
        by = signed_in(self.request)
        try:
            act(self.publication_request, by=by, **form.cleaned_data)
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The information has been taken down."))
        return redirect("govpub_publishing:review", self.publication_request.pk)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
