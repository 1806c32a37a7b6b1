"""The survey's screens in the admin, in a real browser at both widths."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Site

from govpub.models import Job
from govpub.survey.models import Comment, Question
from govpub.survey.queries import open_round
from govpub.survey.rating import rate_page
from govpub.survey.setup import answer_as_visitor
from govpub.survey.subjects import of_page
from tests.drafts import published_news
from tests.survey.conftest import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

# Wagtail hides what is wider than its main part: a list must scroll, a choice fit.
CUT_OFF = """() => [...document.querySelectorAll("main :is(table, select)")]
    .filter(one => one.getBoundingClientRect().right > innerWidth)
    .filter(one => {
        for (let box = one; box.tagName != "MAIN"; box = box.parentElement)
            if (getComputedStyle(box).overflowX == "auto") return false;
        return one.checkVisibility() && !one.closest(".form-side");
    })
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def heard(browser_page, office, people):
    """A round with answers, comments, one answer held back and a rated page."""
    Site.objects.filter(hostname="localhost").delete()
    Job.objects.create(name="x", last_finished=timezone.now())
    for number in range(12):
        answer_as_visitor(
            office,
            address=f"198.51.100.{number}",
            agent="x",
            levels={"overall": number % 5 + 1, "speed": 4},
            comment="ค้นหาง่ายมาก" if number % 4 == 0 else "",
        )
    round_ = open_round(office)
    Browser(office).answer(round_, website="http://spam.example/")
    page = published_news(office, people)
    for number in range(6):
        rate_page(round_, of_page(page), f"v{number}", level=2, helpful=number % 2 == 0)
    return page


def addresses(page):
    report = reverse("govpub_survey_report:index")
    comment = Comment.objects.first()
    own = Question.objects.filter(site=comment.round.site_id)
    question = own.exclude(aspect=None).first()
    yield report
    yield f"{report}?respondent=&from=1/10/2569"
    yield f"{report}?format=print"
    yield reverse("govpub_survey_held:index")
    for name in ("comments", "questions", "aspects", "rounds"):
        yield reverse(f"govpub_survey_{name}:index")
    yield reverse("govpub_survey_comments:edit", args=[comment.pk])
    yield reverse("govpub_survey_questions:edit", args=[question.pk])
    yield reverse("govpub_survey_questions:add")
    yield reverse("govpub_survey_aspects:edit", args=[question.aspect_id])
    yield reverse("govpub_survey_rounds:edit", args=[comment.round_id])
    yield reverse("govpub_survey_rounds:add")


def faults_at(window, address, width, axe):
    window.set_viewport_size({"width": width, "height": 900})
    assert window.evaluate("document.documentElement.scrollWidth") <= width, address
    assert window.evaluate(CUT_OFF) == [], address
    errors = window.locator(".messages li.error").all_inner_texts()
    assert not errors, (address, errors)
    result = axe.run(window, options=RULES)
    return result.generate_report() if result.violations_count else ""


def test_the_surveys_screens_fit_and_axe_finds_nothing(
    browser_page, heard, people, client, live_server
):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    client.force_login(people.webmaster)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    window, found = browser_page(360), {}
    window.context.add_cookies([{**cookie, "url": live_server.url}])
    for address in addresses(heard):
        window.set_viewport_size({"width": 360, "height": 900})
        assert window.goto(address).ok, address
        for width in (360, 1280):
            if words := faults_at(window, address, width, axe):
                found[width, address] = words
    assert not found, "\n".join(f"{at}\n{words}" for at, words in found.items())
