"""The numbers of one page, document, search term, ...: its hours, days and months."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from . import queries, sections
from .models import VISITED_KINDS, Subject
from .periods import BadPeriod, asked_for, last_days
from .permissions import may_read, readable_sites


class SubjectView(WagtailAdminTemplateMixin, TemplateView):
    """Views and visitors of a subject in any period; one day shows its hours."""

    template_name = "govpub/stats/admin/subject.html"
    page_title = _("Visitor statistics")
    header_icon = "view"
    subject: Subject

    def dispatch(self, request: HttpRequest, *args: Any, **kw: Any) -> HttpResponseBase:
        if not may_read(request.user):
            return permission_denied(request)
        offices = readable_sites(request.user)
        known = Subject.objects.filter(site__in=offices).select_related("site")
        self.subject = get_object_or_404(known, pk=kw["pk"])
        return super().dispatch(request, *args, **kw)

    def get_page_subtitle(self) -> str:
        return str(self.subject)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        report = reverse("govpub_statistics_report")
        return [
            *super().get_breadcrumbs_items(),
            {"url": report, "label": str(self.page_title)},
            {"url": "", "label": str(self.subject)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        error, subject, site = "", self.subject, self.subject.site
        try:
            period = asked_for(self.request.GET)
        except BadPeriod as refusal:
            error, period = str(refusal), last_days(30)
        numbers = queries.total(site, period, subject)
        chart = sections.chart(site, period, subject)
        views_only = subject.kind not in VISITED_KINDS
        if views_only:
            chart = replace(chart, series=chart.series[:1])
        return super().get_context_data(
            subject=subject,
            asked=self.request.GET,
            period=period,
            period_error=error,
            choices=sections.choices(site, period),
            total=numbers,
            change=sections.change(site, period, numbers, subject),
            chart=chart,
            views_only=views_only,
            **kwargs,
        )
