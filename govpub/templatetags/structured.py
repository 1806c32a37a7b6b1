"""``{% load structured %}``: what search engines read, as schema.org data."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Site

from govpub.templatetags.govpub import office, page_of, site_name

register = template.Library()

JSON_IN_HTML = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
NEWS, KNOWLEDGE, SERVICE_MANUALS = 8, 3, 7  # numbers of categories


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """``data`` as a data block; empty values are left out."""
    filled = {name: value for name, value in data.items() if value}
    text = json.dumps({"@context": "https://schema.org", **filled}, ensure_ascii=False)
    safe = text.translate(JSON_IN_HTML)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308


@register.simple_tag(takes_context=True)
def organisation_data(context: Context) -> SafeString:
    """The office itself as GovernmentOrganization."""
    organisation = _organisation(context)
    return json_ld(organisation) if organisation else SafeString("")


@register.simple_tag(takes_context=True)
def page_data(context: Context) -> SafeString:
    """The shown item as NewsArticle, Dataset or GovernmentService, if it is one."""
    page: Any = page_of(context)
    kind = _kind(page)
    if not kind:
        return SafeString("")
    organisation = _organisation(context)
    url = page.get_full_url(context.get("request"))
    described = {"@type": kind, "url": url, "description": page.summary[:500]}
    if kind == "GovernmentService":
        return json_ld({**described, "name": page.title, "provider": organisation})
    return json_ld(
        {
            **described,
            "headline" if kind == "NewsArticle" else "name": page.title,
            "datePublished": _iso(page.first_published_at),
            "dateModified": _iso(page.last_published_at),
            "publisher": organisation,
            **_of_data(page, kind, url),
        }
    )


def _of_data(page: Any, kind: str, url: str) -> dict[str, Any]:
    """Terms, period and files of a data set."""
    if kind != "Dataset":
        return {}
    files = {"csv": "text/csv", "json": "application/json"} if page.data_set else {}
    period = (page.data_from, page.data_until)
    return {
        "license": page.licence_link or page.licence,
        "temporalCoverage": "/".join(_iso(day) or ".." for day in period)
        if any(period)
        else "",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form,
                "contentUrl": f"{url}{name}/",
            }
            for name, form in files.items()
        ],
    }


def _kind(page: Any) -> str:
    """The schema.org type of an item; "" for pages that are only lists."""
    if not hasattr(page, "summary"):
        return ""
    category = getattr(page, "govpub_category", None)
    if category == KNOWLEDGE:
        return "Dataset" if page.kind == "statistics" else "Article"
    if category == NEWS:
        return "NewsArticle"
    return "GovernmentService" if category == SERVICE_MANUALS else ""


def _organisation(context: Context) -> dict[str, Any]:
    request, settings = context.get("request"), office(context)
    site = Site.find_for_request(request) if request is not None else None
    if site is None or settings is None:
        return {}
    return {
        "@type": "GovernmentOrganization",
        "name": site_name(context),
        "alternateName": settings.name_en,
        "address": settings.address,
        "telephone": settings.phone,
        "faxNumber": settings.fax,
        "email": settings.email,
        "url": f"{site.root_url}/",
    }


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""
