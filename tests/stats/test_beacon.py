"""Pages that a cache hands out, counted by their beacon; and what strangers send."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govpub.stats.beacon import beacon_of, read_beacon
from govpub.stats.models import Kind, Subject
from govpub.stats.served import mark_page
from govpub.stats.views import outbound

from .conftest import GOOGLEBOT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("public_addresses"),
]


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


@settings(
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
