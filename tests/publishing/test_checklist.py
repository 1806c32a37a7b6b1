"""Accurate, complete, current: confirmed by the Web Master, or it stays where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import WorkflowState

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import AlreadyDecided, NotChecked, NotYourTurn
from govpub.publishing.models import Act
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db
SOME = {"accurate": True, "complete": True}


@pytest.fixture
def allowed(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    return procedure.allow(request, by=people.head)


@pytest.fixture
def client(people):
    client = Client()
    client.force_login(people.webmaster)
    return client


@pytest.mark.parametrize(
    "checks",
    [{}, SOME, {**SOME, "current": False}, {**SOME, "current": "yes"}, {"x": True}],
)
def test_each_of_the_three_is_needed(allowed, people, checks):
    with pytest.raises(NotChecked):
        procedure.put_up(allowed, by=people.webmaster, checks=checks)
    allowed.refresh_from_db()
    assert allowed.status == "allowed"


def test_what_was_confirmed_is_kept_with_the_act(allowed, people):
    procedure.put_up(allowed, by=people.webmaster, checks=ALL_CHECKED)
    act = Act.objects.get(outcome="put_up")
    assert act.details == {"checks": dict(ALL_CHECKED)}
    assert act.ledger_entry.data["details"] == act.details


def test_the_review_page_asks_for_them(allowed, client):
    address = reverse("govpub_publishing:review", args=[allowed.pk])
    page = client.get(address).content.decode()
    for name in ALL_CHECKED:
        assert f'name="{name}"' in page
    posted = {"act": "put_up", "seen": allowed.current_round.digest, "accurate": "1"}
    response = client.post(address, posted)
    assert response.status_code == 422
    html = response.content.decode()
    assert 'name="accurate" value="1" checked' in html
    assert 'name="complete" value="1" checked' not in html
    assert client.post(address, {**posted, **ALL_CHECKED}).status_code == 302
    allowed.refresh_from_db()
    assert allowed.status == "published"


def test_wagtails_own_screen_asks_for_them(allowed, client):
    state = WorkflowState.objects.active().get().current_task_state
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[allowed.page_id, "approve", state.pk],
    )
    ajax = {"x-requested-with": "XMLHttpRequest"}
    form = client.get(address, headers=ajax).content.decode()
    for name in ALL_CHECKED:
        assert f"name=\\&quot;{name}" in form or f'name=\\"{name}\\"' in form
    client.post(address, {"comment": "", "accurate": "on"}, headers=ajax)
    allowed.refresh_from_db()
    assert allowed.status == "allowed"
    confirmed = dict.fromkeys(ALL_CHECKED, "on")
    client.post(address, {"comment": "", **confirmed}, headers=ajax)
    allowed.refresh_from_db()
    assert allowed.status == "published"


def test_the_editors_way_past_the_form_is_closed(allowed, people):
    state = WorkflowState.objects.active().get().current_task_state.specific
    task = state.task.specific
    with pytest.raises(BadRequest):
        task.on_action(state, people.webmaster, "approve", accurate="true", complete=1)
    allowed.refresh_from_db()
    assert allowed.status == "allowed"


# --- Also posted elsewhere -----------------------------------------------------


@pytest.fixture
def public(allowed, people):
    return procedure.put_up(allowed, by=people.webmaster, checks=ALL_CHECKED)


PLACE = "ศูนย์ปฏิบัติการต่อต้านการทุจริต"


def test_where_else_it_was_posted_is_recorded(public, client):
    address = reverse("govpub_publishing:elsewhere", args=[public.pk])
    review = reverse("govpub_publishing:review", args=[public.pk])
    assert address in client.get(review).content.decode()
    assert client.get(address).status_code == 200
    today = timezone.localdate()
    posted = {
        "place": PLACE,
        "link": "https://www.example.go.th/1",
        "on": today.isoformat(),
    }
    assert client.post(address, posted).status_code == 302
    act = Act.objects.get(outcome="posted_elsewhere")
    assert act.details == {
        "place": PLACE,
        "link": "https://www.example.go.th/1",
        "date": today.isoformat(),
    }
    assert act.ledger_entry.data["details"]["place"] == PLACE
    public.refresh_from_db()
    assert public.status == "published"


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": " \u200b"},
        {"link": "javascript:alert(1)"},
        {"link": "no link"},
        {"on": "2999-01-01"},
        {"on": "x"},
        {"place": "x\0"},
    ],
)
def test_a_wrong_record_is_refused_in_words(public, client, wrong):
    address = reverse("govpub_publishing:elsewhere", args=[public.pk])
    today = timezone.localdate().isoformat()
    response = client.post(address, {"place": PLACE, "link": "", "on": today, **wrong})
    assert response.status_code == 422
    assert not Act.objects.filter(outcome="posted_elsewhere").exists()


def test_only_the_webmaster_of_something_public_records_it(allowed, people):
    today = timezone.localdate()
    with pytest.raises(AlreadyDecided):
        procedure.record_posted_elsewhere(
            allowed, by=people.webmaster, place=PLACE, link="", on=today
        )
    procedure.put_up(allowed, by=people.webmaster, checks=ALL_CHECKED)
    for name in ("officer", "head", "superuser"):
        with pytest.raises(NotYourTurn):
            procedure.record_posted_elsewhere(
                allowed, by=getattr(people, name), place=PLACE, link="", on=today
            )
    with pytest.raises(ValidationError):
        procedure.record_posted_elsewhere(
            allowed,
            by=people.webmaster,
            place=PLACE,
            link="",
            on=today + timedelta(days=1),
        )
