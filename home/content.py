"""What the home page and the site map list: public pages and published figures."""

from __future__ import annotations

from typing import Any, NamedTuple

from wagtail.models import Site

from govpub.categories.models import CategoryPage, NewsPage
from govpub.survey.queries import latest_round, results_of

NEWS_ON_HOME = 6
ITEMS_ON_SITE_MAP = 10


class Section(NamedTuple):
    """One category on the site map: its newest items, and how many there are."""

    page: CategoryPage
    newest: list[Any]
    total: int


def latest_news(site: Site) -> list[NewsPage]:
    """The newest public news of the office."""
    news = NewsPage.objects.public().descendant_of(site.root_page).once_each()
    return list(news.order_by("-first_published_at", "-pk")[:NEWS_ON_HOME])


def satisfaction(site: Site) -> dict[str, Any] | None:
    """``round`` and ``results`` of the latest survey with answers, if there is one."""
    round_ = latest_round(site)
    results = results_of(round_) if round_ else None
    return {"round": round_, "results": results} if results and results.n else None


def site_map(site: Site) -> list[Section]:
    """Each category of the office with its newest public items."""
    pages = CategoryPage.objects.live().child_of(site.root_page).order_by("number")
    return [_section(page) for page in pages]


def _section(page: CategoryPage) -> Section:
    newest = page.items.order_by("-first_published_at", "-pk")
    return Section(page, list(newest[:ITEMS_ON_SITE_MAP]), newest.count())
