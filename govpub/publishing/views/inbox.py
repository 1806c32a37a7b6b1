from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.views.generic import ListView

from govpub.publishing import inbox
from govpub.publishing.inbox_filter import InboxFilterForm
from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.permissions import signed_in
from govpub.publishing.views.screen import INBOX_TITLE, Screen


class InboxView(Screen, ListView):
    """The requests a person has to do with, whose turn it is first."""

    template_name = "govpub/publishing/admin/inbox.html"
    page_title = INBOX_TITLE
    paginate_by = 20

    @cached_property
    def list_name(self) -> str:
        chosen = self.request.GET.get("view", "waiting")
        return chosen if chosen in inbox.LISTS else "waiting"

    @cached_property
    def filter_form(self) -> InboxFilterForm:
        return InboxFilterForm(
            self.request.GET, user=signed_in(self.request), list_name=self.list_name
        )

    def get_queryset(self) -> PublicationRequestQuerySet:
        requests = inbox.requests_of(signed_in(self.request), self.list_name)
        return self.filter_form.narrow(requests)

    def paginate_queryset(
        self, queryset: Any, page_size: int
    ) -> tuple[Paginator, Page, Any, bool]:
        """A page that is not there, or never was a number, is the nearest one."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = signed_in(self.request)
        requests: list[PublicationRequest] = context["page_obj"].object_list
        cards = inbox.cards(user, requests)
        counts = inbox.counts(user)
        return {
            **context,
            "cards": cards,
            "lists": [
                {"name": name, "label": label, "count": counts[name]}
                for name, label in inbox.LISTS.items()
            ],
            "list_name": self.list_name,
            "filter_form": self.filter_form,
            "may_choose": any(card.may_allow for card in cards),
        }

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return []
