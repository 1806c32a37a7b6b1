"""The supervision report in the admin: the office's words, then PDF and HTML."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.evidence.downloads import as_download
from govpub.evidence.models import SupervisionReport
from govpub.evidence.permissions import office_read_in, offices_kept_by
from govpub.evidence.supervision import report_of, report_pdf
from govpub.evidence.supervision_word import report_docx
from govpub.evidence.views import pdf_response
from govpub.thai.dates import FiscalYear


class WordsForm(forms.ModelForm):
    """What people write themselves; the figures are counted."""

    class Meta:
        model = SupervisionReport
        fields = ["problems", "suggestions", "reporter", "position"]


class SupervisionView(WagtailAdminTemplateMixin, TemplateView):
    """One year, or one quarter of it (0: the whole year)."""

    template_name = "govpub/evidence/admin/supervision.html"
    page_title = gettext_lazy("Supervision report")
    header_icon = "doc-full"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def words(self) -> SupervisionReport:
        """What was written; an odd year or quarter means the usual one."""
        current = FiscalYear.current().be
        year = self.kwargs.get("year", current)
        quarter = self.kwargs.get("quarter", 0)
        year = year if 2500 <= year <= 2700 else current
        quarter = quarter if quarter in range(5) else 0
        return SupervisionReport.of(office_read_in(self.request), year, quarter)

    @property
    def may_write(self) -> bool:
        offices = offices_kept_by(self.request.user)
        return offices.filter(pk=self.words.site.pk).exists()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draw = FILES.get(request.GET.get("format", ""))
        if draw is not None:
            return draw(self.words, request)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_write:
            raise PermissionDenied
        form = WordsForm(request.POST, instance=self.words)
        if not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=422)
        form.save()
        messages.success(request, _("The report has been saved."))
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.words.fiscal_year
        return super().get_context_data(
            report=report_of(self.words),
            words=self.words,
            may_write=self.may_write,
            years=[(n, _address(n, 0)) for n in range(year + 1, year - 3, -1)],
            quarters=[(n, _address(year, n)) for n in range(5)],
            **{"form": WordsForm(instance=self.words), **kwargs},
        )


def _name(words: SupervisionReport, kind: str) -> str:
    return f"supervision-{words.fiscal_year}-{words.quarter}.{kind}"


def _pdf(words: SupervisionReport, request: HttpRequest) -> HttpResponse:
    return pdf_response(report_pdf(words), _name(words, "pdf"))


def _docx(words: SupervisionReport, request: HttpRequest) -> HttpResponse:
    return as_download(report_docx(words), _name(words, "docx"))


def _html(words: SupervisionReport, request: HttpRequest) -> HttpResponse:
    context = {"report": report_of(words)}
    page = render_to_string("govpub/evidence/supervision.html", context, request)
    return as_download(page.encode(), _name(words, "html"))


FILES = {"pdf": _pdf, "docx": _docx, "html": _html}


def _address(year: int, quarter: int) -> str:
    return reverse("govpub_evidence_admin:supervision_of", args=[year, quarter])
