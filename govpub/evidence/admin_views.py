"""The papers of a request in the admin, for those who may look at the request."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from govpub.evidence.form import qr_code, request_form
from govpub.evidence.papers import blank_form_pdf, form_pdf, memo_pdf
from govpub.evidence.permissions import office_read_in
from govpub.evidence.views import pdf_response
from govpub.publishing.models import FormWords, Round
from govpub.publishing.permissions import signed_in, visible_requests
from govpub.thai.dates import FiscalYear


def _round(request: HttpRequest, pk: int) -> Round:
    """The round that was asked for, of a request the person may see."""
    visible = visible_requests(signed_in(request))
    rounds = Round.objects.filter(request__in=visible.values("pk"))
    return get_object_or_404(rounds.select_related("request__site"), pk=pk)


def _name(kind: str, round_: Round) -> str:
    request = round_.request
    return f"{kind}-{request.fiscal_year}-{request.number}-{round_.number}.pdf"


@require_safe
def form_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's copy of the form as PDF; ``?sign=hand`` to be signed by hand."""
    round_ = _round(request, pk)
    by_hand = request.GET.get("sign") == "hand"
    pdf = form_pdf(round_, by_hand=by_hand, office_copy=True)
    return pdf_response(pdf, _name("form", round_))


@require_safe
def memo_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The memo as PDF; ``?sign=hand`` to be signed by hand."""
    round_ = _round(request, pk)
    by_hand = request.GET.get("sign") == "hand"
    return pdf_response(memo_pdf(round_, by_hand=by_hand), _name("memo", round_))


@require_safe
def print_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a page to print, where no PDF can be opened."""
    form = request_form(_round(request, pk))
    context = {"form": form, "qr": qr_code(form.address)}
    return render(request, "govpub/evidence/admin/print.html", context)


@require_safe
def blank_form_file(request: HttpRequest) -> HttpResponse:
    """This year's form without anything in it, to be filled in by hand."""
    year = FiscalYear.current()
    words = FormWords.of_year(office_read_in(request), year.be)
    # The same all year, so that it is drawn once.
    at = timezone.make_aware(datetime.combine(year.start, time()))
    return pdf_response(blank_form_pdf(words, at), f"form-{year.be}.pdf")
