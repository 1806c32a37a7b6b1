"""The screen on which the Web Master notes where else an item was posted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from govpub.publishing import procedure
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.roles import Role


class PostedElsewhereForm(forms.Form):
    """Place, address and day."""

    place = forms.CharField(
        label=_("Where it was posted"),
        max_length=255,
        help_text=_("For example the ministry's anti-corruption centre."),
    )
    link = forms.URLField(
        label=_("Link"), required=False, max_length=500, assume_scheme="https"
    )
    on = forms.DateField(
        label=_("Date"), initial=timezone.localdate, widget=AdminDateInput
    )


class PostedElsewhereView(WagtailAdminTemplateMixin, FormView):
    """Asks for place, link and date, and records them as an act of the request."""

    form_class = PostedElsewhereForm
    template_name = "govpub/publishing/admin/elsewhere.html"
    page_title = _("Also posted elsewhere")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

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
            publication_request=self.publication_request, **kwargs
        )

    def form_valid(self, form: PostedElsewhereForm) -> HttpResponse:
        try:
            procedure.record_posted_elsewhere(
                self.publication_request,
                by=signed_in(self.request),
                **form.cleaned_data,
            )
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Recorded where else it was posted."))
        return redirect("govpub_publishing:review", self.publication_request.pk)

    def form_invalid(self, form: PostedElsewhereForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def offer_elsewhere(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    """The button on the review page, for the Web Master of what is public."""
    posted = request.status in {RequestStatus.SCHEDULED, RequestStatus.PUBLISHED}
    if not posted or not Appointment.objects.of(user, Role.WEBMASTER, request.site):
        return []
    address = reverse("govpub_publishing:elsewhere", args=[request.pk])
    return [{"url": address, "label": str(_("Also posted elsewhere"))}]
