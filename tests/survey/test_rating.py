"""One click under a page, and a comment after it."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from wagtail import hooks
from wagtail.models import Page

from govpub.categories.models import NewsPage
from govpub.survey.models import Comment, PageRating, PageTally, SurveySettings
from govpub.survey.page_queries import page_scores_of, score_of
from govpub.survey.rounds import close_now
from govpub.survey.sections import page_foot
from govpub.survey.subjects import of_page
from tests.drafts import published_news
from tests.survey.conftest import Browser, old_token

RATE = "/statistics/survey/rate/"


def footer(page, host="testserver"):
    return page_foot(RequestFactory().get("/", headers={"host": host}), page)


def test_the_footer_is_a_form_that_needs_no_script(item, survey_round):
    html = footer(item)
    assert f'action="{RATE}"' in html
    assert re.findall(r'name="level" value="(\d)"', html) == ["5", "4", "3", "2", "1"]
    assert re.findall(r'name="helpful" value="(\w+)"', html) == ["yes", "no"]
    assert "csrfmiddlewaretoken" not in html
    assert "style=" not in html and "onclick" not in html


def test_the_token_in_the_footer_is_taken(visitor, item, survey_round):
    token = re.search(r'name="token" value="([^"]+)"', footer(item)).group(1)
    sent = visitor.post(RATE, {"token": token, "level": "4"})
    assert sent.status_code == 303
    assert PageRating.objects.get().level == 4


def test_a_click_is_counted_and_thanked_for(visitor, item, survey_round):
    sent = visitor.rate(item, level="4")
    assert sent.status_code == 303
    thanks = visitor.get(sent.url)
    assert thanks.status_code == 200
    assert item.title in thanks.content.decode()
    found = score_of(survey_round, of_page(item))
    assert (found.score.n, found.score.mean) == (1, 4)


def test_a_later_click_replaces_the_earlier(visitor, item, survey_round):
    visitor.rate(item, level="1")
    visitor.rate(item, helpful="no")
    visitor.rate(item, level="5")
    visitor.rate(item, helpful="yes")
    found = score_of(survey_round, of_page(item))
    assert found.score.counts == {5: 1, 4: 0, 3: 0, 2: 0, 1: 0}
    assert (found.useful, found.not_useful) == (1, 0)
    assert PageRating.objects.count() == 1


@pytest.mark.parametrize("fields", [{}, {"level": "6"}, {"helpful": "maybe"}])
def test_a_click_on_nothing_asks_again(visitor, item, survey_round, fields):
    sent = visitor.rate(item, **fields)
    assert sent.status_code == 400
    assert 'name="level"' in sent.content.decode()
    assert not PageRating.objects.exists()


def test_a_page_that_lay_in_a_cache_too_long_asks_again(visitor, item, survey_round):
    token = old_token(f"page:{visitor.site.pk}:{item.pk}", seconds=8 * 24 * 3600)
    sent = visitor.rate(item, level="5", token=token)
    assert sent.status_code == 400
    fresh = re.search(r'name="token" value="([^"]+)"', sent.content.decode()).group(1)
    assert visitor.rate(item, level="5", token=fresh).status_code == 303


def test_a_comment_after_the_click(visitor, item, survey_round):
    address = visitor.rate(item, level="2").url
    token = address.split("token=")[1]
    sent = visitor.post("/statistics/survey/rated/", {"token": token, "comment": " "})
    assert sent.status_code == 422
    later = old_token(f"rated:{PageRating.objects.get().pk}")
    data = {"token": later, "comment": "แผนที่ผิด"}
    sent = visitor.post("/statistics/survey/rated/", data)
    assert sent.status_code == 303
    comment = Comment.objects.get()
    assert (comment.text, comment.page) == ("แผนที่ผิด", item)
    assert 'name="comment"' not in visitor.get(sent.url).content.decode()


@pytest.mark.parametrize(
    "token", ["", "x", old_token("rated:999999")], ids=["none", "forged", "no rating"]
)
def test_nobody_comments_on_a_rating_that_is_not_theirs(visitor, survey_round, token):
    address = "/statistics/survey/rated/"
    assert visitor.get(address, data={"token": token}).status_code == 400
    sent = visitor.post(address, {"token": token, "comment": "x"})
    assert sent.status_code == 400
    assert not Comment.objects.exists()


def test_a_page_of_another_office_cannot_be_rated_here(
    office, second_office, item, survey_round
):
    here = old_token(f"page:{office.pk}:{item.pk}")
    claimed = old_token(f"page:{second_office.pk}:{item.pk}")
    for token in (here, claimed):
        sent = Browser(second_office).post(RATE, {"token": token, "level": "1"})
        assert sent.status_code == 400
    assert not PageRating.objects.exists()


def test_an_unpublished_page_cannot_be_rated(visitor, item, survey_round):
    Page.objects.filter(pk=item.pk).update(live=False)
    assert visitor.rate(item, level="1").status_code == 400


def test_what_has_ended_cannot_be_rated_from_a_form_kept_open(
    visitor, office, people, survey_round
):
    page = published_news(office, people)
    assert visitor.rate(page, level="4").status_code == 303
    yesterday = timezone.localdate() - timedelta(days=1)
    # No scheduler has run: it is still live.
    NewsPage.objects.filter(pk=page.pk).update(publish_until=yesterday)
    assert visitor.rate(page, level="1").status_code == 400
    assert score_of(survey_round, of_page(page)).score.mean == 4


def test_no_footer_without_a_round_or_if_switched_off(office, item, survey_round):
    settings = SurveySettings.for_site(office)
    settings.rate_pages = False
    settings.save()
    assert footer(item) == ""
    settings.rate_pages = True
    settings.save()
    assert footer(item) != ""
    close_now(survey_round)
    assert footer(item) == ""


def test_no_rating_after_the_close(visitor, item, survey_round):
    close_now(survey_round)
    assert visitor.rate(item, level="1").status_code == 200
    assert not PageRating.objects.exists()


def test_scores_per_page_and_per_section(office, item, survey_round):
    child = item.add_child(instance=Page(title="ย่อย", slug="sub", live=True))
    for host, level in enumerate("554", start=1):
        Browser(office, f"198.51.100.{host}").rate(child, level=level)
    Browser(office).rate(item, level="1", helpful="no")
    found = page_scores_of(survey_round)
    pages = found.pages
    assert [(p.title, p.score.n) for p in pages] == [("ย่อย", 3), (item.title, 1)]
    assert str(pages[0].score.mean) == "4.67"
    (section,) = found.sections
    assert (section.title, section.score.n) == (item.title, 4)
    assert str(section.score.mean) == "3.75"
    assert section.not_useful == 1


def test_a_deleted_page_leaves_its_ratings(visitor, item, survey_round):
    visitor.rate(item, level="3")
    item.delete()
    assert page_scores_of(survey_round).pages[0].title == "แผนปฏิบัติการ"
    assert PageTally.objects.get().page is None


def rate_by_many(office, page, levels, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for host, level in enumerate(levels, start=1):
            Browser(office, f"198.51.100.{host}").rate(page, level=level)


def test_upkeep_hears_once_when_a_page_falls_low(
    office, item, survey_round, django_capture_on_commit_callbacks
):
    heard = []

    def listen(page, score, period):
        heard.append((page.pk, score.n, str(score.mean), period))

    with hooks.register_temporarily("register_govpub_low_rating", listen):
        rate_by_many(office, item, "1122", django_capture_on_commit_callbacks)
        assert heard == []  # four people are not enough
        rate_by_many(office, item, "112211", django_capture_on_commit_callbacks)
    period = f"{survey_round.fiscal_year}/0"
    assert heard == [(item.pk, 5, "1.40", period)]


def test_a_failing_listener_does_not_cost_the_answer(
    office, item, survey_round, caplog, django_capture_on_commit_callbacks
):
    def listen(page, score, period):
        raise RuntimeError("upkeep is away")

    caplog.set_level(logging.ERROR, "govpub.survey")
    with hooks.register_temporarily("register_govpub_low_rating", listen):
        rate_by_many(office, item, "11111", django_capture_on_commit_callbacks)
    assert score_of(survey_round, of_page(item)).score.n == 5
    assert "listener" in caplog.text
