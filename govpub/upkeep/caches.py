"""After a take-down no cache that we know of hands out what is gone."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.urls import NoReverseMatch, reverse

from wagtail.models import Page

from govpub.publishing.content import attached_files
from govpub.publishing.enums import Outcome
from govpub.publishing.models import Act, PublicationRequest

FRONTEND_CACHE = "wagtail.contrib.frontend_cache"
WHOLE_PAGES = "django.middleware.cache.UpdateCacheMiddleware"
GONE = frozenset({Outcome.TAKEN_DOWN, Outcome.REMOVED})
LISTS = (
    "govpub_categories:news_feed",
    "govpub_categories:sitemap",
    "govpub_upkeep:archive",
)


def purge_after(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """After the commit of a take-down; a cache that does not answer stops nothing."""
    if act.outcome in GONE:
        purge(request.page)


def purge(page: Page) -> None:
    """Forget the page, the pages that list it, its files, and whole cached pages."""
    if WHOLE_PAGES in settings.MIDDLEWARE:
        caches[getattr(settings, "CACHE_MIDDLEWARE_ALIAS", "default")].clear()
    if not apps.is_installed(FRONTEND_CACHE):
        return
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    batch = PurgeBatch()
    batch.add_pages([page, *page.get_ancestors().live().specific()])
    site = page.get_site()
    if site is not None:
        batch.add_urls([site.root_url + path for path in _paths(page)])
    batch.purge()


def _paths(page: Page) -> list[str]:
    paths = []
    for name in LISTS:
        try:
            paths.append(reverse(name))
        except NoReverseMatch:
            continue
    for file in attached_files(page.specific):
        if hasattr(file, "renditions"):
            paths += [file.file.url, *(one.url for one in file.renditions.all())]
        else:
            paths.append(file.url)
    return paths
