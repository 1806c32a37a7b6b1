"""The report in the admin: filters, the office table, spreadsheets, a print view."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govpub.survey.admin_forms import ReportFilter
from govpub.survey.desk import DeskView, DeskViewSet
from govpub.survey.models import Response, SurveyRound
from govpub.survey.queries import (
    latest_round,
    page_scores,
    results_of,
    section_scores,
    selected_results,
)
from govpub.survey.reports import (
    as_csv,
    as_xlsx,
    office_table,
    pages_table,
    report_table,
)
from govpub.survey.results import Results

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportView(DeskView):
    """The table of a round, over all answers or a part of them.

    ``?format=`` csv, xlsx or print gives the same report in another form.
    """

    page_title = gettext_lazy("Report of the satisfaction survey")
    template_name = "govpub/survey/admin/report.html"
    print_template_name = "govpub/survey/admin/report_print.html"
    icon = "doc-full"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filter = ReportFilter(self.site, request.GET)
        self.round = self._round()
        if self.round is None:
            return self.render_to_response(self.get_context_data(filter=self.filter))
        self.results = self._results(self.round)
        answer = {"csv": self._csv, "xlsx": self._xlsx, "print": self._print}
        return answer.get(request.GET.get("format", ""), self._page)()

    def _round(self) -> SurveyRound | None:
        chosen = self.filter.is_valid() and self.filter.cleaned_data["round"]
        return chosen or latest_round(self.site)

    def _results(self, round_: SurveyRound) -> Results:
        if self.filter.is_valid() and self.filter.narrows:
            return selected_results(round_, self._responses())
        return results_of(round_)

    def _responses(self) -> QuerySet[Response]:
        given, responses = self.filter.cleaned_data, Response.objects.all()
        if given["respondent"]:
            responses = responses.filter(respondent=given["respondent"])
        if given["first_day"]:
            responses = responses.filter(answered_at__date__gte=given["first_day"])
        if given["last_day"]:
            after = given["last_day"] + timedelta(days=1)
            responses = responses.filter(answered_at__date__lt=after)
        return responses

    def _context(self) -> dict[str, Any]:
        assert self.round is not None  # noqa: S101  narrows the type only
        narrowed = self.filter.is_valid() and self.filter.narrows
        return {
            "filter": self.filter,
            "round": self.round,
            "results": self.results,
            "table": office_table(self.results),
            "narrowed": narrowed,
            "pages": page_scores(self.round),
            "sections": section_scores(self.round),
            "office": self.site,
            "query": self._query(),
        }

    def _query(self) -> str:
        query = self.request.GET.copy()
        query.pop("format", None)
        return query.urlencode()

    def _page(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**self._context()))

    def _print(self) -> HttpResponse:
        return render(self.request, self.print_template_name, self._context())

    def _csv(self) -> HttpResponse:
        text = as_csv(office_table(self.results))
        return self._download(text.encode(), "text/csv; charset=utf-8", "csv")

    def _xlsx(self) -> HttpResponse:
        assert self.round is not None  # noqa: S101  narrows the type only
        sheets = {
            _("Report"): report_table(office_table(self.results)),
            _("Pages"): pages_table(page_scores(self.round)),
            _("Sections"): pages_table(section_scores(self.round)),
        }
        return self._download(as_xlsx(sheets), XLSX, "xlsx")

    def _download(self, content: bytes, kind: str, ending: str) -> HttpResponse:
        assert self.round is not None  # noqa: S101  narrows the type only
        name = f"survey-{self.round.fiscal_year}-{self.round.period}.{ending}"
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ReportViewSet(DeskViewSet):
    """The report's place in the menu."""

    icon = "doc-full"
    menu_label = gettext_lazy("Report")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ReportView.as_view(), name="index")]
