"""The full report of the admin: everything that is counted, with filters and XLSX."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Site

from govpub.thai.spreadsheet import ExportWithThai

from . import queries
from .models import VISITED_KINDS, DailyCount, Kind, Subject
from .periods import last_days
from .permissions import may_read, readable_sites


class StatisticsFilterSet(WagtailFilterSet):
    """Office, kind of subject, days."""

    site = django_filters.ModelChoiceFilter(
        label=_("Site"), queryset=lambda request: _offices(request)
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    day = django_filters.DateFromToRangeFilter(
        label=_("Days"), widget=DateRangePickerWidget, method="during"
    )

    class Meta:
        model = Subject
        fields = ["site", "kind", "day"]

    def during(self, subjects: QuerySet, name: str, days: slice) -> QuerySet:
        counts = DailyCount.objects.all()
        if days.start:
            counts = counts.filter(day__gte=days.start.date())
        if days.stop:
            counts = counts.filter(day__lte=days.stop.date())
        return with_numbers(subjects, counts)


def _offices(request: HttpRequest | None) -> QuerySet[Site]:
    return readable_sites(request.user) if request else Site.objects.none()


def with_numbers(subjects: QuerySet, counts: QuerySet) -> QuerySet:
    """Subjects with the sums of these days; those without views are left out."""
    mine = counts.filter(subject=OuterRef("pk")).order_by().values("subject")

    def sum_of(column: str) -> Coalesce:
        return Coalesce(Subquery(mine.annotate(all=Sum(column)).values("all")), 0)

    return subjects.annotate(views=sum_of("views"), visitors=sum_of("visitors")).filter(
        views__gt=0
    )


def office_name(subject: Subject) -> str:
    return subject.site.site_name or subject.site.hostname


def subject_url(subject: Subject) -> str:
    return reverse("govpub_statistics_subject", args=[subject.pk])


def visitors_of(subject: Any) -> int | str:
    """The people (คน) of a subject; a dash where only views are counted."""
    return subject.visitors if subject.kind in VISITED_KINDS else "–"


class StatisticsReportView(ExportWithThai, ReportView):
    """Every subject of the offices a person may see: pages, searches, referrers, ..."""

    page_title = _("Visitor statistics")
    header_icon = "view"
    model = Subject
    filterset_class = StatisticsFilterSet
    is_searchable = True
    search_fields = ["label", "key"]
    default_ordering = "-views"
    index_url_name = "govpub_statistics_report"
    index_results_url_name = "govpub_statistics_report_results"
    template_name = "govpub/stats/admin/report.html"
    all_columns = [
        TitleColumn(
            "name", label=_("Name"), accessor=str, get_url=subject_url, width="45%"
        ),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("site", label=_("Site"), accessor=office_name, sort_key="site"),
        NumberColumn("views", label=_("Views"), sort_key="views"),
        NumberColumn(
            "visitors",
            label=_("Visitors"),
            accessor=visitors_of,
            sort_key="visitors",
        ),
    ]
    list_export = ["__str__", "key", "get_kind_display", "site", "views", "visitors"]
    export_headings = {
        "__str__": _("Name"),
        "key": _("Key"),
        "get_kind_display": _("Kind"),
        "site": _("Site"),
        "views": _("Views"),
        "visitors": _("Visitors"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kw: Any) -> HttpResponseBase:
        if not may_read(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kw)

    def get_filename(self) -> str:
        return f"statistics-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[Subject]:
        return Subject.objects.filter(site__in=_offices(self.request)).select_related(
            "site"
        )

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset  # the numbers to order by depend on the days filtered.

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        if "views" not in found.query.annotations:
            found = with_numbers(found, DailyCount.objects.all())
        return super().order_queryset(found)

    @cached_property
    def columns(self) -> list[Column]:
        """Without the office for those who read only one."""
        columns = list(self.all_columns)
        if _offices(self.request).count() < 2:
            columns = [column for column in columns if column.name != "site"]
        return columns

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["losses"] = queries.losses(last_days(30))
        return context
