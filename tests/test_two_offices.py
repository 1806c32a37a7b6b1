"""Two offices in one installation: neither sees, counts or decides the other's."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape

import pytest
from django.apps import apps
from django.core.cache import cache
from django.urls import reverse

from wagtail.models import Page, Site

from govpub.categories.models import Responsibility
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import NotYourTurn
from govpub.publishing.permissions import visible_requests, waiting_for
from govpub.roles import Role
from govpub.stats.collector import get_collector
from govpub.stats.models import DailyCount, Kind
from govpub.stats.offices import forget_offices
from govpub.survey.queries import open_round, results_of
from tests.conftest import make_person
from tests.drafts import draft_news, published_news
from tests.stats.conftest import FIREFOX
from tests.survey.conftest import Browser

pytestmark = pytest.mark.django_db
SECRET = "เฉพาะหน่วยงานหนึ่ง"
# What the installation has once, and why that tells nobody of an office.
SHARED = {
    "govpub_publishing.ExtractedText": "words of a file, read only with its document",
    "govpub.Job": "when the scheduler does what, for all offices",
    "govpub_stats.Drained": "which spool files were counted, by their names",
    "govpub_stats.Loss": "how many visits this computer could not keep",
    "govpub_survey.NetworkCount": "answers of one network within ten minutes",
    "govpub_evidence.SignaturePicture": "belongs to a person, in whichever office",
}


@pytest.fixture
def others(second_office):
    """An officer, a head and a Web Master of the second office."""
    roles = (Role.OFFICER, Role.HEAD, Role.WEBMASTER)
    return {role: make_person(f"other-{role}", second_office, role) for role in roles}


@pytest.fixture
def request_of_first(office, people):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def test_neither_decides_the_others(request_of_first, others, people):
    with pytest.raises(NotYourTurn):
        procedure.allow(request_of_first, by=others[Role.HEAD])
    procedure.allow(request_of_first, by=people.head)
    with pytest.raises(NotYourTurn):
        procedure.put_up(
            request_of_first, by=others[Role.WEBMASTER], checks=ALL_CHECKED
        )


def test_nobody_proposes_on_the_others_site(second_office, people):
    page = draft_news(second_office, people.officer)
    with pytest.raises(NotYourTurn):
        procedure.propose(page, by=people.officer)


def test_neither_sees_the_others_requests(request_of_first, others, client):
    for user in others.values():
        assert not visible_requests(user).exists()
        assert not waiting_for(user).exists()
        client.force_login(user)
        address = reverse("govpub_publishing:review", args=[request_of_first.pk])
        assert client.get(address).status_code == 404
        listing = client.get(reverse("govpub_publishing:index"), {"view": "all"})
        assert request_of_first.topic not in listing.content.decode()


def test_neither_sees_the_others_drafts_in_the_page_list(
    request_of_first, others, client
):
    client.force_login(others[Role.OFFICER])
    page = request_of_first.page
    parent = page.get_parent()
    client.get(reverse("wagtailadmin_explore", args=[parent.pk]))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code in (302, 403)


def test_neither_website_shows_the_others_information(office, people, client):
    page = published_news(office, people, title="เฉพาะหน่วยงานหนึ่ง")
    for path in ("/", "/news/", "/search/?q=เฉพาะ", "/feeds/news/", "/sitemap.xml"):
        first = client.get(path, HTTP_HOST="testserver").content.decode()
        second = client.get(path, HTTP_HOST="second.example").content.decode()
        assert page.slug in first, path
        assert page.slug not in second, path
    assert (
        client.get(page.get_url_parts()[2], HTTP_HOST="second.example").status_code
        == 404
    )


def leads_to_an_office(model, seen=()):
    """Whether rows of the model belong to a site, or to a page, which has one."""
    if issubclass(model, Site | Page):
        return True
    return any(
        leads_to_an_office(field.related_model, (*seen, model))
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model
        if field.related_model not in (*seen, model)
        if field.related_model._meta.app_label.startswith(("govpub", "wagtailcore"))
        if not field.null
    )


def test_whatever_is_stored_belongs_to_one_office_or_tells_of_none():
    ours = [m for m in apps.get_models() if m._meta.app_label.startswith("govpub")]
    without = {model._meta.label for model in ours if not leads_to_an_office(model)}
    assert len(ours) > 50
    assert without == set(SHARED)


def test_each_office_numbers_its_own_requests(office, people, second_office, others):
    first = procedure.propose(draft_news(office, people.officer), by=people.officer)
    for site, by, number in (
        (second_office, others[Role.OFFICER], 1),
        (second_office, others[Role.OFFICER], 2),
        (office, people.officer, 2),
    ):
        request = procedure.propose(draft_news(site, by), by=by)
        assert (request.number, request.fiscal_year) == (number, first.fiscal_year)
    assert first.number == 1


def test_neither_counts_the_visitors_of_the_other(
    office, second_office, client, settings, tmp_path
):
    settings.GOVPUB_STATS_DIR = str(tmp_path / "spool")
    forget_offices()
    browser = {"HTTP_USER_AGENT": FIREFOX, "HTTP_ACCEPT_LANGUAGE": "th"}
    for host in ("testserver", "testserver", "second.example"):
        client.get("/news/", HTTP_HOST=host, **browser)
    get_collector().store.drain()
    seen = {
        site: DailyCount.objects.get(subject__site=site, subject__kind=Kind.SITE).views
        for site in (office, second_office)
    }
    assert seen == {office: 2, second_office: 1}


def test_neither_counts_the_answers_of_the_other(office, second_office, client):
    cache.clear()
    Browser(office).answer(open_round(office), {"overall": 1})
    assert results_of(open_round(office)).n == 1
    assert results_of(open_round(second_office)).n == 0
    # The same visitor may answer each office once.
    Browser(second_office).answer(open_round(second_office), {"overall": 5})
    assert results_of(open_round(office)).overall.mean == 1
    assert results_of(open_round(second_office)).overall.mean == 5


def links_of(response):
    """Where a screen of the admin leads to, its menu included."""
    html = response.content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.S)
    menu = json.dumps(json.loads(props[1])) if props else ""
    found = re.findall(r'"(/admin/[^"#]*)', menu)
    found += map(unescape, re.findall(r'href="(/admin/[^"#]*)', html))
    return {link for link in found if not re.search("logout|jsi18n|ordering=", link)}


def screens_that_tell(client, words):
    """The screens one can walk to from the dashboard on which one of the words is.

    Of many screens of one kind, which differ by a number, it looks at three.
    """
    waiting, visited, telling = ["/admin/"], Counter(), {}
    while waiting:
        address = waiting.pop(0)
        visited[kind_of(address)] += 1
        response = client.get(address)
        is_screen = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code != 200 or not is_screen:
            continue
        text = response.content.decode()
        if found := [word for word in words if word in text]:
            telling[address] = found
        for link in sorted(links_of(response)):
            kind = kind_of(link)
            if (
                link not in waiting
                and visited[kind] + sum(kind_of(other) == kind for other in waiting) < 3
            ):
                waiting.append(link)
    assert len(visited) > 12
    return telling


def kind_of(address):
    return re.sub(r"\d+", "#", address.partition("?")[0])


@pytest.mark.slow
def test_no_screen_of_the_admin_shows_anything_of_the_other(
    office, people, others, client
):
    published_news(office, people, title=SECRET)
    procedure.propose(
        draft_news(office, people.officer, title=SECRET), by=people.officer
    )
    Responsibility.objects.filter(site=office).update(responsible=SECRET)
    words = (SECRET, "position of head")
    for role in (Role.OFFICER, Role.HEAD, Role.WEBMASTER):
        client.force_login(others[role])
        assert screens_that_tell(client, words) == {}, role
    # Who belongs to the office meets it on the same walk.
    client.force_login(people.webmaster)
    assert len(screens_that_tell(client, words)) > 3


def test_wagtails_reports_name_nobody_and_nothing_of_the_other(
    request_of_first, others, people, client
):
    usage = reverse("wagtailadmin_reports:page_types_usage")
    moderations = [
        reverse(f"wagtailadmin_reports:{name}")
        for name in ("workflow", "workflow_tasks")
    ]
    for user in (*others.values(), people.webmaster, people.inspector):
        client.force_login(user)
        for address in (usage, f"{usage}results/", f"{usage}?export=csv"):
            assert client.get(address).status_code == 302, user
        assert usage not in client.get("/admin/").content.decode()
    told = (f">{people.officer.username}</option>", "สำนักงานหนึ่ง", SECRET)
    for address in moderations:
        for user in others.values():
            client.force_login(user)
            html = client.get(address).content.decode()
            assert [words for words in told if words in html] == [], (address, user)
        client.force_login(people.officer)
        html = client.get(address).content.decode()
        assert "สำนักงานหนึ่ง" in html
    client.force_login(people.superuser)
    assert request_of_first.topic in client.get(usage).content.decode()
