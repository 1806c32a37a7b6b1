"""Which office a reader is visiting, and what is public on its website."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from wagtail.models import Page, PageQuerySet, Site

from govpub.categories.models import ItemPage
from govpub.publishing.models import PublicationQuerySet, outside_hidden_branches


def office_of(request: HttpRequest) -> Site:
    """The office whose website was asked for; not found where there is none."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site


def public_items(site: Site) -> PublicationQuerySet:
    """The items a citizen may see on the office's website today."""
    return ItemPage.objects.public().descendant_of(site.root_page)


def listed_items(site: Site) -> PublicationQuerySet:
    """The same, each in one language only: the reader's, where it has that."""
    return public_items(site).once_each()


def public_pages(site: Site) -> PageQuerySet:
    """Every page of the office's website that a citizen may see today."""
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).live().public()
    frame = outside_hidden_branches(pages.not_type(ItemPage))
    return frame | pages.filter(pk__in=public_items(site).values("pk"))
