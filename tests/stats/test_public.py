"""The public section, the footer, the open data and the beacon, over HTTP."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import html5lib
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import include, path
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    ReferenceIndex,
    Site,
)

from govpub.stats.beacon import read_beacon
from govpub.stats.models import Kind, Subject
from govpub.stats.open_data import harmless
from govpub.stats.sections import footer_block, statistics_section
from govpub.stats.views import outbound

from .conftest import GOOGLEBOT

pytestmark = pytest.mark.django_db


def statistics(request):
    site = Site.find_for_request(request)
    return HttpResponse(statistics_section(request, site))


def page_with_footer(request):
    site = Site.find_for_request(request)
    return HttpResponse(footer_block(request, site))


urlpatterns = [
    path("numbers/", statistics),
    path("footer/", page_with_footer),
    path("", include(settings.ROOT_URLCONF)),
]


@pytest.fixture(autouse=True)
def addresses(settings, office):
    settings.ROOT_URLCONF = __name__
    cache.clear()


@pytest.fixture
def news(office):
    return office.root_page.add_child(instance=Page(title="ข่าว & news", slug="news"))


@pytest.fixture
def document(office, news):
    """A document of a page that is public; of others nobody is told."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    document = get_document_model().objects.create(
        title="แผน", file=ContentFile(b"%PDF-", name="plan.pdf")
    )
    types = ContentType.objects
    ReferenceIndex.objects.create(
        base_content_type=types.get_for_model(Page),
        content_type=types.get_for_model(Page),
        object_id=str(news.pk),
        to_content_type=types.get_for_model(get_document_model()),
        to_object_id=str(document.pk),
        model_path="body",
        content_path="body",
        content_path_hash=uuid4(),
    )
    return document


def section(person, **query):
    response = person().client.get("/numbers/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_section_is_valid_html_with_and_without_numbers(person, drain, news):
    for _ in range(2):
        html = section(person)
        html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title>{html}")
        assert "style=" not in html
        assert "<script" not in html
        person().reads(news.url)
        drain()


def test_the_section_names_what_was_read(person, drain, news, document):
    for _ in range(3):
        person().reads(news.url)
    person().reads(document.url)
    drain()
    html = section(person)
    assert "ข่าว &amp; news" in html
    assert f'href="{news.url}"' in html
    assert "แผน" in html
    assert '<svg class="gp-chart__drawing"' in html
    assert "3 " in html


def test_a_chart_is_for_hours_days_or_months(person, drain, news):
    person().reads(news.url)
    drain()
    today = date.today().isoformat()
    hours = section(person, **{"from": today, "to": today})
    assert hours.count('<tr><th scope="row">') - 1 >= 24
    assert "13:00" in hours
    months = section(person, **{"from": "2020-01-01", "to": "2026-12-31"})
    assert months.count('<tr><th scope="row">') >= 84


def test_numbers_in_the_drawing_are_not_localised(person, drain, news, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    html = section(person, **{"from": "2020-01-01", "to": "2026-12-31"})
    assert 'viewBox="0 0 1680 200"' in html


def test_a_bad_period_is_explained_and_escaped(person):
    html = section(person, **{"from": "<script>alert(1)</script>"})
    assert 'role="alert"' in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_page_that_was_taken_down_is_not_named(person, drain, news):
    person().reads(news.url)
    drain()
    news.unpublish()
    assert "ข่าว &amp; news" not in section(person)


def test_a_document_that_is_not_for_all_is_not_named(person, drain, document):
    person().reads(document.url)
    drain()
    assert "แผน" in section(person)
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    assert "แผน" not in section(person)


def test_another_app_may_leave_documents_out(person, drain, document):
    person().reads(document.url)
    drain()
    with hooks.register_temporarily(
        "register_govpub_listed_documents", lambda documents: documents.none()
    ):
        assert "แผน" not in section(person)


def test_other_peoples_referrers_and_searches_are_not_public(person, drain, news):
    person().reads(news.url, HTTP_REFERER="https://spam.example/")
    drain()
    assert Subject.objects.filter(kind=Kind.REFERRER).exists()
    assert "spam.example" not in section(person)
    for address in ("/statistics/data.json", "/statistics/data.csv?table=pages"):
        assert b"spam.example" not in person().reads(address).content


def test_the_footer_has_the_counter_for_every_office(person, drain, other_office):
    for _ in range(2):
        person().reads("/footer/")
    drain()
    cache.clear()
    assert "2 " in person().reads("/footer/").content.decode()
    other = person().reads("/footer/", HTTP_HOST="other.example").content.decode()
    assert "2 " not in other


# open data


def test_json_has_every_table(person, drain, news):
    person().reads(news.url)
    drain()
    response = person().reads("/statistics/data.json")
    data = json.loads(response.content)
    assert data["total"] == {"views": 1, "visitors": 1}
    assert data["days"][-1]["views"] == 1
    assert data["pages"][0]["title"] == "ข่าว & news"
    assert data["devices"] == [{"device": "desktop", "views": 1, "percent": 100.0}]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "table", ["days", "months", "pages", "categories", "downloads", "devices"]
)
def test_every_table_is_csv_for_a_spreadsheet(person, drain, news, document, table):
    person().reads(news.url)
    person().reads(document.url)
    drain()
    response = person().reads(f"/statistics/data.csv?table={table}")
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert len(rows) > 1 or table == "categories"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_title_is_never_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(5) == 5


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/statistics/data.csv?table=visitors", 404),
        ("/statistics/data.csv?from=yesterday", 400),
        ("/statistics/data.json?from=2026-01-02&to=2026-01-01", 400),
    ],
)
def test_bad_questions_have_plain_answers(person, address, status):
    response = person().reads(address)
    assert response.status_code == status


