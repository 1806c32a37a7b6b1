"""Language, text size and colours: the reader's choice, without script."""

from __future__ import annotations

import html5lib
import pytest

pytestmark = pytest.mark.django_db


def classes(response):
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return tree.get("class").split()


def test_without_a_choice_the_page_is_plain_and_sets_no_cookie(client, front):
    response = client.get("/")
    assert classes(response) == ["gp-text-normal", "gp-theme-auto"]
    assert not response.cookies


@pytest.mark.parametrize(
    ("name", "value"),
    [("text", "large"), ("text", "larger"), ("theme", "dark"), ("theme", "contrast")],
)
def test_a_choice_is_kept_and_leads_back(client, front, name, value):
    response = client.post("/display/", {name: value, "next": "/sitemap/?a=1"})
    assert (response.status_code, response["Location"]) == (302, "/sitemap/?a=1")
    cookie = response.cookies[f"gp_{name}"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == (
        value,
        "Lax",
        True,
    )
    assert f"gp-{name}-{value}" in classes(client.get("/"))


def test_each_theme_links_its_colours(client, front):
    def sheets():
        return client.get("/").content.decode()

    assert 'dark.css" media="screen and (prefers-color-scheme: dark)"' in sheets()
    client.cookies["gp_theme"] = "dark"
    assert 'dark.css" media="screen"' in sheets()
    client.cookies["gp_theme"] = "light"
    assert "dark.css" not in sheets()
    client.cookies["gp_theme"] = "contrast"
    assert 'contrast.css" media="screen"' in sheets()


@pytest.mark.parametrize("value", ["", "huge", '"><script>', "ก" * 5000])
def test_an_unknown_choice_changes_nothing(client, front, value):
    response = client.post("/display/", {"text": value})
    assert response.status_code == 302
    assert not response.cookies
    client.cookies["gp_text"] = "nonsense"
    assert "gp-text-normal" in classes(client.get("/"))


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""]
)
def test_it_never_leads_to_another_site(client, front, target):
    response = client.post("/display/", {"text": "large", "next": target})
    assert response["Location"] == "/"


def test_only_post_changes_the_display(client, front):
    assert client.get("/display/?text=large").status_code == 405


def test_thai_comes_first_whatever_the_browser_asks_for(client, front):
    response = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="th"' in response.content.decode()
    assert response["Content-Language"] == "th"


def test_the_reader_chooses_english(client, front):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/sitemap/"})
    assert response["Location"] == "/sitemap/"
    page = client.get("/sitemap/").content.decode()
    assert '<html lang="en"' in page
    assert "Example District Public Health Office" in page


def test_an_unknown_language_stays_thai(client, front):
    client.cookies["django_language"] = "xx-nonsense"
    assert '<html lang="th"' in client.get("/").content.decode()


def test_lists_say_in_english_that_not_all_of_it_is_translated(client, front):
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    assert "Information that has not been translated is shown in Thai." in page
    assert '<main id="main" class="gp-main" tabindex="-1">' in page


def test_caches_keep_the_readers_apart(client, front):
    assert "Cookie" in client.get("/")["Vary"]
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")
