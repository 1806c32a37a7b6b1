"""Players that answer the survey at the same moment."""

from __future__ import annotations

import json
import threading

from django.conf import settings
from django.db import connections
from django.test.utils import setup_test_environment

from wagtail.models import Site

from govpub.survey.models import Answer, Response, Tally
from govpub.survey.queries import open_round, results_of
from tests.survey.conftest import Browser, filled, old_token

FORM = "/statistics/survey/"


def play(host, addresses, threads):
    """Let threads answer at the same moment; returns the statuses."""
    site = Site.objects.get(hostname=host)
    round_ = open_round(site)
    token = old_token(f"round:{round_.pk}")
    forms = [
        {"token": token, **filled(round_, {"overall": n + 1, "speed": 5 - n})}
        for n in range(5)
    ]
    waiting, statuses = list(enumerate(addresses)), []
    gate = threading.Barrier(threads)

    def answer():
        browser = Browser(site)
        gate.wait()
        while True:
            try:
                number, address = waiting.pop()
            except IndexError:
                break
            sent = browser.post(FORM, forms[number % 5], REMOTE_ADDR=address)
            statuses.append(sent.status_code)
        connections.close_all()

    crowd = [threading.Thread(target=answer) for _ in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return statuses


def summary(round_):
    """What the database says afterwards, from the answers and from the tallies."""
    found = results_of(round_)
    return {
        "responses": Response.objects.filter(round=round_).count(),
        "answers": Answer.objects.filter(response__round=round_).count(),
        "n": found.n,
        "tallied": sum(
            Tally.objects.filter(round=round_).values_list("count", flat=True)
        ),
        "per_level": sorted(found.overall.counts.values()),
    }


def addresses_of(number, *, same):
    if same:
        return ["198.51.100.7"] * number
    return [f"10.{n // 65536}.{n // 256 % 256}.{n % 256}" for n in range(number)]


def main(host, number, same, threads):
    """The players of the copy; prints what they found as one line of JSON."""
    setup_test_environment()
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 1_000_000
    addresses = addresses_of(int(number), same=bool(int(same)))
    statuses = play(host, addresses, int(threads))
    round_ = open_round(Site.objects.get(hostname=host))
    print(json.dumps({"statuses": statuses, **summary(round_)}))
