"""Abuse is held back without accounts; nothing suspicious is dropped in silence."""

from __future__ import annotations

import pytest
from django.test import Client
from freezegun import freeze_time

from govpub.survey.enums import AnswerStatus
from govpub.survey.jobs import ROUNDS
from govpub.survey.models import NetworkCount, PageRating, Response, Tally
from govpub.survey.queries import open_round, results_of
from tests.survey.conftest import Browser, filled, old_token

FORM = "/statistics/survey/"


def held():
    return list(Response.objects.filter(status=AnswerStatus.HELD))


def purpose(round_):
    return f"round:{round_.pk}"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://testserver"}, 303),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[broken"}, 403),
        ({"referer": "http://testserver/statistics/survey/"}, 303),
        ({"referer": "http://evil.example/?http://testserver/"}, 403),
        # A foreign page cannot hide behind a header that is easier to fake.
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
    ],
)
def test_only_forms_from_our_own_pages_are_taken(survey_round, headers, status):
    client = Client(enforce_csrf_checks=True)
    data = {
        "token": old_token(purpose(survey_round)),
        **filled(survey_round, {"overall": 5}),
    }
    assert client.post(FORM, data, headers=headers).status_code == status
    assert Response.objects.count() == (status == 303)


def test_a_browser_that_says_nothing_of_its_origin_is_kept_apart(survey_round):
    data = {
        "token": old_token(purpose(survey_round)),
        **filled(survey_round, {"overall": 5}),
    }
    assert Client(enforce_csrf_checks=True).post(FORM, data).status_code == 303
    assert held()[0].reasons == ["no_origin"]
    assert results_of(survey_round).n == 0


def test_the_form_page_is_the_same_for_everybody(office, survey_round):
    """It may be cached: no cookie is set, nothing in it belongs to one visitor."""
    with freeze_time("2026-12-01"):
        first, second = (
            Browser(office, address, agent).get(FORM)
            for address, agent in (("198.51.100.1", "Edge"), ("203.0.113.2", "Safari"))
        )
    assert first.content == second.content
    assert not first.cookies and not second.cookies


def test_one_cached_page_serves_many_visitors(office, survey_round):
    token = old_token(purpose(survey_round), seconds=3600)
    for host in range(1, 6):
        sent = Browser(office, f"198.51.100.{host}").answer(survey_round, token=token)
        assert sent.status_code == 303
    assert results_of(survey_round).n == 5


def test_a_replayed_form_counts_once(visitor, survey_round):
    token = old_token(purpose(survey_round))
    for _ in range(5):
        assert visitor.answer(survey_round, token=token).status_code == 303
    assert results_of(survey_round).n == 1
    assert sum(Tally.objects.values_list("count", flat=True)) == 1


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "ก" * 50, "A" * 5000])
def test_a_forged_token_shows_the_form_again_with_what_was_typed(
    visitor, survey_round, token
):
    sent = visitor.post(
        FORM,
        {"token": token, "comment": "ที่พิมพ์ไว้", **filled(survey_round, {"overall": 2})},
    )
    assert sent.status_code == 400
    text = sent.content.decode()
    assert "ที่พิมพ์ไว้" in text
    assert text.count(" checked") == 1
    assert not Response.objects.exists()


def test_a_token_is_good_for_one_form_for_a_day(visitor, office, survey_round, item):
    for token in (
        old_token(purpose(survey_round), seconds=25 * 3600),
        old_token(f"page:{office.pk}:{item.pk}"),
        old_token("round:999999"),
    ):
        assert visitor.answer(survey_round, token=token).status_code == 400
    assert not Response.objects.exists()


