"""Odd requests, very many: never a 5xx, and nothing wrong stored.

A run takes 800 of them; with ``GOVPUB_FUZZ_REQUESTS=10000`` it takes the full number.
"""

from __future__ import annotations

import os
import random
import string
from collections import Counter
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from govpub.survey.models import Answer, Comment, PageRating, Response, Tally
from govpub.survey.queries import asked_now, current_results, selected_results
from govpub.survey.rating import rate_page
from govpub.survey.subjects import of_page
from tests.survey.conftest import filled, old_token

FORM = "/statistics/survey/"
AS_IT_SHOULD_BE = 10  # one of so many is what a browser sends, and must be kept
REQUESTS = int(os.environ.get("GOVPUB_FUZZ_REQUESTS", "800"))

ODD_TEXTS = [
    "",
    "\x00",
    "ก" * 1000,
    "ก" * 1001,
    "x" * 31_000,
    "x" * 70_000,
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; DROP TABLE govpub_survey_response; --",
    "\u202e\ufeff\ud7ff",
    "{{ 7*7 }}{% debug %}",
    "๕",
    "NaN",
    "1e309",
    "-1",
    "9" * 400,
    "\r\nSet-Cookie: a=b",
]
CONTENT_TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=no-such",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/json",
    "text/plain",
    "",
    "ก/ข",
]
METHODS = ["POST"] * 12 + ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"]


class Fuzzer:
    def __init__(self, office, round_, page, rating, seed):
        self.chance = random.Random(seed)
        self.good = {
            FORM: {
                "token": old_token(f"round:{round_.pk}"),
                **filled(round_, {"overall": 4, "speed": 3}),
            },
            FORM + "rate/": {
                "token": old_token(f"page:{office.pk}:{page.pk}"),
                "level": "2",
            },
            FORM + "rated/": {
                "token": old_token(f"rated:{rating.pk}"),
                "comment": "ดี",
            },
        }
        self.fields = [f"q{v.pk}" for v in asked_now(round_)] + [
            "token",
            "website",
            "comment",
            "respondent",
            "level",
            "helpful",
            "q0",
            "q-1",
            "csrfmiddlewaretoken",
        ]
        self.client = Client(enforce_csrf_checks=True)

    def text(self):
        if self.chance.random() < 0.7:
            return self.chance.choice(ODD_TEXTS)
        letters = string.printable + "กขคฅฆงจ๑๒๓\x00\x7f"
        return "".join(self.chance.choices(letters, k=self.chance.randint(0, 60)))

    def token(self, token):
        """A token of ours, replayed, cut, changed, or of another form."""
        kind = self.chance.randint(0, 5)
        if kind <= 2:
            return token
        if kind == 3:
            return token[: self.chance.randint(0, len(token))]
        if kind == 4:
            place = self.chance.randrange(len(token))
            return token[:place] + self.chance.choice("AZaz09:-_.") + token[place + 1 :]
        return self.chance.choice([fields["token"] for fields in self.good.values()])

    def body(self, address):
        fields = dict(self.good[address])
        fields["token"] = self.token(fields["token"])
        for _ in range(self.chance.randint(0, 3)):
            fields[self.chance.choice(self.fields)] = self.text()
        if self.chance.random() < 0.2:
            fields.pop(self.chance.choice(list(fields)))
        pairs = [f"{key}={self.encoded(value)}" for key, value in fields.items()]
        if self.chance.random() < 0.1:
            pairs += pairs[:2]
        if self.chance.random() < 0.02:
            pairs += [f"x{n}=1" for n in range(1500)]
        return "&".join(pairs).encode()

    def encoded(self, value):
        codec = self.chance.choice(["utf-8"] * 6 + ["cp874", "utf-16", "latin-1"])
        return quote_from_bytes(value.encode(codec, "replace"))

    def headers(self):
        headers = {}
        if self.chance.random() < 0.9:
            headers["HTTP_SEC_FETCH_SITE"] = self.chance.choice(
                ["same-origin"] * 8 + ["cross-site", "\xff", ""]
            )
        if self.chance.random() < 0.2:
            headers["HTTP_ORIGIN"] = self.chance.choice(
                [
                    "http://testserver",
                    "null",
                    "http://[",
                    "//",
                    "\xff",
                    "http://e:99999",
                ]
            )
        if self.chance.random() < 0.2:
            headers["HTTP_USER_AGENT"] = self.chance.choice(
                ["", "\xff\xfe", "x" * 9000, "\ud800"]
            )
        if self.chance.random() < 0.1:
            headers["CONTENT_LENGTH"] = self.chance.choice(["", "0", "-5", "x", "10"])
        octets = [str(self.chance.randint(0, 255)) for _ in range(4)]
        headers["REMOTE_ADDR"] = self.chance.choice(
            [".".join(octets)] * 9 + ["", "x", "::1", "1.2.3.4, 5.6.7.8"]
        )
        return headers

    def send_as_it_should_be(self, number):
        """What a browser sends, by a visitor nobody else is."""
        address = (FORM, FORM + "rate/")[number % 2]
        return self.client.post(
            address,
            self.good[address],
            headers={"sec-fetch-site": "same-origin"},
            REMOTE_ADDR=f"2001:db8:{number:x}::1",
        )

    def send(self):
        address = self.chance.choice(list(self.good))
        return self.client.generic(
            self.chance.choice(METHODS),
            address + self.chance.choice(["", "", "", "?round=x&token=%00"]),
            self.body(address),
            content_type=self.chance.choice(CONTENT_TYPES[:1] * 12 + CONTENT_TYPES),
            **self.headers(),
        )


