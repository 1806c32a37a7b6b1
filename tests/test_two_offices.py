"""Two offices in one installation: neither sees, counts or decides the other's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import NotYourTurn
from govpub.publishing.permissions import visible_requests, waiting_for
from govpub.roles import Role
from tests.conftest import make_person
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


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
