"""What is counted, and what is not: through real requests."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse
from django.test import AsyncClient
from django.urls import include, path

from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from govpub.stats import collector
from govpub.stats.collector import record_search, referring_domain
from govpub.stats.models import Kind, Loss, StatisticsSettings

from .conftest import FIREFOX, GOOGLEBOT, PHONE

pytestmark = pytest.mark.django_db


def hello(request):
    return HttpResponse("<p>hello")


def plain(request):
    return HttpResponse("hello", content_type="text/plain")


def missing(request):
    raise Http404


def found_search(request):
    record_search(request, request.GET["q"], int(request.GET["hits"]))
    return HttpResponse("<p>results")


urlpatterns = [
    path("hello/", hello),
    path("plain/", plain),
    path("missing/", missing),
    path("find/", found_search),
    path("", include(settings.ROOT_URLCONF)),
]


@pytest.fixture(autouse=True)
def addresses(settings, office):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def news(office):
    return office.root_page.add_child(instance=Page(title="News", slug="news"))


def test_a_page_is_one_view_by_one_visitor(person, drain, count_of, news):
    assert person().reads(news.url).status_code == 200
    assert drain() == 1
    assert count_of(Kind.SITE) == (1, 1)
    assert count_of(Kind.PAGE, str(news.pk)) == (1, 1)
    assert count_of(Kind.DEVICE, "desktop") == (1, 0)
    assert count_of(Kind.LANGUAGE, "th") == (1, 0)


def test_reading_again_is_a_view_by_the_same_visitor(person, drain, count_of, news):
    reader = person()
    reader.reads(news.url)
    drain()
    reader.reads(news.url)
    reader.reads("/hello/")
    assert drain() == 2
    assert count_of(Kind.SITE) == (3, 1)
    assert count_of(Kind.PAGE, str(news.pk)) == (2, 1)
    assert count_of(Kind.ADDRESS, "/hello/") == (1, 1)


def test_another_browser_or_address_is_another_visitor(person, drain, count_of):
    person().reads("/hello/")
    person(address="203.0.113.8").reads("/hello/")
    person(browser=PHONE).reads("/hello/")
    drain()
    assert count_of(Kind.SITE) == (3, 3)
    assert count_of(Kind.DEVICE, "mobile") == (1, 0)


def test_the_category_of_a_page_is_counted(person, drain, count_of, news, monkeypatch):
    monkeypatch.setattr(Page, "govpub_category", 8, raising=False)
    person().reads(news.url)
    drain()
    assert count_of(Kind.CATEGORY, "8") == (1, 1)


def test_each_office_has_its_own_numbers(person, drain, count_of, office, other_office):
    reader = person()
    reader.reads("/hello/")
    reader.reads("/hello/", HTTP_HOST="other.example")
    reader.reads("/hello/", HTTP_HOST="other.example")
    drain()
    assert count_of(Kind.SITE, site=office) == (1, 1)
    assert count_of(Kind.SITE, site=other_office) == (2, 1)


@pytest.mark.parametrize(
    "browser", [GOOGLEBOT, "", "curl/8.5.0", "python-requests/2.34", "x" * 5000]
)
def test_robots_are_counted_apart(person, drain, count_of, browser):
    person(browser=browser).reads("/hello/")
    drain()
    assert count_of(Kind.SITE) == (0, 0)
    assert count_of(Kind.BOT) == (1, 0)


def test_a_browser_that_reads_no_language_is_a_robot(person, drain, count_of):
    person(language="").reads("/hello/")
    drain()
    assert count_of(Kind.BOT) == (1, 0)


@pytest.mark.parametrize("header", ["HTTP_DNT", "HTTP_SEC_GPC"])
def test_who_asks_not_to_be_tracked_is_a_view_and_nobody(
    person, drain, count_of, header
):
    person().reads("/hello/", **{header: "1", "HTTP_REFERER": "https://moph.go.th/"})
    drain()
    assert count_of(Kind.SITE) == (1, 0)
    for kind, key in [
        (Kind.DEVICE, "desktop"),
        (Kind.LANGUAGE, "th"),
        (Kind.REFERRER, "moph.go.th"),
    ]:
        assert count_of(kind, key) == (0, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_SEC_FETCH_DEST": "iframe"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    ],
)
def test_what_no_person_looks_at_is_no_view(person, drain, headers):
    person().reads("/hello/", **headers)
    assert drain() == 0


@pytest.mark.parametrize(
    "address", ["/plain/", "/missing/", "/nowhere/", "/admin/", "/admin/login/"]
)
def test_only_public_pages_that_exist_are_views(person, drain, address):
    person().reads(address)
    assert drain() == 0


@pytest.mark.parametrize("method", ["head", "post", "options"])
def test_only_reading_is_counted(person, drain, method):
    getattr(person().client, method)("/hello/")
    assert drain() == 0


def test_a_form_that_asks_for_a_password_is_not_the_page(person, drain, news):
    PageViewRestriction.objects.create(
        page=news, restriction_type="password", password="open"
    )
    assert b"password" in person().reads(news.url).content
    assert drain() == 0


def test_signed_in_people_are_not_counted(person, drain, count_of, office):
    editor = person()
    editor.client.force_login(User.objects.create_superuser("editor"))
    editor.reads("/hello/")
    assert drain() == 0
    StatisticsSettings.objects.create(site=office, count_editors=True)
    editor.reads("/hello/")
    assert drain() == 1


def test_a_stale_session_is_a_member_of_the_public(person, drain):
    reader = person()
    reader.client.cookies["sessionid"] = "long-gone"
    reader.reads("/hello/")
    assert drain() == 1


def test_a_download_is_counted_and_its_reader_is_a_visitor(person, drain, count_of):
    document = get_document_model().objects.create(
        title="Plan", file=ContentFile(b"%PDF-", name="plan.pdf")
    )
    reader = person()
    reader.reads(document.url)
    reader.reads(document.url)
    reader.client.head(document.url)
    drain()
    assert count_of(Kind.DOWNLOAD, str(document.pk)) == (2, 1)
    assert count_of(Kind.SITE) == (0, 1)


def test_searches_are_counted_and_those_in_vain_apart(person, drain, count_of):
    for query, hits in [("งบประมาณ", 3), (" งบประมาณ", 2), ("unicorn", 0), ("", 0)]:
        person().client.get("/find/", {"q": query, "hits": hits})
    drain()
    assert count_of(Kind.SEARCH, "งบประมาณ") == (2, 0)
    assert count_of(Kind.SEARCH_IN_VAIN, "unicorn") == (1, 0)
    assert count_of(Kind.SEARCH_IN_VAIN, "") == (0, 0)


def test_the_search_view_reaches_us_by_hook():
    from wagtail import hooks

    assert record_search in hooks.get_hooks("register_govpub_search_listener")


@pytest.mark.parametrize(
    ("referrer", "domain"),
    [
        ("https://www.Google.com/search?q=secret", "google.com"),
        ("https://moph.go.th/", "moph.go.th"),
        ("https://testserver/page/", ""),
        ("https://10.1.2.3/intranet", ""),
        ("https://[2001:db8::1]/", ""),
        ("javascript:alert(1)", ""),
        ("https://<script>.com/", ""),
        ("http://[broken", ""),
        ("android-app://com.google.android.gm/", "com.google.android.gm"),
    ],
)
def test_a_referrer_is_reduced_to_its_domain(referrer, domain):
    assert referring_domain(referrer, "testserver:80") == domain


def test_a_referrer_is_counted_once_a_view(person, drain, count_of):
    person().reads("/hello/", HTTP_REFERER="https://www.moph.go.th/x?y=z")
    drain()
    assert count_of(Kind.REFERRER, "moph.go.th") == (1, 0)


def test_behind_a_proxy_the_header_it_sets_is_the_address(
    person, drain, count_of, settings
):
    settings.GOVPUB_STATS_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    for forged in ("1.1.1.1", "2.2.2.2"):
        person().reads("/hello/", HTTP_X_FORWARDED_FOR=f"{forged}, 203.0.113.9")
    drain()
    assert count_of(Kind.SITE) == (2, 1)


def test_without_that_header_it_is_the_address_itself(
    person, drain, count_of, settings
):
    settings.GOVPUB_STATS_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    for address in ("203.0.113.1", "203.0.113.2"):
        person(address=address).reads("/hello/")
    drain()
    assert count_of(Kind.SITE) == (2, 2)


def test_a_full_disk_is_no_error_to_the_visitor_and_is_told_to_the_operator(
    person, drain, count_of, monkeypatch
):
    spool = collector.get_collector().store.spool

    def refuse(line):
        raise OSError("No space left on device")

    monkeypatch.setattr(spool, "append", refuse)
    for _ in range(3):
        assert person().reads("/hello/").status_code == 200
    monkeypatch.undo()
    person().reads("/hello/")
    drain()
    assert count_of(Kind.SITE) == (1, 1)
    assert Loss.objects.get().hits == 3
    assert Loss.objects.get().reason == Loss.Reason.SPOOL


def test_an_error_of_our_own_is_a_loss_and_no_error(person, drain, monkeypatch):
    monkeypatch.setattr(collector, "recognise", lambda name: 1 / 0)
    assert person().reads("/hello/").status_code == 200
    monkeypatch.undo()
    person().reads("/hello/")
    drain()
    assert Loss.objects.get().reason == Loss.Reason.ERROR


def test_a_store_that_cannot_be_opened_is_no_error(person, settings):
    settings.GOVPUB_STATS_STORE = "no.such.Store"
    assert person().reads("/hello/").status_code == 200


def test_a_page_from_djangos_cache_is_still_that_page(
    person, drain, count_of, news, settings
):
    settings.MIDDLEWARE = [
        "govpub.stats.middleware.VisitCounter",
        "django.middleware.cache.UpdateCacheMiddleware",
        *(name for name in settings.MIDDLEWARE if not name.endswith("VisitCounter")),
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    settings.CACHE_MIDDLEWARE_SECONDS = 60
    cache.clear()
    served = []
    serve = Page.serve
    Page.serve = lambda self, *args, **kwargs: (
        served.append(1) or serve(self, *args, **kwargs)
    )
    try:
        for _ in range(3):
            assert person().reads(news.url).status_code == 200
    finally:
        Page.serve = serve
        cache.clear()
    drain()
    assert len(served) == 1
    assert count_of(Kind.PAGE, str(news.pk)) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_asynchronous_servers_count_the_same(drain, count_of, settings):
    settings.MIDDLEWARE = ["govpub.stats.middleware.VisitCounter"]

    async def visit():
        client = AsyncClient()
        return await client.get(
            "/hello/", headers={"user-agent": FIREFOX, "accept-language": "th"}
        )

    assert asyncio.run(visit()).status_code == 200
    drain()
    assert count_of(Kind.SITE) == (1, 1)