@pytest.fixture
def bare_layout(settings):
    """Ours is the form, not the office's header and menu around it."""
    (engine,) = settings.TEMPLATES
    layout = "{% block content %}{% endblock %}"
    loaders = [
        (
            "django.template.loaders.locmem.Loader",
            {"govpub/layouts/base.html": layout},
        ),
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [
        {
            **engine,
            "APP_DIRS": False,
            "OPTIONS": {
                **engine["OPTIONS"],
                "loaders": [("django.template.loaders.cached.Loader", loaders)],
            },
        }
    ]


def test_odd_requests_are_answered_in_words(
    office, survey_round, item, settings, bare_layout
):
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 10
    rating = rate_page(survey_round, of_page(item), "someone", level=3)
    fuzzer = Fuzzer(office, survey_round, item, rating, seed=8)
    statuses = Counter()
    for number in range(REQUESTS):
        if number % AS_IT_SHOULD_BE:
            statuses[fuzzer.send().status_code] += 1
        else:
            good = fuzzer.send_as_it_should_be(number // AS_IT_SHOULD_BE)
            assert good.status_code == 303
    print(dict(sorted(statuses.items())))
    assert set(statuses) <= {200, 303, 400, 403, 404, 405, 413, 422, 429}
    # It did not pass by refusing everything, nor by reaching nothing.
    assert statuses[303] > REQUESTS / 20
    good = REQUESTS // AS_IT_SHOULD_BE
    assert Response.objects.filter(status="counted").count() >= good / 2
    assert PageRating.objects.filter(status="counted").count() >= good / 2
    assert {400, 403, 413, 422} <= set(statuses)
    assert_nothing_wrong_is_stored(survey_round, item)


def assert_nothing_wrong_is_stored(round_, page):
    assert set(Response.objects.values_list("round", flat=True)) == {round_.pk}
    assert set(Answer.objects.values_list("level", flat=True)) <= {1, 2, 3, 4, 5}
    asked = {version.pk for version in asked_now(round_)}
    assert set(Answer.objects.values_list("version", flat=True)) <= asked
    assert set(PageRating.objects.values_list("page", flat=True)) == {page.pk}
    for comment in Comment.objects.all():
        assert 0 < len(comment.text) <= 1000
        assert "\x00" not in comment.text
    everyone = round_.responses.all()
    assert selected_results(round_, everyone) == current_results(round_)
    assert not Tally.objects.filter(count__lt=0).exists()
