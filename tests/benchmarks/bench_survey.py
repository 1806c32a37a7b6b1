"""What an answer costs, and that results do not get slower as answers grow.

    python -m tests.benchmarks.bench_survey            (SQLite, or DATABASE_URL)

Prints ratios. An answer is a POST through the whole stack; beside it a bare Django form
that saves one row, through the same stack. Results are timed at 1,000, 10,000 and
100,000 answers.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from django import forms  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import path  # noqa: E402

from wagtail.models import Locale, Page, Site  # noqa: E402

from config.urls import urlpatterns as site_urls  # noqa: E402
from govpub.survey.models import Answer, Comment, Response, Tally  # noqa: E402
from govpub.survey.queries import asked_now, current_results, open_round  # noqa: E402
from govpub.survey.sections import statistics_section  # noqa: E402
from govpub.survey.setup import ensure_survey  # noqa: E402
from tests.survey.conftest import old_token  # noqa: E402

ROUNDS = 300
SIZES = (1_000, 10_000, 100_000)
RESULTS = "/statistics/survey/results/"


class BareForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["round", "text"]


def bare(request):
    form = BareForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    form.save()
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/", bare), *site_urls]


def make_office():
    Locale.objects.get_or_create(language_code="th")
    front = Page.get_first_root_node().add_child(title="x", slug="x")
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="testserver", root_page=front, is_default_site=True
    )
    ensure_survey(site)
    return site


def least_ms(work):
    """The least of thirty: what others on the machine disturb is left out."""
    return min(timed(work, None) for _ in range(30))


def medians_by_turns(one, other):
    """Both by turns, so that a busy machine slows them alike."""
    one(ROUNDS), other(ROUNDS)  # the first call loads templates
    taken = [(timed(one, n), timed(other, n)) for n in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def timed(work, number):
    start = time.perf_counter()
    work(number)
    return (time.perf_counter() - start) * 1000


def time_submissions(site):
    round_ = open_round(site)
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 10**9
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    answer = {f"q{version.pk}": "4" for version in asked_now(round_)}
    answer["token"] = old_token(f"round:{round_.pk}")
    row = {"round": round_.pk, "text": "x"}

    def submit(number):
        address = f"10.1.{number // 250}.{number % 250}"
        sent = client.post("/statistics/survey/", answer, REMOTE_ADDR=address)
        assert sent.status_code == 303, sent.status_code

    def save(number):
        assert client.post("/bare/", row).status_code == 302

    for what in ("a first answer", "replacing it"):
        plain, full = medians_by_turns(save, submit)
        print(
            f"bare form {plain:.2f} ms, {what} {full:.2f} ms, ratio {full / plain:.2f}"
        )


def fill_up(round_, total):
    """Answers and their tallies in bulk, as if given one by one."""
    versions = list(asked_now(round_))
    have = Response.objects.filter(round=round_).count()
    for first in range(have, total, 5_000):
        numbers = range(first, min(first + 5_000, total))
        responses = Response.objects.bulk_create(
            Response(round=round_, visitor=f"v{n}", answered_at=round_.opened_at)
            for n in numbers
        )
        Answer.objects.bulk_create(
            Answer(response=response, version=version, level=(n + place) % 5 + 1)
            for n, response in zip(numbers, responses, strict=True)
            for place, version in enumerate(versions)
        )
    for version in versions:
        for level in range(1, 6):
            given = Answer.objects.filter(version=version, level=level).count()
            Tally.objects.update_or_create(
                round=round_, version=version, level=level, defaults={"count": given}
            )


def time_results(site):
    round_, request, client = open_round(site), RequestFactory().get("/"), Client()
    ways = {
        "table": lambda _=None: current_results(round_),
        "section of the statistics page": lambda _=None: statistics_section(
            request, site
        ),
        "whole page of results": lambda _=None: client.get(RESULTS),
    }
    first = {}
    for size in SIZES:
        fill_up(round_, size)
        print(f"{current_results(round_).n:>7} answers")
        for name, ask in ways.items():
            ask()
            with CaptureQueriesContext(connection) as queries:
                ask()
            asked = len(queries)  # the next request empties the list
            taken = least_ms(ask)
            ratio = taken / first.setdefault(name, taken)
            print(
                f"        {name}: {taken:.2f} ms with {asked} queries, "
                f"ratio to the first {ratio:.2f}"
            )


def main():
    setup_test_environment()
    settings.ROOT_URLCONF = __name__
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        site = make_office()
        print(connection.vendor)
        time_submissions(site)
        time_results(site)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
