"""The report of times: medians and the share of steps done within their target."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Site

from govpub.publishing.models import NumberSeries
from govpub.publishing.permissions import offices_overseen_by, oversees_any, signed_in
from govpub.publishing.times import step_times
from govpub.thai.dates import FiscalYear, Quarter
from govpub.thai.spreadsheet import ExportWithThai


class TimesForm(forms.Form):
    """Which office, and which fiscal year or quarter of it."""

    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Site.objects.none(), empty_label=None
    )
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, data: Any, offices: Any) -> None:
        super().__init__(data, label_suffix="")
        this_year = FiscalYear.current()
        years = NumberSeries.objects.filter(site__in=offices).values_list(
            "fiscal_year", flat=True
        )
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, str(FiscalYear(year)))
            for year in sorted({*years, this_year.be}, reverse=True)
        ]
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            ("", _("Whole year")),
            *((number, str(number)) for number in (1, 2, 3, 4)),
        ]


class TimesView(
    ExportWithThai, SpreadsheetExportMixin, WagtailAdminTemplateMixin, TemplateView
):
    template_name = "govpub/publishing/admin/times.html"
    page_title = _("Times of the procedure")
    header_icon = "time"
    export_filename = "govpub-times"
    list_export = [
        "label",
        "count",
        "target",
        "median_working",
        "median_elapsed",
        "within_working",
        "within_elapsed",
    ]
    export_headings = {
        "label": _("Step of the procedure"),
        "count": _("Times done"),
        "target": _("Target (minutes)"),
        "median_working": _("Median in working time (minutes)"),
        "median_elapsed": _("Median in elapsed time (minutes)"),
        "within_working": _("Within target, working time (%)"),
        "within_elapsed": _("Within target, elapsed time (%)"),
    }
    _show_breadcrumbs = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.offices = offices_overseen_by(signed_in(request))
        if not self.offices.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> TimesForm:
        """What was asked for; what cannot be read falls back to this fiscal year."""
        defaults = {
            "office": self.offices.first(),
            "year": FiscalYear.current().be,
            "quarter": "",
        }
        form = TimesForm({**defaults, **self.request.GET.dict()}, self.offices)
        return form if form.is_valid() else _valid(TimesForm(defaults, self.offices))

    @cached_property
    def rows(self) -> list[Any]:
        chosen = self.chosen.cleaned_data
        year = FiscalYear(chosen["year"])
        period = Quarter(year, chosen["quarter"]) if chosen["quarter"] else year
        return step_times(chosen["office"], period.start, period.end)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_export:
            return self.as_spreadsheet(self.rows, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=self.chosen, rows=self.rows, headings=self.export_headings, **kwargs
        )


def _valid(form: TimesForm) -> TimesForm:
    form.is_valid()
    return form


class TimesMenuItem(MenuItem):
    """Shown to those who oversee an office's procedure."""

    def is_shown(self, request: HttpRequest) -> bool:
        return oversees_any(signed_in(request))
