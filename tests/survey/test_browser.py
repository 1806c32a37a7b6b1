"""Citizens in a real browser: keyboard only, without script, on a small phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from wagtail.models import Site

from govpub.survey import gate, rating_views, views
from govpub.survey.models import Comment, PageRating, Response
from govpub.survey.page_queries import page_scores_of, score_of
from govpub.survey.queries import open_round, results_of
from govpub.survey.subjects import of_page

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.survey.item_urls")]

FORM = "/statistics/survey/"
THANKS = re.compile(r"/statistics/survey/thanks/$")


@pytest.fixture
def window(browser_page, office):
    """A browser, asked for before anything is written."""
    # The live server is "localhost", and so is the site that Wagtail starts with.
    Site.objects.filter(hostname="localhost").delete()
    return browser_page


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch):
    """Playwright answers faster than any person; here that is no sign of a robot."""
    for module, name, kind in (
        (views, "FULL_FORM", views.FULL_FORM),
        (rating_views, "CLICK", rating_views.CLICK),
        (rating_views, "AFTERWARDS", rating_views.AFTERWARDS),
    ):
        patient = gate.Kind(kind.name, kind.max_age, 0)
        monkeypatch.setattr(module, name, patient)


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    return [] if not found.violations_count else found.generate_report()


def too_wide(page):
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def trap_is_clipped(place):
    """The robots' field takes no room, also after the script has changed the page."""
    size = place.locator(".gp-survey__trap").bounding_box()
    return size["width"] <= 1 and size["height"] <= 1


def test_a_citizen_with_a_keyboard_only(window, office):
    page = window()
    page.goto(FORM)
    first = page.locator("input[type=radio]").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if first.evaluate("radio => radio === document.activeElement"):
            break
    else:
        pytest.fail("the first question cannot be reached with the keyboard")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")  # from highest to high
    for _ in range(5):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("พิมพ์ด้วยแป้นพิมพ์")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(THANKS)
    found = results_of(open_round(office))
    assert (found.n, found.overall.mean) == (1, 4)
    assert all(line.score.n == 1 for line in found.lines)
    assert Comment.objects.get().text == "พิมพ์ด้วยแป้นพิมพ์"
    assert Response.objects.get().reasons == []


def test_the_trap_is_out_of_reach_of_the_keyboard(window, office):
    page = window()
    page.goto(FORM)
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") != "website"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_citizen_on_a_small_phone_with_and_without_script(window, office, javascript):
    page = window(width=360, height=740, javascript=javascript)
    page.goto(FORM)
    page.locator(".gp-level").first.click()
    page.locator("textarea").fill("อ่านง่าย")
    left = page.locator(".gp-survey__left")
    if javascript:
        expect(left).to_contain_text("992")
    else:
        expect(left).to_be_hidden()
    page.locator(".gp-survey button[type=submit]").click()
    expect(page).to_have_url(THANKS)
    assert Response.objects.get().status == "counted"
    assert Comment.objects.get().text == "อ่านง่าย"


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(window, office):
    page = window(width=360)
    page.goto(FORM)
    page.locator("textarea").fill("ยังอยู่")
    page.locator(".gp-survey button[type=submit]").click()
    summary = page.locator(".gp-notice--bad[role=alert]")
    expect(summary).to_be_visible()
    summary.locator("a").first.click()
    assert page.evaluate("location.hash").startswith("#id_q")
    expect(page.locator("fieldset .gp-field__error")).to_have_count(1)
    expect(page.locator("textarea")).to_have_value("ยังอยู่")
    assert violations(page) == []
    assert not Response.objects.exists()


def test_a_page_is_rated_with_one_click_in_its_place(window, office, item):
    page = window(width=360)
    page.goto(f"/item/{item.pk}/")
    page.locator("button[name=level][value='4']").click()
    card = page.locator("#rate-this-page")
    expect(card.locator("[role=status]")).to_be_focused()
    assert page.url.endswith(f"/item/{item.pk}/")
    assert trap_is_clipped(card)
    card.locator("textarea").fill("ดีมาก")
    card.locator("button[type=submit]").click()
    expect(card.locator("textarea")).to_have_count(0)
    expect(card.locator("[role=status]")).to_be_focused()
    assert score_of(open_round(office), of_page(item)).score.mean == 4
    assert Comment.objects.get().text == "ดีมาก"
    assert violations(page) == []


def test_a_page_of_the_program_is_rated_with_the_keyboard(window, office):
    page = window(width=360)
    page.goto("/procedure/")
    card = page.locator("#rate-this-page")
    card.locator("button[name=level]").first.focus()
    page.keyboard.press("Tab")  # from highest to high
    page.keyboard.press("Enter")
    expect(card.locator("[role=status]")).to_be_focused()
    (found,) = page_scores_of(open_round(office)).pages
    assert (found.key, found.score.mean) == ("/procedure/", 4)
    assert violations(page) == []


def test_a_page_is_rated_without_script(window, office, item):
    page = window(width=360, javascript=False)
    page.goto(f"/item/{item.pk}/")
    page.locator("button[name=helpful][value=no]").click()
    expect(page).to_have_url(re.compile("/statistics/survey/rated/"))
    page.locator("textarea").fill("ไม่พบ")
    page.locator("form[action$='rated/'] button[type=submit]").click()
    expect(page.locator("textarea")).to_have_count(0)
    rating = PageRating.objects.get()
    assert (rating.helpful, rating.status) == (False, "counted")
    assert Comment.objects.get().page == item


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_too_wide_or_has_accessibility_faults(window, office, item, width):
    from tests.survey.test_results import many_answers

    many_answers(office, 12)
    addresses = [
        FORM,
        FORM + "thanks/",
        FORM + "results/",
        "/statistics-here/",
        f"/item/{item.pk}/",
        "/procedure/",
        "/laws/",
    ]
    page = window(width=width)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    for address in addresses:
        page.goto(address)
        assert not too_wide(page), address
        assert violations(page) == [], address
    assert not [text for text in refused if "Content Security Policy" in text]


def test_targets_are_large_enough_for_a_thumb(window, office):
    page = window(width=360)
    page.goto(FORM)
    for box in page.locator(".gp-level").all():
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 44