def test_a_token_changed_by_one_letter_is_refused(visitor, survey_round):
    token = old_token(purpose(survey_round))
    for place in (0, len(token) // 2, len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        assert visitor.answer(survey_round, token=changed).status_code == 400


def test_the_hidden_field_betrays_a_robot(visitor, survey_round):
    sent = visitor.answer(survey_round, website="http://spam.example")
    assert sent.status_code == 303  # the robot learns nothing
    assert held()[0].reasons == ["honeypot"]
    assert results_of(survey_round).n == 0
    assert results_of(survey_round).held == 1


def test_faster_than_a_person_is_kept_apart(visitor, survey_round):
    visitor.answer(survey_round, token=old_token(purpose(survey_round), seconds=1))
    assert held()[0].reasons == ["too_fast"]
    assert results_of(survey_round).n == 0


def test_a_suspicious_answer_does_not_replace_a_counted_one(visitor, survey_round):
    visitor.answer(survey_round, {"overall": 5})
    visitor.answer(survey_round, {"overall": 1}, website="x")
    visitor.answer(survey_round, {"overall": 2}, website="y")
    assert results_of(survey_round).overall.mean == 5
    assert len(held()) == 1  # a robot cannot fill the review either


def test_a_busy_network_is_kept_apart_and_a_flood_refused(
    office, survey_round, settings
):
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 3
    answers = [
        Browser(office, f"198.51.100.{host}").answer(survey_round).status_code
        for host in range(1, 36)
    ]
    assert answers == [303] * 30 + [429] * 5
    assert results_of(survey_round).n == 3
    assert len(held()) == 27
    assert {tuple(r.reasons) for r in held()} == {("busy_network",)}
    elsewhere = Browser(office, "203.0.113.1").answer(survey_round)
    assert elsewhere.status_code == 303
    assert results_of(survey_round).n == 4


def test_processes_without_a_shared_cache_count_together(
    office, survey_round, settings
):
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 3
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    for host in range(1, 6):
        Browser(office, f"198.51.100.{host}").answer(survey_round)
    assert (results_of(survey_round).n, len(held())) == (3, 2)


def test_what_came_from_which_network_is_forgotten(office, survey_round):
    with freeze_time("2026-12-01 10:01"):
        Browser(office).answer(survey_round)
        assert NetworkCount.objects.get().count == 1
        ROUNDS.run()
        assert NetworkCount.objects.exists()
    with freeze_time("2026-12-01 10:10"):
        ROUNDS.run()
    assert not NetworkCount.objects.exists()


def test_the_flood_is_told_in_words(office, survey_round, settings):
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 1
    for _ in range(11):
        sent = Browser(office).answer(survey_round)
    assert sent.status_code == 429
    assert 'role="alert"' in sent.content.decode()


def test_a_huge_body_is_refused_before_it_is_read(visitor, survey_round):
    sent = visitor.answer(survey_round, comment="x" * 40_000)
    assert sent.status_code == 413
    assert not Response.objects.exists()


def test_the_address_may_come_from_the_proxys_own_header(
    office, survey_round, settings
):
    settings.GOVPUB_STATS_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    for real in ("198.51.100.1", "198.51.100.2", "198.51.100.1"):
        browser = Browser(office, "127.0.0.1")
        browser.client.defaults["HTTP_X_REAL_IP"] = real
        browser.answer(survey_round)
    assert results_of(survey_round).n == 2


@pytest.mark.parametrize("address", ["", "unix:", "999.1.1.1", "::ffff:198.51.100.7"])
def test_an_odd_address_is_no_error(office, survey_round, address):
    assert Browser(office, address).answer(survey_round).status_code == 303


def test_ratings_of_pages_are_guarded_alike(visitor, office, item, survey_round):
    def fresh():
        return old_token(f"page:{office.pk}:{item.pk}", seconds=0)

    assert visitor.rate(item, level="1", website="x").status_code == 303
    assert visitor.rate(item, level="1", token=fresh()).status_code == 303
    assert visitor.rate(item, level="1", token="forged").status_code == 400
    foreign = {"sec-fetch-site": "cross-site"}
    refused = visitor.post(FORM + "rate/", {"level": "1"}, headers=foreign)
    assert refused.status_code == 403
    rating = PageRating.objects.get()
    assert (rating.status, rating.reasons) == (AnswerStatus.HELD, ["too_fast"])


def test_get_of_the_rating_endpoint_is_not_allowed(visitor, survey_round):
    assert visitor.get(FORM + "rate/").status_code == 405
    assert open_round(visitor.site) == survey_round
