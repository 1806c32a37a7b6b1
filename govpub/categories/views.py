from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.sitemaps.views import sitemap as sitemap_response
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import PageQuerySet, Site

from govpub.categories import clauses, closest, hits
from govpub.categories import search as finding
from govpub.categories.enums import Category
from govpub.categories.models import CategoryPage, Responsibility
from govpub.categories.office import office_of, public_items, public_pages
from govpub.categories.suggestions import suggest
from govpub.publishing.models import Appointment, OfficeSettings, ProcedureStep
from govpub.thai.dates import FiscalYear

HITS_PER_PAGE = 20


def search(request: HttpRequest) -> HttpResponse:
    """What is public on the office's website and has all the words asked for.

    Where nothing has them as they were typed, what comes closest.

    Apps may listen by the hook ``register_govpub_search_listener``:
    ``(request, query, hits)``, once for each search, ``hits`` being their number.
    """
    site = office_of(request)
    query = request.GET.get("q", "").strip()[: finding.MAX_LENGTH]
    words = finding.terms(query)
    context: dict[str, Any] = {"query": query, "breadcrumbs": [(_("Search"), "")]}
    if words:
        public = public_items(site)
        items = finding.ranked(public, words, finding.phrase(query))
        paginator = Paginator(items.select_related("locale"), HITS_PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        if page.number == 1:
            for listen in hooks.get_hooks("register_govpub_search_listener"):
                listen(request, query, paginator.count)
        context |= {
            "hits": hits.shown(page, words),
            "page_obj": page,
            "page_query": urlencode({"q": query}) + "&",
            "page_range": list(paginator.get_elided_page_range(page.number)),
        }
        if not paginator.count:
            meant = closest.words_of(query)
            likely = closest.closest(public.select_related("locale"), meant)
            context["closest"] = hits.shown(likely, meant)
            context["suggestions"] = suggest(public, words)
            context["categories"] = CategoryPage.objects.child_of(site.root_page).live()
    return render(request, "govpub/categories/search.html", context)


def procedure(request: HttpRequest) -> HttpResponse:
    """The office's procedure as it works now: steps, times, who is responsible."""
    site = office_of(request)
    year = FiscalYear.current()
    rows = {row.category: row for row in Responsibility.objects.of_year(site, year)}
    office = OfficeSettings.for_request(request)
    appointed = _appointed(site) if office.show_persons else {}
    steps = ProcedureStep.objects.filter(site=site).order_by("order")
    context = {
        "office_settings": office,
        "steps": [(step, appointed.get(step.role, [])) for step in steps],
        "fiscal_year": year,
        "responsibilities": [(number, rows.get(number)) for number in Category],
        "breadcrumbs": [(_("Procedure of publication"), "")],
    }
    return render(request, "govpub/categories/procedure.html", context)


def _appointed(site: Site) -> dict[str, list[Appointment]]:
    """Who holds each role of the office today, of those who have a name."""
    appointments = Appointment.objects.in_force().filter(site=site)
    holders: dict[str, list[Appointment]] = {}
    for appointment in appointments.select_related("user").order_by("acting", "pk"):
        if appointment.user.get_full_name():
            holders.setdefault(appointment.role, []).append(appointment)
    return holders


def clause_index(request: HttpRequest) -> HttpResponse:
    """The master index of what is open under the Official Information Act; prints."""
    site = office_of(request)
    context = {
        "entries": clauses.clause_index(site),
        "office_settings": OfficeSettings.for_request(request),
        "today": timezone.localdate(),
        "breadcrumbs": [
            official_information_crumb(site, request),
            (_("Master index"), ""),
        ],
    }
    return render(request, "govpub/categories/clause_index.html", context)


def information_request(request: HttpRequest) -> HttpResponse:
    """How to ask for information that is not published, with the form to print."""
    site = office_of(request)
    context = {
        "office_settings": OfficeSettings.for_request(request),
        "responsibility": Responsibility.current(site, Category.OFFICIAL_INFORMATION),
        "breadcrumbs": [
            official_information_crumb(site, request),
            (_("Request for information"), ""),
        ],
    }
    return render(request, "govpub/categories/information_request.html", context)


def official_information_crumb(site: Site, request: HttpRequest) -> tuple[str, str]:
    """The way back to category 5 of the office."""
    number = Category.OFFICIAL_INFORMATION
    page = CategoryPage.objects.child_of(site.root_page).filter(number=number).first()
    return str(number.label), (page.get_url(request) if page else "") or ""


class OfficeSitemap(Sitemap):
    """What search engines are told of: what a citizen may see today."""

    def items(self) -> PageQuerySet:
        pages = public_pages(office_of(self.request)).order_by("path")
        return pages.specific(defer=True)


def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml`` of the office."""
    return sitemap_response(request, {"pages": OfficeSitemap(request)})
