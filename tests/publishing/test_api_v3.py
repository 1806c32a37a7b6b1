"""A site that mounts Wagtail's API v3 opens no way around the procedure.

It is asked as a program asks it: by anybody, and with the token of a person, also of
the superuser, whom Wagtail lets do everything.
"""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import include, path

from wagtail.api.v3.urls import api
from wagtail.models import APIToken, WorkflowState

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.doctor import examine
from govpub.publishing.models import HeadApprovalTask, PublicationRequest
from tests.drafts import category
from tests.publishing.screens import fresh, later

urlpatterns = [path("api/v3/", api.urls), path("", include("config.urls"))]
pytestmark = pytest.mark.django_db

PAGES = "/api/v3/pages/"
WHO = ("officer", "head", "webmaster", "superuser")


@pytest.fixture(autouse=True)
def mounted():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def ask(people):
    """Asks the mounted API with the token of a person."""

    def send(who, method, address, data=None):
        _token, secret = APIToken.create_token(user=getattr(people, who), name="x")
        send_it = getattr(Client(raise_request_exception=False), method)
        return send_it(
            f"{PAGES}{address}",
            data or {},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return send


def act(page, name):
    return f"{page.pk}/actions/{name}/"


def test_what_the_api_does_to_a_page_of_wagtails_own(stock, people, ask):
    """It publishes, hides and deletes without a word about a review."""
    plain, state = stock.submitted(people.superuser)
    assert ask("superuser", "post", act(plain, "publish")).status_code == 200
    assert stock.fresh(plain).live
    state.refresh_from_db()
    assert state.status == "cancelled"
    assert ask("superuser", "post", act(plain, "unpublish")).status_code == 200
    assert not stock.fresh(plain).live


@pytest.mark.parametrize("who", WHO)
def test_nobody_publishes_by_it(page, ask, who):
    request = procedure.propose(page, by=page.owner)
    answers = [
        ask(who, "post", act(page, "publish")),
        ask(
            who,
            "patch",
            f"{page.pk}/",
            {
                "title": "แก้",
                "meta": {"type": "govpub_categories.NewsPage", "action": "publish"},
            },
        ),
    ]
    assert {answer.status_code for answer in answers} <= {403, 422}
    assert not fresh(page).live
    request.refresh_from_db()
    assert request.status == "proposed"
    assert fresh(page).latest_revision_id == request.current_round.revision_id


def test_creating_it_published(office, ask):
    answer = ask(
        "superuser",
        "post",
        "",
        {
            "title": "ใหม่",
            "slug": "by-the-api",
            "meta": {
                "type": "govpub_categories.NewsPage",
                "parent_id": category(office, 8).pk,
                "action": "publish",
            },
        },
    )
    assert 400 <= answer.status_code < 500, answer.content
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("who", WHO)
def test_nobody_hides_moves_or_deletes_by_it(office, public, ask, who):
    target = category(office, 1)
    revision = public.latest_revision_id
    for answer in (
        ask(who, "post", act(public, "unpublish")),
        ask(who, "post", act(public, "move"), {"destination_id": target.pk}),
        ask(who, "delete", f"{public.pk}/"),
        ask(who, "delete", act(public, "delete")),
        ask(who, "post", act(public, "create_alias")),
    ):
        assert 400 <= answer.status_code < 500, answer.content
    assert fresh(public).is_public
    assert fresh(public).latest_revision_id == revision
    assert fresh(public).get_parent() != target


@pytest.mark.parametrize("who", ["officer", "superuser"])
def test_a_copy_is_a_draft_or_nothing(public, ask, who):
    for keep_live in (True, False):
        data = {"keep_live": keep_live, "slug": f"copy-{keep_live}".lower()}
        assert ask(who, "post", act(public, "copy"), data).status_code < 500
    assert NewsPage.objects.live().count() == 1
    assert PublicationRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "superuser"])
def test_nobody_reverts_what_is_under_review(page, people, ask, who):
    old = page.latest_revision_id
    page.summary = "ฉบับที่เสนอ"
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    answer = ask(who, "post", act(page, "revert"), {"revision_id": old})
    assert answer.status_code == 403, answer.content
    assert (
        HeadApprovalTask.objects.get(site=request.site).name in answer.json()["detail"]
    )
    procedure.allow(request, by=people.head)


def test_a_token_is_no_way_into_a_review(page, people, ask):
    """Locked content is not edited there, and no decision is taken."""
    procedure.propose(page, by=people.officer)
    newest = fresh(page).latest_revision_id
    for who in WHO:
        answer = ask(
            who,
            "patch",
            f"{page.pk}/",
            {"title": "แก้", "meta": {"type": "govpub_categories.NewsPage"}},
        )
        assert 400 <= answer.status_code < 500, answer.content
    assert fresh(page).latest_revision_id == newest
    assert WorkflowState.objects.active().for_instance(page).exists()
    assert list(examine()) == []


def test_anybody_is_shown_only_what_is_public(page, public, client):
    """Neither a draft, nor what is over and was not taken down yet."""

    def shown():
        listed = client.get(PAGES, {"type": "govpub_categories.NewsPage"}).json()
        keys = {row["id"] for row in listed["items"]}
        for key in (page.pk, public.pk):
            for address in (f"{PAGES}{key}/", f"{PAGES}{key}/?version=draft"):
                assert (client.get(address).status_code == 200) == (key in keys)
            found = client.get(f"{PAGES}find/", {"id": key})
            assert (found.status_code == 302) == (key in keys)
        return keys

    assert shown() == {public.pk}
    for one in (page, public):
        path_ = one.get_url_parts()[2]
        found = client.get(f"{PAGES}find/", {"html_path": path_})
        assert found.status_code == (302 if one == public else 404)
    assert client.get(f"{PAGES}{public.pk}/revisions/").status_code == 401
    with later(40):
        assert fresh(public).live
        assert shown() == set()
