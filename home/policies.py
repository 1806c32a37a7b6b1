"""The website's policies: the wording that comes with the software, and one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, Site

from govpub.publishing.models import Appointment, OfficeSettings
from home.models import PolicyPage

POLICIES = {
    "privacy": _("Privacy policy"),
    "cookies": _("Cookie policy"),
    "security": _("Website security policy"),
    "disclaimer": _("Disclaimer"),
    "accessibility": _("Accessibility statement"),
}


def begin_own_wording(site: Site, policy: str, author: User) -> PolicyPage:
    """A draft with the Thai wording that comes with the software, to be changed.

    Gives the draft or the public page that is there already, if there is one.
    """
    if own := PolicyPage.of(site, policy):
        return own
    office = OfficeSettings.for_site(site)
    title, body = stock_wording(policy, office)
    page = PolicyPage(
        title=title,
        slug=PolicyPage.slug_of(policy),
        unit=_unit_of(author, site) or office.name,
        source=office.name,
        summary=title,
        document_date=timezone.localdate(),
        body=json.dumps(list(body)),
        live=False,
        owner=author,
    )
    Page.objects.get(pk=site.root_page_id).add_child(instance=page)
    page.save_revision(user=author)
    return page


def stock_wording(
    policy: str, office: OfficeSettings
) -> tuple[str, Iterator[dict[str, Any]]]:
    """The title, and the blocks of the text as an item stores them."""
    context = {"office": office, "layout": "home/policies/bare.html"}
    html = render_to_string(f"home/policies/th/{policy}.html", context)
    tree = BeautifulSoup(html, "html.parser")
    with translation.override("th"):
        title = str(POLICIES[policy])
    parts = tree.find_all(["h2", "p", "ul", "ol", "div"], recursive=False)
    return title, (_block(part) for part in parts)


def _block(part: Tag) -> dict[str, Any]:
    if part.name == "h2":
        return {"type": "heading", "value": part.get_text(" ", strip=True)}
    if part.name == "div":
        return {"type": "table", "value": _table(part)}
    for foreign in part.find_all("span"):
        foreign.unwrap()
    return {"type": "paragraph", "value": str(part)}


def _table(part: Tag) -> dict[str, Any]:
    head, *rows = (
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in part.find_all("tr")
    )
    return {
        "caption": str(part.get("aria-label", "")),
        "columns": [{"type": "text", "heading": name} for name in head],
        "rows": [{"values": row} for row in rows],
    }


def _unit_of(author: User, site: Site) -> str:
    mine = Appointment.objects.in_force().filter(user=author.pk, site=site)
    return mine.exclude(unit="").values_list("unit", flat=True).first() or ""
