from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.publishing.permissions import signed_in, visible_requests


class RequestFormView(WagtailAdminTemplateMixin, FormView):
    """A form whose answers are one act on one request; refused acts change nothing."""

    template_name = "govpub/publishing/admin/request_form.html"
    header_icon = "clipboard-list"
    done: Any
    submit: Any
    _show_breadcrumbs = True

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(
            visible_requests(signed_in(self.request)), pk=self.kwargs["pk"]
        )

    def act(self, form: BaseForm) -> None:
        """Carry the act out; raises ``ProcedureError`` where it is refused."""
        raise NotImplementedError

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
            submit=self.submit,
            **kwargs,
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self.act(form)
        except ProcedureError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("govpub_publishing:review", self.publication_request.pk)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
