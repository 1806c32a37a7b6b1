"""What the screens of one request have in common."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.permissions import signed_in, visible_requests

INBOX_TITLE = _("Publication requests")


class Screen(WagtailAdminTemplateMixin):
    """A screen of the procedure, with the way back to the inbox above it."""

    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        inbox = {"url": reverse("govpub_publishing:index"), "label": INBOX_TITLE}
        return [*self.breadcrumbs_items, inbox, *self.own_breadcrumbs()]

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]


class RequestScreen(Screen):
    """A screen of the request in the address, if the person may see it."""

    kwargs: dict[str, Any]

    @cached_property
    def publication_request(self) -> PublicationRequest:
        return get_object_or_404(self.get_requests(), pk=self.kwargs["pk"])

    def get_requests(self) -> PublicationRequestQuerySet:
        return visible_requests(signed_in(self.request))

    def get_page_subtitle(self) -> str:
        return self.publication_request.code

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.publication_request.code}]
