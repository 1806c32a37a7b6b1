"""The small rating is under every public page, also those of the program."""

from __future__ import annotations

import re
import time
from unittest import mock

import pytest
from django.template import engines
from django.test import RequestFactory

from govpub.survey.models import Comment, PageRating, PageTally
from govpub.survey.page_queries import ELSEWHERE, page_scores_of
from tests.survey.conftest import Browser, old_token

RATE = "/statistics/survey/rate/"
PUBLIC = [
    "/general/",
    "/laws/",
    "/news/",
    "/statistics/",
    "/procedure/",
    "/search/?q=x",
    "/sitemap/",
    "/policies/privacy/",
]


def token_in(html):
    (token,) = re.findall(rf'action="{RATE}">\s*<input[^>]+value="([^"]+)"', html)
    return token


def opened(browser, address, **more):
    """A public page as a person sees it who then reads it for a while."""
    then = time.time() - 20
    with mock.patch("govpub.survey.tokens.time.time", return_value=then):
        return browser.get(address, **more).content.decode()


def rated(browser, address, **fields):
    token = token_in(opened(browser, address))
    return browser.post(RATE, {"token": token, "website": "", **fields})


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_can_be_rated_from_its_own_form(office, survey_round, address):
    browser = Browser(office)
    sent = rated(browser, address, level="4", helpful="yes")
    assert sent.status_code == 303
    rating = PageRating.objects.get()
    assert (rating.level, rating.helpful) == (4, True)
    thanks = browser.get(sent.url).content.decode()
    assert rating.title in thanks
    assert f'href="{address.partition("?")[0]}"' in thanks


@pytest.mark.parametrize(
    "address", ["/statistics/survey/", "/statistics/survey/results/", "/nowhere/"]
)
def test_neither_errors_nor_the_survey_itself_are_rated(office, survey_round, address):
    assert RATE not in Browser(office).get(address).content.decode()


@pytest.mark.parametrize("status", ["403", "404", "410", "403_csrf"])
def test_an_error_page_is_not_rated_whatever_it_knows(office, survey_round, status):
    request = RequestFactory().get("/gone/", headers={"host": office.hostname})
    context = {"page": office.root_page, "breadcrumbs": [("x", "")]}
    template = engines["django"].get_template(f"{status}.html")
    assert RATE not in template.render(context, request)


def test_a_preview_is_not_rated(office, survey_round):
    request = RequestFactory().get("/", headers={"host": office.hostname})
    template = engines["django"].from_string("{% load govpub %}{% page_foot %}")
    context = {"page": office.root_page}
    assert RATE in template.render(context, request)
    request.is_preview = True
    assert RATE not in template.render(context, request)


def test_a_page_of_the_program_is_counted_by_its_address(office, survey_round):
    first, second = Browser(office), Browser(office, "198.51.100.8")
    rated(first, "/procedure/", level="1")
    rated(first, "/procedure/", level="5")  # changed their mind
    rated(second, "/procedure/", level="4", website="x")  # kept apart
    rated(second, "/sitemap/", level="2")
    pages = {page.key: page for page in page_scores_of(survey_round).pages}
    assert set(pages) == {"/procedure/", "/sitemap/"}
    assert pages["/procedure/"].score.counts == {5: 1, 4: 0, 3: 0, 2: 0, 1: 0}
    assert {page.section for page in pages.values()} == {ELSEWHERE}
    assert PageTally.objects.count() == 2


def test_its_title_is_kept_in_thai_whoever_rates(office, survey_round):
    browser = Browser(office)
    html = opened(browser, "/sitemap/", headers={"cookie": "django_language=en"})
    fields = {"token": token_in(html), "level": "3"}
    browser.post(RATE, fields)
    (page,) = page_scores_of(survey_round).pages
    assert re.search("[ก-๙]", page.title)


def test_nobody_rates_an_address_that_was_not_shown(
    office, second_office, survey_round
):
    purposes = ["place:/procedure/", "place:x:/procedure/\nx", "place:999:/x/\nx"]
    tokens = [old_token(purpose) for purpose in purposes]
    elsewhere = Browser(second_office).get("/procedure/").content.decode()
    for token in [*tokens, token_in(elsewhere)]:
        sent = Browser(office).post(RATE, {"token": token, "level": "1"})
        assert sent.status_code == 400
    assert not PageRating.objects.exists()


def test_an_address_that_is_too_long_has_no_form(office, survey_round):
    template = engines["django"].from_string("{% load govpub %}{% page_foot %}")
    for length, shown in ((10, True), (300, False)):
        path = "/" + "x" * length
        request = RequestFactory().get(path, headers={"host": office.hostname})
        html = template.render({"breadcrumbs": [("ก" * 300, "")]}, request)
        assert (RATE in html) == shown
        if shown:
            sent = Browser(office).post(RATE, {"token": token_in(html), "level": "1"})
            assert sent.status_code == 303


def test_a_comment_on_a_page_of_the_program_says_on_which(office, survey_round):
    browser = Browser(office)
    thanks = browser.get(rated(browser, "/procedure/", level="2").url)
    rating = PageRating.objects.get()
    assert rating.title in thanks.content.decode()
    fields = {"token": old_token(f"rated:{rating.pk}"), "comment": "ขั้นตอนเข้าใจยาก"}
    assert browser.post("/statistics/survey/rated/", fields).status_code == 303
    assert Comment.objects.get().about == rating.title
