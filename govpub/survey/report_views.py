"""The report in the admin: filters, the office table, spreadsheets, paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govpub.survey.admin_forms import ReportFilter
from govpub.survey.desk import DeskView, DeskViewSet
from govpub.survey.models import PageRating, Response, SurveyRound
from govpub.survey.page_queries import (
    PageScores,
    page_scores_of,
    section_trend,
    selected_page_scores,
)
from govpub.survey.paper import as_pdf
from govpub.survey.queries import (
    latest_round,
    recent_rounds,
    results_of,
    selected_results,
    trend,
)
from govpub.survey.reports import (
    as_csv,
    download,
    pages_table,
    report_table,
)
from govpub.survey.results import Results
from govpub.survey.sheet import Sheet, sheet_of
from govpub.thai.dates import thai_date
from govpub.thai.spreadsheet import write_xlsx

M = TypeVar("M", bound=Model)


class ReportView(DeskView):
    """The table of a round, over all answers or a part of them.

    ``?format=`` csv, xlsx, print or pdf gives the same report in another form.
    """

    page_title = gettext_lazy("Report of the satisfaction survey")
    template_name = "govpub/survey/admin/report.html"
    print_template_name = "govpub/survey/admin/report_print.html"
    icon = "doc-full"
    round: SurveyRound

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filter = ReportFilter(self.site, request.GET)
        self.is_filtered = self.filter.is_valid()
        chosen = self.filter.cleaned_data.get("round") or latest_round(self.site)
        if chosen is None:
            return self.render_to_response(self.get_context_data(filter=self.filter))
        self.round = chosen
        answer = {
            "csv": self._csv,
            "xlsx": self._xlsx,
            "print": self._print,
            "pdf": self._pdf,
        }
        return answer.get(request.GET.get("format", ""), self._page)()

    @cached_property
    def results(self) -> Results:
        if self.is_filtered and self.filter.narrows:
            chosen = self._of_these_days(Response.objects.all())
            if respondent := self.filter.cleaned_data["respondent"]:
                chosen = chosen.filter(respondent=respondent)
            return selected_results(self.round, chosen)
        return results_of(self.round)

    @cached_property
    def pages(self) -> PageScores:
        if not self.is_filtered:
            return page_scores_of(self.round)
        if self.filter.narrows_pages:
            chosen = self._of_these_days(PageRating.objects.all())
            found = selected_page_scores(self.round, chosen)
        else:
            found = page_scores_of(self.round)
        return found.inside(self.filter.cleaned_data["section"])

    def _of_these_days(self, answers: QuerySet[M]) -> QuerySet[M]:
        given = self.filter.cleaned_data
        if given["first_day"]:
            answers = answers.filter(answered_at__date__gte=given["first_day"])
        if given["last_day"]:
            after = given["last_day"] + timedelta(days=1)
            answers = answers.filter(answered_at__date__lt=after)
        return answers

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(
            self.round, self.results, self.pages.sections, covers=self._covers()
        )

    def _covers(self) -> list[str]:
        """What the report is narrowed to, in words."""
        if not self.is_filtered:
            return []
        shown = {
            "respondent": dict(self.filter.fields["respondent"].choices),  # type: ignore[attr-defined]
            "section": dict(self.filter.fields["section"].choices),  # type: ignore[attr-defined]
        }
        return [
            f"{self.filter.fields[name].label}: {self._said(shown, name, value)}"
            for name, value in self.filter.cleaned_data.items()
            if value and name != "round"
        ]

    @staticmethod
    def _said(shown: dict[str, dict[str, Any]], name: str, value: Any) -> str:
        return str(shown[name][value]) if name in shown else thai_date(value)

    def _page(self) -> HttpResponse:
        rounds = recent_rounds(self.site)
        return self.render_to_response(
            self.get_context_data(
                filter=self.filter,
                sheet=self.sheet,
                round=self.round,
                results=self.results,
                pages=self.pages,
                trend=trend(rounds, self.round, results_of(self.round)),
                rounds=list(reversed(rounds)),
                section_trend=section_trend(rounds),
                query=self._query(),
            )
        )

    def _query(self) -> str:
        query = self.request.GET.copy()
        query.pop("format", None)
        return query.urlencode()

    def _print(self) -> HttpResponse:
        context = {"sheet": self.sheet, "round": self.round}
        return render(self.request, self.print_template_name, context)

    def _pdf(self) -> HttpResponse:
        return download(as_pdf(self.sheet), self._name("pdf"))

    def _csv(self) -> HttpResponse:
        return download(as_csv(self.sheet.rows).encode(), self._name("csv"))

    def _xlsx(self) -> HttpResponse:
        sheets = {
            _("Report"): report_table(self.sheet.rows),
            _("Pages"): pages_table(self.pages.pages),
            _("Sections"): pages_table(self.pages.sections),
        }
        return download(write_xlsx(sheets), self._name("xlsx"))

    def _name(self, ending: str) -> str:
        return f"survey-{self.round.fiscal_year}-{self.round.period}.{ending}"


class ReportViewSet(DeskViewSet):
    """The report's place in the menu."""

    icon = "doc-full"
    menu_label = gettext_lazy("Report")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ReportView.as_view(), name="index")]
