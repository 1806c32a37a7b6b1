"""What the public sees of what has ended: notices at their addresses, the archive."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Page, Site

from govpub.publishing.models import PublicationMixin, is_below_hidden
from govpub.thai.dates import FiscalYear
from govpub.upkeep import endings
from govpub.upkeep.models import Ending, EndKind

PER_PAGE = 30


def after_the_end(page: Page, request: HttpRequest) -> HttpResponseBase | None:
    """The answer at the address of an item that has ended; nothing for any other."""
    if not isinstance(page, PublicationMixin) or page.is_public:
        return None
    ending = endings.the_end_of(page)
    if ending is None or is_below_hidden(page):
        return None
    if address := _successor(ending, request):
        return HttpResponseRedirect(address)
    removed = ending.kind == EndKind.REMOVED
    response = render(
        request,
        "govpub/upkeep/removed.html" if removed else "govpub/upkeep/ended.html",
        {
            "ending": ending,
            "dossier": ending.request,
            "files": endings.kept_files(ending),
            "links": [] if removed else _links(ending),
            "archive": reverse("govpub_upkeep:archive"),
            "breadcrumbs": [
                (_("No longer published"), reverse("govpub_upkeep:archive")),
                (_("Removed") if removed else ending.request.topic, ""),
            ],
        },
        status=410 if removed else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _successor(ending: Ending, request: HttpRequest) -> str:
    """The address of what took its place, if that is public now."""
    if ending.successor is None:
        return ""
    page = ending.successor.specific
    shown = page.is_public if isinstance(page, PublicationMixin) else page.live
    return (page.get_url(request) or "") if shown else ""


def _links(ending: Ending) -> list[tuple[str, str]]:
    """What apps add to a notice by the hook ``register_govpub_notice_link``.

    ``(publication request) -> (address, words) | None``; the request form, say.
    """
    answers = [
        give(ending.request) for give in hooks.get_hooks("register_govpub_notice_link")
    ]
    return [answer for answer in answers if answer]


def archive(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """What the office has published and taken down, by fiscal year."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    years = endings.archive_years(site)
    if year is None:
        chosen = years[0] if years else FiscalYear.current()
    else:
        chosen = FiscalYear(year)
        if chosen not in years:
            raise Http404
    paginator = Paginator(endings.archived_in(site, chosen), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "years": years,
        "chosen": chosen,
        "page_obj": page,
        "page_range": list(paginator.get_elided_page_range(page.number)),
        "rows": [(row, row.page.get_url(request)) for row in page],
        "breadcrumbs": [(_("No longer published"), "")],
    }
    return render(request, "govpub/upkeep/archive.html", context)