def test_an_office_gives_out_its_own_numbers_only(person, drain, other_office, news):
    person().reads(news.url)
    drain()
    response = person().reads("/statistics/data.json", HTTP_HOST="other.example")
    assert json.loads(response.content)["total"]["views"] == 0


# beacon


@pytest.fixture
def sign(person, settings):
    """The sign of the page /footer/, as a cache hands it out with the page."""
    settings.GOVPUB_STATS_PAGES_BY = "beacon"
    html = person().reads("/footer/").content.decode()
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    picture = urlsplit(tree.find(".//noscript/img").get("src"))
    assert picture.path == "/statistics/hit.gif"
    (sign,) = parse_qs(picture.query)["p"]
    assert tree.find(".//script").get("data-page") == sign
    return sign


def test_a_cached_page_is_counted_by_its_picture_and_once(
    person, drain, count_of, sign
):
    assert drain() == 0  # the server leaves it to the beacon.
    response = person().client.get("/statistics/hit.gif", {"p": sign})
    assert response["Content-Type"] == "image/gif"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    drain()
    assert count_of(Kind.SITE) == (1, 1)
    assert count_of(Kind.ADDRESS, "/footer/") == (1, 1)


def test_by_script_the_beacon_tells_where_the_reader_came_from(
    person, drain, count_of, sign
):
    referrer = "https://moph.go.th/x"
    person().client.post("/statistics/hit.gif", {"p": sign, "r": referrer})
    drain()
    assert count_of(Kind.SITE) == (1, 1)
    assert count_of(Kind.REFERRER, "moph.go.th") == (1, 0)


def test_where_the_server_counts_the_beacon_does_not(person, drain, sign, settings):
    settings.GOVPUB_STATS_PAGES_BY = "server"
    person().client.get("/statistics/hit.gif", {"p": sign})
    assert drain() == 0


def test_a_page_of_the_tree_is_counted_as_that_page(
    person, drain, count_of, news, settings, rf
):
    from govpub.stats.beacon import beacon_of
    from govpub.stats.served import mark_page

    request = rf.get(news.url)
    mark_page(lambda *args: HttpResponse())(news, request, (), {})
    settings.GOVPUB_STATS_PAGES_BY = "beacon"
    person().client.get("/statistics/hit.gif", {"p": beacon_of(request)})
    drain()
    assert count_of(Kind.PAGE, str(news.pk)) == (1, 1)


def test_a_beacon_counts_robots_apart(person, drain, count_of, sign):
    person(browser=GOOGLEBOT).client.get("/statistics/hit.gif", {"p": sign})
    drain()
    assert count_of(Kind.BOT) == (1, 0)


def test_other_websites_cannot_raise_the_numbers(person, drain, sign):
    person().client.get(
        "/statistics/hit.gif", {"p": sign}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert drain() == 0


def test_pages_that_do_not_exist_have_no_sign(person, settings):
    settings.GOVPUB_STATS_PAGES_BY = "beacon"
    assert read_beacon("0:/invented/") is None
    assert read_beacon("0:/invented/:forged") is None


def test_a_click_on_a_link_is_counted_without_its_question(
    person, drain, count_of, sign, settings
):
    for mode in ("beacon", "server"):
        settings.GOVPUB_STATS_PAGES_BY = mode
        person().client.post(
            "/statistics/hit.gif", {"p": sign, "l": "https://moph.go.th/a?id=7#x"}
        )
    drain()
    assert count_of(Kind.LINK, "https://moph.go.th/a") == (2, 0)
    assert count_of(Kind.SITE) == (0, 0)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x",
        "http://",
        "http://[",
        "http://h:x/",
    ],
)
def test_only_web_addresses_are_links(address):
    assert outbound(address) == ""


ANYTHING = st.text(max_size=300) | st.binary(max_size=300).map(
    lambda octets: octets.decode("latin-1")
)


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    agent=ANYTHING,
    referrer=ANYTHING,
    language=ANYTHING,
    page=ANYTHING,
    link=ANYTHING,
    p=ANYTHING,
    query=st.dictionaries(ANYTHING, ANYTHING, max_size=3),
)
def test_nothing_a_visitor_sends_is_an_error(
    person, drain, news, sign, agent, referrer, language, page, link, p, query
):
    """Every header, path and payload is answered, and no script is stored."""

    def header(text):
        return text.encode("utf-8", "replace").decode("latin-1").replace("\n", " ")

    headers = {
        "HTTP_USER_AGENT": header(agent),
        "HTTP_REFERER": header(referrer),
        "HTTP_ACCEPT_LANGUAGE": header(language),
    }
    client = person().client
    assert client.get(news.url, **headers).status_code == 200
    assert client.get("/" + page, **headers).status_code < 500
    for form in ({"p": sign, "l": link, "r": referrer}, {"p": p}, query):
        assert client.post("/statistics/hit.gif", form, **headers).status_code < 500
    assert client.get("/numbers/", query, **headers).status_code == 200
    assert client.get("/statistics/data.csv", query).status_code < 500
    drain()
    for subject in Subject.objects.exclude(kind=Kind.LINK):
        assert "<script" not in subject.key.lower() or subject.kind == Kind.ADDRESS


def test_a_script_in_any_of_them_is_shown_as_text(person, drain, sign, admin_client):
    bad = "<script>alert(1)</script>"
    person().client.post(
        "/statistics/hit.gif", {"p": sign, "l": f"https://moph.go.th/{bad}"}
    )
    drain()
    html = admin_client.get("/admin/reports/statistics/").content.decode()
    assert "moph.go.th/&lt;script&gt;" in html
    assert bad not in html
