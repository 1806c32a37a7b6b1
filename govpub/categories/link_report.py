"""The broken links of an office, as a report in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from govpub.categories.duties import offices_in_care_of
from govpub.categories.enums import LinkState
from govpub.categories.models import LinkCheck
from govpub.publishing.permissions import held_roles, signed_in
from govpub.roles import Role
from govpub.thai.spreadsheet import ExportWithThai


class BrokenLinksReport(ExportWithThai, ReportView):
    """Links that failed, the longest first; also as a spreadsheet."""

    page_title = _("Broken links")
    header_icon = "link"
    index_url_name = "govpub_broken_links"
    index_results_url_name = "govpub_broken_links_results"
    results_template_name = "govpub/categories/admin/broken_links_results.html"
    model = LinkCheck
    list_export = [
        "item.title",
        "address",
        "get_state_display",
        "answer",
        "failures",
        "failing_since",
        "checked_at",
    ]
    export_headings = {
        "item.title": _("Topic"),
        "address": _("Address"),
        "get_state_display": _("State"),
        "answer": _("Answer"),
        "failures": _("Failures in a row"),
        "failing_since": _("Failing since"),
        "checked_at": _("Checked at"),
    }

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not offices_in_care_of(request.user).exists():
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LinkCheck]:
        roots = Page.objects.filter(
            pk__in=offices_in_care_of(self.request.user).values("root_page")
        )
        items = Page.objects.none()
        for root in roots:
            items |= Page.objects.descendant_of(root)
        failing = LinkCheck.objects.exclude(state=LinkState.ALIVE)
        failing = failing.filter(item__in=items.values("pk")).select_related("item")
        return failing.order_by("failing_since", "pk")


class BrokenLinksMenuItem(MenuItem):
    """Shown to those who look after the website of an office."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = signed_in(request)
        return user.is_superuser or Role.WEBMASTER in held_roles(user)


def menu_item() -> BrokenLinksMenuItem:
    return BrokenLinksMenuItem(
        BrokenLinksReport.page_title,
        reverse(BrokenLinksReport.index_url_name),
        icon_name="link",
        order=1100,
    )
