"""The site's addresses; the public section and the footer have pages of their own."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from wagtail.models import Site

from govpub.stats.sections import footer_block, statistics_section


def statistics(request):
    site = Site.find_for_request(request)
    return HttpResponse(statistics_section(request, site))


def page_with_footer(request):
    site = Site.find_for_request(request)
    return HttpResponse(footer_block(request, site))


urlpatterns = [
    path("numbers/", statistics),
    path("footer/", page_with_footer),
    path("", include("config.urls")),
]
