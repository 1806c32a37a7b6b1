"""The public's pages: the form of what is or was published, and its verification."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Site

from govpub.evidence.codes import code_of, find_round, read_code
from govpub.evidence.form import qr_code, request_form
from govpub.evidence.papers import form_pdf
from govpub.evidence.public import has_public_form, public_form, verdict
from govpub.publishing.models import Round


def _office(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def _public(request: HttpRequest, year: int, number: int) -> Round:
    round_ = public_form(_office(request), year, number)
    if round_ is None:
        raise Http404
    return round_


@require_safe
def form_page(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The request form of what is or was on the website, to read and to print."""
    round_ = _public(request, year, number)
    form = request_form(round_)
    context = {
        "form": form,
        "qr": qr_code(form.address),
        "dossier": round_.request,
        "breadcrumbs": [(_("Request form %(code)s") % {"code": _code(round_)}, "")],
    }
    return render(request, "govpub/evidence/form_page.html", context)


@require_safe
def form_file(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The same as PDF."""
    round_ = _public(request, year, number)
    return pdf_response(form_pdf(round_), f"form-{year}-{number}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at; nobody keeps a copy that may change after the next act."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """What the office says of the form with this code; without one, asks for it."""
    site = _office(request)
    typed = request.GET.get("code", "").strip() or code
    context: dict[str, object] = {
        "typed": typed[:60],
        "breadcrumbs": [(_("Check a request form"), "")],
    }
    status = 200
    if typed:
        read = read_code(typed)
        round_ = find_round(site, read) if read else None
        if round_ is None:
            status = 404
        elif not code:
            return redirect("govpub_evidence:verify", code_of(round_))
        else:
            context |= {
                "verdict": verdict(round_),
                "dossier": round_.request,
                "code": code_of(round_),
                "shown": has_public_form(round_.request),
            }
    response = render(request, "govpub/evidence/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _code(round_: Round) -> str:
    return round_.request.code
