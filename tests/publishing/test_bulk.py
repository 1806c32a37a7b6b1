"""Several proposals allowed at once: each is shown, changed ones are left out."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from govpub.publishing import procedure
from govpub.publishing.models import Act, Appointment
from govpub.publishing.views import bulk
from govpub.roles import Role
from tests.conftest import make_person
from tests.publishing.proposals import (
    html,
    overwrite,
    propose,
    propose_with_file,
    send_back_and_propose_again,
)

pytestmark = pytest.mark.django_db
BULK = "/admin/govpub/requests/allow/"


def tokens(client, *requests):
    """What the confirmation page would post for the chosen requests."""
    page = client.get(BULK, {"item": [request.pk for request in requests]})
    return [item.token for item in page.context["items"]]


def test_each_item_is_shown_with_its_digest(office, people, logged_in):
    one, document = propose_with_file(office, people, summary="สรุปเรื่องแรก")
    two = propose(office, people, title="เรื่องที่สอง")
    response = logged_in("head").get(BULK, {"item": [one.pk, two.pk]})
    page = html(response)
    for request in (one, two):
        assert request.topic in page
        assert request.current_round.digest in page
    assert "สรุปเรื่องแรก" in page
    assert document.title in page


def test_all_chosen_are_allowed_with_one_confirmation(office, people, logged_in):
    requests = [propose(office, people, title=f"เรื่อง {n}") for n in range(3)]
    head = logged_in("head")
    response = head.post(BULK, {"item": tokens(head, *requests)})
    assert response.status_code == 200
    assert len(response.context["allowed"]) == 3
    allowed = Act.objects.filter(outcome="allowed", user=people.head)
    assert allowed.count() == 3
    assert all(act.acknowledged for act in allowed)


def test_changed_and_decided_items_are_left_out_and_named(office, people, logged_in):
    fine, changed, again, decided, refused = (
        propose(office, people, title=f"เรื่องที่ {n}") for n in range(5)
    )
    head = logged_in("head")
    posted = tokens(head, fine, changed, again, decided, refused)
    overwrite(changed, summary="แอบแก้")
    send_back_and_propose_again(again, people, summary="ใหม่")
    procedure.allow(decided, by=people.head2)
    procedure.refuse(refused, by=people.head2, words="x")
    before = Act.objects.count()
    response = head.post(BULK, {"item": posted})
    assert [result.request for result in response.context["allowed"]] == [fine]
    assert Act.objects.count() == before + 1
    page = html(response)
    for request in (changed, again, decided, refused):
        assert request.topic in page
    assert "head2" in page  # who was faster
    changes = [r.request for r in response.context["refused"] if r.is_changed]
    assert changes == [changed, again]
    seen = next(r.seen for r in response.context["refused"] if r.request == again)
    address = reverse("govpub_publishing:changed", args=[again.pk])
    assert "ใหม่" in html(head.get(address, {"seen": seen}))


def test_one_that_fails_does_not_undo_the_others(
    office, people, logged_in, monkeypatch
):
    one, two, three = (propose(office, people, title=f"ที่ {n}") for n in range(3))
    head = logged_in("head")
    posted = tokens(head, one, two, three)
    allow = procedure.allow

    def fails_for_two(request, **options):
        result = allow(request, **options)
        if request.pk == two.pk:
            raise RuntimeError("disk full")
        return result

    # The act of the second one is undone with it: each has its own transaction.
    monkeypatch.setattr(bulk.procedure, "allow", transaction.atomic(fails_for_two))
    response = head.post(BULK, {"item": posted})
    assert [r.request for r in response.context["allowed"]] == [one, three]
    assert [r.request for r in response.context["refused"]] == [two]
    outcomes = set(
        Act.objects.filter(outcome="allowed").values_list("round__request", flat=True)
    )
    assert outcomes == {one.pk, three.pk}


@pytest.mark.parametrize("name", ["officer", "officer2", "webmaster", "superuser"])
def test_only_the_head_allows_several(proposed, logged_in, name):
    client = logged_in(name)
    page = client.get(BULK, {"item": proposed.pk})
    assert not page.context["items"]
    token = f"{proposed.pk}:{proposed.current_round.digest}"
    response = client.post(BULK, {"item": token})
    assert not response.context["allowed"]
    assert Act.objects.count() == 1


def test_own_proposal_is_left_out_for_its_proposer(office, people, logged_in):
    Appointment.objects.create(
        site=office, user=people.head, role=Role.OFFICER, position="x"
    )
    own = propose(office, people, "head", title="เรื่องของตน")
    other = propose(office, people)
    head = logged_in("head")
    page = head.get(BULK, {"item": [own.pk, other.pk]})
    assert [item.request for item in page.context["items"]] == [other]
    assert [item.request for item in page.context["skipped"]] == [own]
    assert "ผู้เสนอหรือผู้แก้ไข" in html(page)
    token = f"{own.pk}:{own.current_round.digest}"
    response = head.post(BULK, {"item": [token, *tokens(head, other)]})
    assert [result.request for result in response.context["allowed"]] == [other]
    own.refresh_from_db()
    assert own.status == "proposed"


@pytest.mark.parametrize(
    "item", ["", "x", "0", "-1", "9" * 30, "1:", "²:x", "1:<b>", "99999:abc"]
)
def test_nonsense_allows_nothing(proposed, logged_in, item):
    head = logged_in("head")
    assert head.get(BULK, {"item": item}).status_code == 200
    response = head.post(BULK, {"item": item.replace("1:", f"{proposed.pk}:")})
    assert response.status_code == 200
    assert not response.context["allowed"]
    assert Act.objects.count() == 1


def test_no_more_than_can_be_looked_through(office, people, logged_in, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    requests = [propose(office, people, title=f"เรื่อง {n}") for n in range(3)]
    response = logged_in("head").get(BULK, {"item": [r.pk for r in requests]})
    assert len(response.context["items"]) == 2
    assert response.context["too_many"]


def test_other_offices_items_are_not_there(proposed, second_office, client):
    client.force_login(make_person("stranger", second_office, Role.HEAD))
    page = client.get(BULK, {"item": proposed.pk})
    assert proposed.topic not in html(page)
    token = f"{proposed.pk}:{proposed.current_round.digest}"
    assert proposed.topic not in html(client.post(BULK, {"item": token}))
    assert Act.objects.count() == 1
