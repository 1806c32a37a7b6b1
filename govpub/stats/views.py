"""Sub-addresses of the statistics: the beacon, and the numbers as open data."""

from __future__ import annotations

import csv
import io
from base64 import b64decode
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    JsonResponse,
)
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wagtail.models import Site

from govpub.conf import conf

from . import open_data
from .beacon import Counted, read_beacon
from .collector import record
from .hits import Event
from .periods import BadPeriod, asked_for

GIF = b64decode("R0lGODlhAQABAIABAP///wAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def beacon(request: HttpRequest) -> HttpResponse:
    """Count a page that a cache handed out, or a click on a link to elsewhere.

    Whatever is sent, the answer is the same picture; what is not ours is not counted.
    """
    sent = request.POST if request.method == "POST" else request.GET
    counted = read_beacon(sent.get("p", "")[:600])
    if counted and request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") in (
        "same-origin",
        "none",
    ):
        link = outbound(sent.get("l", ""))
        if link:
            record(request, Event.LINK, link)
        elif "l" not in sent and conf.STATS_PAGES_BY == "beacon":
            _count_page(request, counted, sent.get("r", ""))
    return HttpResponse(GIF, content_type="image/gif")


def _count_page(request: HttpRequest, counted: Counted, referrer: str) -> None:
    # The beacon's own referrer is the page; the page's came with the beacon.
    request.META["HTTP_REFERER"] = referrer
    record(request, Event.VIEW, counted.key, counted.category)


def outbound(address: str) -> str:
    """An address on another website without what follows ``?``; or nothing."""
    try:
        parts = urlsplit(address[:2000])
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"[:300]


def _open(view: Callable[[HttpRequest, Site], HttpResponse]) -> Callable:
    """A safe, cacheable view for anybody, of the office of the request."""

    @require_safe
    @cache_control(public=True, max_age=300)
    def answer(request: HttpRequest) -> HttpResponse:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        try:
            response = view(request, site)
        except BadPeriod as error:
            return HttpResponseBadRequest(str(error), content_type="text/plain")
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@_open
def data_json(request: HttpRequest, site: Site) -> HttpResponse:
    """The numbers of a period as JSON."""
    data = open_data.everything(site, asked_for(request.GET))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@_open
def data_csv(request: HttpRequest, site: Site) -> HttpResponse:
    """One table of the numbers as CSV that spreadsheets open with its Thai intact."""
    name = request.GET.get("table", "days")
    table = open_data.TABLES.get(name)
    if table is None:
        raise Http404
    period = asked_for(request.GET)
    text = io.StringIO()
    writer = csv.writer(text)
    for row in table(site, period):
        writer.writerow([open_data.harmless(cell) for cell in row])
    response = HttpResponse(
        "\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    filename = f"statistics-{name}-{period.first}-{period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
