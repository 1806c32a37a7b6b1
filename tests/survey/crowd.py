"""Players that answer the survey at the same moment."""

from __future__ import annotations

import threading

from django.db import connections

from wagtail.models import Site

from govpub.survey.actions import Submission, record_answer
from govpub.survey.models import Answer, NetworkCount, Response, Tally
from govpub.survey.queries import asked_now, open_round, results_of
from govpub.survey.visitors import identify
from tests.survey.conftest import Browser, old_token

FORM = "/statistics/survey/"


def play(host, addresses, threads, *, by_form=1):
    """Let threads answer at the same moment; returns how many were taken.

    One of ``by_form`` sends the form over HTTP; the others enter where the view hands
    over to the record, which spares rendering and routing.
    """
    site = Site.objects.get(hostname=host)
    round_ = open_round(site)
    token = old_token(f"round:{round_.pk}")
    versions = {v.question.code: v.pk for v in asked_now(round_)}
    waiting, taken = list(enumerate(addresses)), []
    gate = threading.Barrier(threads)

    def levels_of(number):
        return {
            versions["overall"]: number % 5 + 1,
            versions["speed"]: 5 - number % 5,
        }

    def send(browser, number, address):
        fields = {f"q{pk}": str(level) for pk, level in levels_of(number).items()}
        sent = browser.post(FORM, {"token": token, **fields}, REMOTE_ADDR=address)
        assert sent.status_code == 303, sent.status_code

    def record(number, address):
        visitor = identify(round_, address=address, agent="Firefox").key
        record_answer(round_, Submission(visitor=visitor, levels=levels_of(number)))

    def answer():
        browser = Browser(site)
        gate.wait()
        while waiting:
            try:
                number, address = waiting.pop()
            except IndexError:
                break
            if number % by_form == 0:
                send(browser, number, address)
            else:
                record(number, address)
            taken.append(number)
        connections.close_all()

    crowd = [threading.Thread(target=answer) for _ in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return len(set(taken))


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
        "from_network": sum(NetworkCount.objects.values_list("count", flat=True)),
        "per_level": sorted(found.overall.counts.values()),
    }


def addresses_of(number, *, same):
    if same:
        return ["198.51.100.7"] * number
    return [f"10.{n // 65536}.{n // 256 % 256}.{n % 256}" for n in range(number)]
