"""Drafts as an officer would save them, for tests of the procedure."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from django.utils import timezone

from wagtail.models import Page, Site

from govpub.categories.models import CategoryPage, NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED

_number = count(1)


def category(site: Site, number: int) -> CategoryPage:
    root = Page.objects.get(pk=site.root_page_id)
    return CategoryPage.objects.descendant_of(root).get(number=number)


def draft_news(site: Site, owner, **fields) -> NewsPage:
    """A complete news item that was saved and not proposed yet."""
    values = {
        "title": "ประกาศรับสมัครงาน",
        "slug": f"news-{next(_number)}",
        "kind": "news",
        "unit": "กลุ่มงานบริหาร",
        "summary": "รายละเอียดโดยสรุป",
        "document_date": timezone.localdate(),
        "publish_until": timezone.localdate() + timedelta(days=30),
        "live": False,
        "owner": owner,
        **fields,
    }
    page = category(site, 8).add_child(instance=NewsPage(**values))
    page.save_revision(user=owner)
    return NewsPage.objects.get(pk=page.pk)


def published_news(site: Site, people, **fields) -> NewsPage:
    """A news item that went through the whole procedure."""
    page = draft_news(site, people.officer, **fields)
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    return NewsPage.objects.get(pk=page.pk)
