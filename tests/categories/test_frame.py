"""Set-up, procedure page, feed, sitemap."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from wagtail.models import Page, Site

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import CategoryPage, Responsibility, TopicPage
from govpub.categories.setup import ensure_responsibilities, ensure_tree
from govpub.publishing.enums import Step
from govpub.publishing.models import OfficeSettings, ProcedureStep
from govpub.thai.dates import FiscalYear

pytestmark = pytest.mark.django_db


# --- set-up -------------------------------------------------------------------


def test_the_tree_is_made_once(bare_site):
    site = bare_site
    assert ensure_tree(site) == 19
    assert ensure_tree(site) == 0
    root = site.root_page
    categories = CategoryPage.objects.child_of(root).order_by("number")
    assert [page.number for page in categories] == list(Category)
    assert [page.slug for page in categories] == [c.slug for c in Category]
    topics = TopicPage.objects.child_of(categories[0]).order_by("number")
    assert [page.title for page in topics] == [t.official_title for t in GeneralTopic]


def test_titles_and_addresses_people_changed_stay(bare_site):
    site = bare_site
    ensure_tree(site)
    pages = CategoryPage.objects.child_of(site.root_page)
    news = pages.get(number=Category.NEWS)
    news.title, news.slug = "ข่าวของเรา", "our-news"
    news.save()
    pages.get(number=Category.LAWS).delete()
    site.root_page.refresh_from_db()

    assert ensure_tree(site) == 1
    news.refresh_from_db()
    assert (news.title, news.slug) == ("ข่าวของเรา", "our-news")
    assert news.short_title == ""


def test_an_office_has_each_category_once(bare_site):
    site = bare_site
    ensure_tree(site)
    second = CategoryPage(title="ซ้ำ", slug="again", number=Category.NEWS)
    with pytest.raises(Exception, match="number"):
        Page.objects.get(pk=site.root_page_id).add_child(instance=second)


def test_the_responsibility_table_is_written_once_and_then_the_offices(bare_site):
    site = bare_site
    assert ensure_responsibilities(site, 2570) == 9
    row = Responsibility.objects.get(
        site=site, fiscal_year=2570, category=Category.LAWS
    )
    row.responsible = "นิติกร"
    row.save()
    assert ensure_responsibilities(site, 2570) == 0
    row.refresh_from_db()
    assert row.responsible == "นิติกร"
    assert ensure_responsibilities(site, 2571) == 9


# --- /procedure/ ---------------------------------------------------------------


def test_the_procedure_page_is_drawn_from_the_live_configuration(client, office):
    step = ProcedureStep.objects.get(site=office, step=Step.CONSIDER)
    step.text, step.responsible = "พิจารณาโดยละเอียด", "ผู้อำนวยการ"
    step.target_minutes = 15
    step.save()
    year = FiscalYear.current()
    row = Responsibility.objects.get(
        site=office, fiscal_year=year.be, category=Category.LINKS
    )
    row.inspector = "ผู้ตรวจสอบพิเศษ"
    row.save()

    html = client.get("/procedure/").content.decode()
    for shown in (
        "พิจารณาโดยละเอียด",
        "ผู้อำนวยการ",
        "๑๕",
        "ผู้ตรวจสอบพิเศษ",
        str(year),
        OfficeSettings.for_site(office).name,
        *[category.official_title for category in Category],
    ):
        assert shown in html, shown


def test_an_office_without_configuration_says_so(client, bare_site):
    response = client.get("/procedure/", HTTP_HOST=bare_site.hostname)
    assert response.status_code == 200
    assert response.content.decode().count("colspan") == 9


def test_each_office_shows_its_own_procedure(client, office, second_office):
    ProcedureStep.objects.filter(site=office).update(responsible="คนที่หนึ่ง")
    ProcedureStep.objects.filter(site=second_office).update(responsible="คนที่สอง")
    html = client.get("/procedure/", HTTP_HOST=second_office.hostname).content.decode()
    assert "คนที่สอง" in html
    assert "คนที่หนึ่ง" not in html


@pytest.mark.parametrize(
    "address", ["/procedure/", "/search/", "/feeds/news/", "/sitemap.xml"]
)
def test_where_there_is_no_office_nothing_is_found(client, office, address):
    Site.objects.update(is_default_site=False)
    assert client.get(address, HTTP_HOST="elsewhere.example").status_code == 404


# --- feed and sitemap ------------------------------------------------------------


def test_the_feed_has_the_news_of_the_office(client, publish):
    page = publish(title="ข่าว & <เรื่อง>", summary="สรุป\x0bความ")
    response = client.get("/feeds/news/")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/rss+xml")
    item = ET.fromstring(response.content).find("channel/item")  # noqa: S314
    assert item.findtext("title") == "ข่าว & <เรื่อง>"
    assert item.findtext("description") == "สรุปความ"
    assert item.findtext("link").endswith(f"/news/{page.slug}/")
    assert item.findtext("pubDate")


def test_the_feed_of_an_office_without_news_is_empty(client, office):
    channel = ET.fromstring(client.get("/feeds/news/").content)  # noqa: S314
    assert channel.find("channel/item") is None


def test_the_sitemap_has_categories_topics_and_public_items(client, publish):
    page = publish()
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    found = {element.text for element in root.iter() if element.tag.endswith("loc")}
    expected = {f"/{category.slug}/" for category in Category}
    expected |= {f"/general/{topic.slug}/" for topic in GeneralTopic}
    expected |= {f"/news/{page.slug}/", "/"}
    assert found == {f"http://testserver{path}" for path in expected}
