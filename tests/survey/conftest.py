from __future__ import annotations

import time
from unittest import mock

import pytest
from django.core.cache import cache
from django.test import Client

from wagtail.models import Page

from govpub.survey.queries import asked_now, open_round
from govpub.survey.tokens import issue

ROUND_ADDRESS = "/statistics/survey/"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def item(office):
    """A published page of the office."""
    return office.root_page.add_child(
        instance=Page(title="แผนปฏิบัติการ", slug="plan", live=True)
    )


@pytest.fixture
def survey_round(office):
    """The open round; the set-up of an office has made it."""
    return open_round(office)


@pytest.fixture
def visitor(office):
    return Browser(office)


class Browser:
    """A visitor as the server sees them: every browser says where a form came from."""

    def __init__(self, site, address="198.51.100.7", agent="Firefox"):
        self.site = site
        self.client = Client(
            REMOTE_ADDR=address,
            HTTP_USER_AGENT=agent,
            HTTP_HOST=site.hostname,
            HTTP_SEC_FETCH_SITE="same-origin",
            enforce_csrf_checks=True,
        )

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, data, **more):
        return self.client.post(path, data, **more)

    def answer(self, round_, levels=None, *, token=None, **fields):
        """Send the full form; ``levels`` maps codes to levels, 5 overall by default."""
        return self.post(
            ROUND_ADDRESS,
            {
                "token": token or old_token(f"round:{round_.pk}"),
                "website": "",
                **filled(round_, levels or {"overall": 5}),
                **fields,
            },
        )

    def rate(self, page, **fields):
        token = old_token(f"page:{self.site.pk}:{page.pk}")
        fields = {"token": token, "website": "", **fields}
        return self.post("/statistics/survey/rate/", fields)


def filled(round_, levels):
    versions = {v.question.code: v.pk for v in asked_now(round_)}
    return {f"q{versions[code]}": str(level) for code, level in levels.items()}


def old_token(purpose, seconds=20):
    """A token as if handed out some seconds ago."""
    then = time.time() - seconds
    with mock.patch("govpub.survey.tokens.time.time", return_value=then):
        return issue(purpose)
