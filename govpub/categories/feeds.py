from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from govpub.categories.enums import Category
from govpub.categories.models import CategoryPage, ItemPage, NewsPage
from govpub.categories.office import listed_items, office_of
from govpub.publishing.models import OfficeSettings
from govpub.thai.text import normalise

NEWEST = 20


class NewsFeed(Feed):
    """The newest news of an office, as RSS."""

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return f"{OfficeSettings.for_request(request)} – {Category.NEWS.label}"

    def link(self, request: HttpRequest) -> str:
        root = office_of(request).root_page
        page = CategoryPage.objects.child_of(root).filter(number=Category.NEWS).first()
        return (page.get_url(request) if page else "") or "/"

    def feed_url(self, request: HttpRequest) -> str:
        return reverse("govpub_categories:news_feed")

    def description(self, request: HttpRequest) -> str:
        return _("The newest news of the office.")

    def items(self, request: HttpRequest) -> list[ItemPage]:
        news = listed_items(office_of(request)).type(NewsPage).defer_streamfields()
        newest = list(news.order_by("-last_published_at", "-pk")[:NEWEST])
        for item in newest:
            item.address = item.get_url(request)
        return newest

    def item_title(self, item: ItemPage) -> str:
        return normalise(item.title)

    def item_description(self, item: ItemPage) -> str:
        return normalise(item.summary)

    def item_link(self, item: ItemPage) -> str:
        return item.address

    def item_pubdate(self, item: ItemPage) -> datetime | None:
        return item.last_published_at
