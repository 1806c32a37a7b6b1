"""The screens of an urgent case, as Web Master and head use them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from govpub.publishing import procedure
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(office, people):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def screen(name, request):
    return reverse(f"govpub_publishing:{name}", args=[request.pk])


def answers(request, people, **changes):
    head = Appointment.objects.get(user=people.head, role=Role.HEAD)
    return {
        "given_by": head.pk,
        "given_at": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "words": "น้ำท่วม",
        "seen": request.current_round.digest,
        **changes,
    }


def state(request):
    return PublicationRequest.objects.get(pk=request.pk)


def permit(client, people, request):
    client.force_login(people.webmaster)
    return client.post(screen("verbal", request), answers(request, people))


def test_the_web_master_records_it_from_the_review_page(proposed, people, client):
    client.force_login(people.webmaster)
    review = client.get(screen("review", proposed)).content.decode()
    assert screen("verbal", proposed) in review
    page = client.get(screen("verbal", proposed)).content.decode()
    assert "position of head2" in page
    assert permit(client, people, proposed).status_code == 302
    assert state(proposed).status == "allowed"
    review = client.get(screen("review", proposed)).content.decode()
    assert "อนุญาตทางวาจา ต้องยืนยันเป็นลายลักษณ์อักษรภายใน" in review
    assert "น้ำท่วม" in review


def test_the_head_finds_it_waiting_and_confirms(proposed, people, client):
    permit(client, people, proposed)
    client.force_login(people.head)
    inbox = client.get(reverse("govpub_publishing:index")).content.decode()
    assert screen("review", proposed) in inbox
    assert screen("confirm", proposed) in (
        client.get(screen("review", proposed)).content.decode()
    )
    page = client.get(screen("confirm", proposed)).content.decode()
    assert "position of head" in page
    answer = client.post(
        screen("confirm", proposed),
        {"act": "confirm", "seen": proposed.current_round.digest, "words": ""},
    )
    assert answer.status_code == 302
    assert state(proposed).confirm_by is None
    inbox = client.get(reverse("govpub_publishing:index")).content.decode()
    assert screen("review", proposed) not in inbox


def test_not_confirming_needs_reasons(proposed, people, client):
    permit(client, people, proposed)
    client.force_login(people.head)
    data = {"act": "refuse", "seen": proposed.current_round.digest, "words": "\u200b"}
    answer = client.post(screen("confirm", proposed), data)
    assert answer.status_code == 422
    assert "โปรด" in answer.content.decode()
    assert state(proposed).status == "allowed"
    client.post(screen("confirm", proposed), {**data, "words": "ไม่ได้อนุญาต"})
    assert state(proposed).status == "returned"


@pytest.mark.parametrize(
    "changes",
    [
        {"given_by": ""},
        {"given_by": "999999"},
        {"given_at": ""},
        {"given_at": "2566-02-29 10:00"},
        {"given_at": "2999-01-01 10:00"},
        {"seen": "x"},
        {"words": "ก\0ข"},
    ],
)
def test_bad_answers_are_told_and_change_nothing(proposed, people, client, changes):
    client.force_login(people.webmaster)
    answer = client.post(
        screen("verbal", proposed), answers(proposed, people, **changes)
    )
    assert answer.status_code == 422
    assert state(proposed).status == "proposed"
    assert proposed.acts.count() == 1


@pytest.mark.parametrize("who", ["officer", "officer2", "head2", "inspector"])
def test_others_cannot_record_it(proposed, people, client, who):
    client.force_login(getattr(people, who))
    assert screen("verbal", proposed) not in (
        client.get(screen("review", proposed)).content.decode()
    )
    answer = client.post(screen("verbal", proposed), answers(proposed, people))
    assert answer.status_code == 422
    assert state(proposed).status == "proposed"
