"""The website's policies: the wording of the software, then the office's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import OfficeSettings
from home.models import PolicyPage
from home.policies import POLICIES, begin_own_wording, stock_wording

pytestmark = pytest.mark.django_db


def put_up(page, people):
    request = procedure.propose(page, by=people.officer)
    request = procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)


def write(client, office, policy="privacy"):
    return client.post(reverse("home_write_policy", args=[office.pk, policy]))


@pytest.mark.parametrize("policy", list(POLICIES))
def test_every_wording_becomes_blocks_to_edit(front, office, policy):
    title, body = stock_wording(policy, OfficeSettings.for_site(office))
    blocks = list(body)
    assert title == str(POLICIES[policy])
    kind = "table" if policy == "cookies" else "heading"
    assert {block["type"] for block in blocks} == {kind, "paragraph"}
    assert all(block["value"] for block in blocks)


def test_an_officer_begins_with_the_wording_of_the_software(
    client, front, office, people
):
    client.force_login(people.officer)
    html = client.get(reverse("home_policies")).content.decode()
    assert str(POLICIES["privacy"]) in html
    response = write(client, office)
    page = PolicyPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(response["Location"]).status_code == 200
    assert "ข้อมูล" in str(page.body)
    assert not page.live
    write(client, office)
    assert PolicyPage.objects.count() == 1


def test_own_wording_is_public_only_after_its_approval(client, front, office, people):
    address = reverse("home:policy", args=["privacy"])
    page = begin_own_wording(office, "privacy", people.officer)
    page.summary = "ถ้อยคำของหน่วยงานเอง"
    page.save_revision(user=people.officer)
    assert "ถ้อยคำของหน่วยงานเอง" not in client.get(address).content.decode()
    put_up(PolicyPage.objects.get(), people)
    shown = client.get(address, follow=True)
    assert shown.status_code == 200
    assert "ถ้อยคำของหน่วยงานเอง" in shown.content.decode()
    assert shown.request["PATH_INFO"] == "/policy-privacy/"


def test_after_its_end_the_wording_of_the_software_is_back(
    client, front, office, people, monkeypatch
):
    page = begin_own_wording(office, "cookies", people.officer)
    put_up(page, people)
    monkeypatch.setattr(PolicyPage, "is_public", False)
    assert client.get(reverse("home:policy", args=["cookies"])).status_code == 200


def test_who_may_not_propose_writes_no_policy(client, front, office, people):
    for person in (people.head, people.superuser):
        client.force_login(person)
        assert write(client, office).status_code == 302
        assert client.get(reverse("home_policies")).status_code == 302
    assert not PolicyPage.objects.exists()


def test_another_office_s_policies_are_not_mine(
    client, front, office, second_office, people
):
    client.force_login(people.officer)
    assert write(client, second_office).status_code == 302
    assert write(client, office, "nonsense").status_code == 404
    assert not PolicyPage.objects.exists()


def test_own_wording_is_found_and_needs_few_queries(client, front, office, people):
    page = begin_own_wording(office, "security", people.officer)
    put_up(page, people)
    html = client.get("/search/", {"q": page.title}).content.decode()
    assert "/policy-security/" in html
