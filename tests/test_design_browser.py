"""The public face in a real browser: axe, keyboard, zoom, no script, no third party."""

from __future__ import annotations

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.drafts import published_news
from tests.home.conftest import front  # noqa: F401

playwright = pytest.importorskip("playwright.sync_api")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/",
    "/general/",
    "/news/",
    "/statistics/",
    "/procedure/",
    "/search/?q=ประกาศ",
    "/search/?q=ไม่มีคำนี้แน่นอน",
    "/sitemap/",
    "/policies/cookies/",
    "/nonsense/",
]
LONG_WORD = "สำนักงานปลัดกระทรวงสาธารณสุข" * 6
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}


@pytest.fixture
def news_path(front, office, people):  # noqa: F811
    """Address of a public item whose title is one long Thai word."""
    item = published_news(office, people, title=LONG_WORD, summary="รายละเอียด " * 50)
    return urlsplit(item.url).path


@pytest.fixture
def browsing(browser):
    """Opens a window for a fresh reader, ``with browsing(...) as page``."""

    @contextmanager
    def open_window(**options):
        context = browser.new_context(**{"locale": "th-TH", **options})
        yield context.new_page()
        context.close()

    return open_window


def window(width):
    return {"viewport": {"width": width, "height": 800}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browsing, live_server, news_path, width, scheme):
    axe = axe_playwright.Axe()
    found, foreign, complaints = {}, set(), []
    with browsing(color_scheme=scheme, **window(width)) as page:
        page.on("request", lambda request: foreign.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: complaints.append(message.text))
        for path in [*PATHS, news_path]:
            page.goto(live_server.url + path)
            result = axe.run(page, options=RULES)
            if result.violations_count:
                found[path] = result.generate_report()
    assert not found, "\n".join(found.values())
    assert foreign == {urlsplit(live_server.url).netloc}
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_axe_finds_nothing_in_a_chosen_theme_and_large_letters(
    browsing, live_server, news_path, theme
):
    axe = axe_playwright.Axe()
    with browsing(**window(360)) as page:
        page.goto(live_server.url)
        page.locator(".gp-display summary").click()
        page.locator(f"button[name=theme][value={theme}]").click()
        page.locator(".gp-display summary").click()
        page.locator("button[name=text][value=larger]").click()
        for path in ("/", news_path):
            page.goto(live_server.url + path)
            result = axe.run(page, options=RULES)
            assert result.violations_count == 0, result.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_runs_off_the_side_when_enlarged(
    browsing, live_server, news_path, width
):
    """320 is 1280 at 400 per cent, 640 the same screen at 200."""
    wide = {}
    with browsing(**window(width)) as page:
        for path in [*PATHS, news_path]:
            page.goto(live_server.url + path)
            reached = page.evaluate("document.documentElement.scrollWidth")
            if reached > width:
                wide[path] = reached
    assert wide == {}


def test_the_menu_opens_by_keyboard_on_a_telephone_without_script(
    browsing, live_server, news_path
):
    with browsing(java_script_enabled=False, **window(360)) as page:
        page.goto(live_server.url)
        link = page.locator('.gp-menu a[href="/news/"]')
        playwright.expect(link).not_to_be_visible()
        page.locator(".gp-menu summary").focus()
        page.keyboard.press("Enter")
        playwright.expect(link).to_be_visible()
        page.keyboard.press("Tab")
        playwright.expect(page.locator(".gp-menu a").first).to_be_focused()
        link.click()
        assert urlsplit(page.url).path == "/news/"


def test_escape_closes_the_menu_and_keeps_the_place(browsing, live_server, news_path):
    with browsing(**window(360)) as page:
        page.goto(live_server.url)
        page.locator(".gp-menu summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        playwright.expect(page.locator(".gp-menu li").first).not_to_be_visible()
        playwright.expect(page.locator(".gp-menu summary")).to_be_focused()


def test_a_wide_screen_shows_all_nine_and_the_keyboard_walks_them(
    browsing, live_server, news_path
):
    with browsing(**window(1280)) as page:
        page.goto(f"{live_server.url}/sitemap/")
        playwright.expect(page.locator(".gp-menu summary")).not_to_be_visible()
        walked = walk(page, steps=40)
    menu = [place for place in walked if place.startswith("menu ")]
    assert len(menu) == 10, walked
    assert walked[0] == "skip"


# Where the focus is, and whether it is seen there.
STOP = """() => {
    const at = document.activeElement;
    const outline = getComputedStyle(at).outlineStyle;
    const box = at.getBoundingClientRect();
    if (outline === "none" || !box.width || !box.height)
        return "unseen " + at.outerHTML.slice(0, 80);
    if (at.matches(".gp-skip")) return "skip";
    if (at.closest(".gp-menu")) return "menu " + at.textContent;
    return at.tagName + (at.closest("main") ? " in main" : "");
}"""


def walk(page, steps):
    """Press Tab and note where the focus is; every stop must be seen."""
    places = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        places.append(page.evaluate(STOP))
    assert not [place for place in places if place.startswith("unseen")]
    return places


def test_the_skip_link_leads_to_the_content(browsing, live_server, news_path):
    with browsing(**window(1280)) as page:
        page.goto(f"{live_server.url}/news/")
        page.keyboard.press("Tab")
        playwright.expect(page.locator(".gp-skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.querySelector('main').contains(document.activeElement)"
        )


def test_text_grows_without_script(browsing, live_server, news_path):
    def height(page):
        return page.locator("h1").bounding_box()["height"]

    with browsing(java_script_enabled=False, **window(1280)) as page:
        page.goto(f"{live_server.url}/sitemap/")
        before = height(page)
        page.locator("button[name=text][value=larger]").click()
        assert urlsplit(page.url).path == "/sitemap/"
        assert height(page) > before * 1.2


def test_paper_shows_the_text_and_no_furniture(browsing, live_server, news_path):
    with browsing(**window(1280)) as page:
        page.goto(live_server.url + news_path)
        page.emulate_media(media="print")
        for furniture in (".gp-tools", ".gp-menu", ".gp-search", ".gp-breadcrumbs"):
            playwright.expect(page.locator(furniture)).not_to_be_visible()
        playwright.expect(page.locator("h1")).to_be_visible()


def test_the_largest_text_is_in_the_first_response(browsing, live_server, news_path):
    """The Largest Contentful Paint element is there without any script."""
    with browsing(java_script_enabled=False, **window(360)) as page:
        page.goto(live_server.url + news_path)
        playwright.expect(page.locator("main h1")).to_be_in_viewport()
