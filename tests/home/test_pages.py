"""The home page, the site map, the policies and the pages of errors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Site

from govpub.publishing.models import OfficeSettings
from govpub.stats.models import StatisticsSettings
from home.models import HomePage, HomeSettings
from home.views import POLICIES
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_home_page_names_the_office_and_its_nine_categories(client, front):
    page = text(client, "/")
    assert "<title>สำนักงานสาธารณสุขอำเภอตัวอย่าง</title>" in page
    for slug in ("general", "laws", "knowledge", "links", "official-information"):
        assert page.count(f'href="/{slug}/"') >= 2  # menu and card
    for slug in ("work-manuals", "service-manuals", "news", "statistics"):
        assert page.count(f'href="/{slug}/"') >= 2


def test_news_on_the_home_page_is_public_news_only(client, front, office, people):
    published_news(office, people, title="ข่าวที่อนุญาตแล้ว")
    draft_news(office, people.officer, title="ข่าวที่ยังไม่อนุญาต")
    page = text(client, "/")
    assert "ข่าวที่อนุญาตแล้ว" in page
    assert "ข่าวที่ยังไม่อนุญาต" not in page


def test_news_leaves_the_home_page_when_its_period_ends(client, front, office, people):
    item = published_news(office, people, title="ข่าวหมดอายุ")
    yesterday = timezone.localdate() - timedelta(days=1)
    type(item).objects.filter(pk=item.pk).update(publish_until=yesterday)
    assert "ข่าวหมดอายุ" not in text(client, "/")
    assert "ข่าวหมดอายุ" not in text(client, "/sitemap/")


def test_the_home_page_carries_nothing_that_was_not_approved(front):
    own = {field.name for field in HomePage._meta.local_fields}
    assert own == {"page_ptr"}


def test_the_banner_shows_an_approved_page(client, front, office, people):
    item = published_news(office, people, title="นโยบายไม่รับของขวัญ")
    HomeSettings.objects.create(site=office, banner=item)
    assert 'class="home-banner' in text(client, "/")


def test_the_banner_never_shows_a_draft(client, front, office, people):
    item = draft_news(office, people.officer, title="ร่างป้าย")
    HomeSettings.objects.create(site=office, banner=item)
    assert "ร่างป้าย" not in text(client, "/")


def test_the_site_map_lists_every_section_with_its_newest_items(
    client, front, office, people
):
    published_news(office, people, title="ข่าวในแผนผัง")
    page = text(client, "/sitemap/")
    assert "ข่าวในแผนผัง" in page
    for slug in POLICIES:
        assert f"/policies/{slug}/" in page


def test_one_office_never_shows_the_other(client, front, office, people, second_office):
    published_news(office, people, title="ข่าวของหนึ่ง")
    OfficeSettings.objects.update_or_create(
        site=second_office, defaults={"name": "สำนักงานที่สอง"}
    )
    visitor = Client(headers={"host": "second.example"})
    for path in ("/news/", "/sitemap/", "/policies/privacy/"):
        shown = text(visitor, path)
        assert "สำนักงานที่สอง" in shown
        assert "ข่าวของหนึ่ง" not in shown
        assert "สำนักงานสาธารณสุขอำเภอตัวอย่าง" not in shown


@pytest.mark.parametrize("slug", POLICIES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_policies_are_there_in_both_languages(client, front, slug, language):
    client.cookies["django_language"] = language
    page = text(client, f"/policies/{slug}/")
    name = "สำนักงานสาธารณสุขอำเภอตัวอย่าง" if language == "th" else "Example District"
    assert name in page
    assert page.count("<h1>") == 1


def test_an_unknown_policy_is_not_found(client, front):
    text(client, "/policies/nonsense/", 404)


def test_robots_may_read_what_is_public(client, front):
    page = text(client, "/robots.txt")
    assert "Disallow: /admin/" in page
    assert "Sitemap: http://testserver/sitemap.xml" in page


def test_a_wrong_address_shows_ways_on(client, front):
    page = text(client, "/nonsense/", 404)
    assert 'href="/sitemap/"' in page
    assert 'href="/news/"' in page


def test_a_host_without_an_office_gets_a_plain_answer(client, front):
    Site.objects.update(is_default_site=False)
    client.defaults["SERVER_NAME"] = "nobody.example"
    for path in ("/", "/policies/privacy/", "/sitemap/", "/nonsense/"):
        text(client, path, 404)


def test_a_forged_form_is_refused_in_words(front):
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert 'id="main"' in response.content.decode()


@pytest.mark.parametrize("status", ["500", "400"])
def test_a_broken_server_still_answers_in_both_languages(
    status, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = render_to_string(f"{status}.html")
    assert '<html lang="th">' in page
    assert '<div lang="en">' in page


@pytest.mark.parametrize("status", ["403", "404", "410"])
def test_the_other_errors_are_pages_of_the_site(rf, front, status):
    request = rf.get("/gone/")
    request.LANGUAGE_CODE = "th"
    page = render_to_string(f"{status}.html", request=request)
    assert "สำนักงานสาธารณสุขอำเภอตัวอย่าง" in page
    assert 'href="/news/"' in page


def test_the_home_page_asks_the_same_number_of_questions_however_much_there_is(
    client, front, office, people
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            text(client, "/")
        return len(captured)

    published_news(office, people)
    queries()  # fills the caches of the sites and of the footer
    one = queries()
    for _round in range(4):
        published_news(office, people)
    assert queries() == one
    assert one <= 25


def test_the_home_page_counts_its_visits(client, front, office):
    StatisticsSettings.objects.update_or_create(
        site=office, defaults={"opening_views": 1234567}
    )
    assert "<dd>1,234,567</dd>" in text(client, "/")
