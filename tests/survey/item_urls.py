"""The site's addresses and one page that shows an item with its footer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

from wagtail.models import Page, Site

from config.urls import urlpatterns as site_urls
from govpub.survey.sections import page_foot, statistics_section

ITEM = """{% extends "govpub/layouts/base.html" %}
{% block title %}{{ title }}{% endblock %}
{% block content %}<h1>{{ title }}</h1>{{ part }}{% endblock %}
{% block page_foot %}{% endblock %}"""


def shown(request, title, part):
    template = engines["django"].from_string(ITEM)
    return HttpResponse(template.render({"title": title, "part": part}, request))


def item(request, pk):
    page = get_object_or_404(Page, pk=pk)
    return shown(request, page.title, page_foot(request, page))


def statistics(request):
    site = Site.find_for_request(request)
    return shown(request, "สถิติ", statistics_section(request, site))


urlpatterns = [
    path("item/<int:pk>/", item),
    path("statistics-here/", statistics),
    *site_urls,
]
