"""The inbox: whose turn it is, what is late, and how one finds a request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.permissions import available_acts, waiting_for, waits_for_head
from govpub.roles import Role
from govpub.thai.digits import to_thai_digits
from tests.conftest import make_person
from tests.drafts import category, draft_news, published_news
from tests.publishing.proposals import INBOX, card_html, propose

pytestmark = pytest.mark.django_db


def topics(client, **query):
    """The topics on the cards of a list, in their order."""
    response = client.get(INBOX, query)
    assert response.status_code == 200
    return [card.request.topic for card in response.context["cards"]]


def tabs(client):
    lists = client.get(INBOX).context["lists"]
    return {item["name"]: item["count"] for item in lists}


def late(request, minutes=1):
    """The request was due so many minutes ago, at whatever hour the test runs."""
    PublicationRequest.objects.filter(pk=request.pk).update(
        due_at=timezone.now() - timedelta(minutes=minutes)
    )


# --- Whose turn it is ---------------------------------------------------------


def test_each_step_waits_for_the_right_person(proposed, people, logged_in):
    def whose_turn():
        names = ("officer", "officer2", "head", "webmaster", "inspector")
        return {name for name in names if topics(logged_in(name))}

    assert whose_turn() == {"head"}
    procedure.refuse(proposed, by=people.head, words="ไม่ครบ")
    assert whose_turn() == {"webmaster"}
    procedure.tell_back(proposed, by=people.webmaster)
    assert whose_turn() == {"officer"}
    again = procedure.propose(proposed.page.specific, by=people.officer)
    procedure.allow(again, by=people.head)
    assert whose_turn() == {"webmaster"}
    procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)
    assert whose_turn() == set()


def test_own_proposal_does_not_wait_for_the_head_who_made_it(office, people):
    make_person("both", office, Role.HEAD)
    both = make_person("both_officer", office, Role.OFFICER)
    people.both = both
    Appointment.objects.create(site=office, user=both, role=Role.HEAD, position="x")
    request = propose(office, people, "both")
    assert not waiting_for(both).exists()
    assert request in waiting_for(people.head)


def test_what_the_head_edited_last_does_not_wait_for_him(office, people):
    page = draft_news(office, people.officer)
    page.save_revision(user=people.head)
    request = procedure.propose(type(page).objects.get(pk=page.pk), by=people.officer)
    assert not waiting_for(people.head).exists()
    assert request in waiting_for(people.head2)


def test_second_round_proposed_by_another_counts_as_his(office, people):
    request = propose(office, people)
    procedure.refuse(request, by=people.head, words="ไม่ครบ")
    procedure.tell_back(request, by=people.webmaster)
    again = procedure.propose(request.page.specific, by=people.webmaster)
    Appointment.objects.create(
        site=office, user=people.webmaster, role=Role.HEAD, position="x"
    )
    assert again not in waiting_for(people.webmaster)
    # The head acted in the first round only.
    assert again in waiting_for(people.head)


def test_inbox_agrees_with_the_rule_on_every_request(office, people):
    """What waits for a head is exactly what the rule lets him decide on."""
    for by in ("officer", "officer2", "webmaster"):
        propose(office, people, by)
    edited = draft_news(office, people.officer)
    edited.save_revision(user=people.head2)
    procedure.propose(type(edited).objects.get(pk=edited.pk), by=people.officer)
    for name in ("head", "head2", "officer", "superuser"):
        user = getattr(people, name)
        allowed = {
            request
            for request in PublicationRequest.objects.all()
            if "allow" in available_acts(user, request)
        }
        waiting = PublicationRequest.objects.filter(waits_for_head(user))
        assert set(waiting) == allowed, name


def test_other_office_sees_nothing(proposed, second_office, client):
    stranger = make_person("stranger", second_office, Role.HEAD)
    client.force_login(stranger)
    assert topics(client, view="all") == []
    assert tabs(client)["all"] == 0


# --- Lists and their numbers --------------------------------------------------


def test_tabs_count_what_their_lists_hold(office, people, logged_in):
    waiting = propose(office, people, title="รอ")
    overdue = propose(office, people, title="ช้า")
    returned = propose(office, people, "officer2", title="กลับ")
    late(overdue)
    late(waiting, -1)
    procedure.refuse(returned, by=people.head, words="ไม่ครบ")
    procedure.tell_back(returned, by=people.webmaster)
    published_news(office, people, title="เผยแพร่แล้ว")
    head = logged_in("head")
    assert tabs(head) == {
        "waiting": 2,
        "due": 1,
        "overdue": 1,
        "mine": 0,
        "returned": 1,
        "all": 4,
    }
    for name, count in tabs(head).items():
        assert len(topics(head, view=name)) == count
    assert topics(head, view="overdue") == ["ช้า"]
    assert topics(head) == ["ช้า", "รอ"]
    assert topics(head, view="returned") == ["กลับ"]
    assert tabs(logged_in("officer"))["mine"] == 3


def test_overdue_is_said_in_words_on_the_card(proposed, logged_in):
    head = logged_in("head")
    assert "gp-mark--late" not in card_html(head)
    late(proposed)
    assert "gp-mark--late" in card_html(head)


def test_card_says_what_the_head_needs_to_know(office, people, logged_in):
    propose(
        office,
        people,
        summary="ฉีดวัคซีนฟรี",
        publish_until=timezone.localdate() + timedelta(days=3),
    )
    page = card_html(logged_in("head"))
    for text in ("ฉีดวัคซีนฟรี", "กลุ่มงานบริหาร", category(office, 8).title, "1/25"):
        assert text in page


# --- Finding ------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["วัคซีน", "รุ่น ๒", "รุ่น 2", "๑", "1", "{code}", "{thai_code}", "สุขาภิบาล"],
)
def test_search_finds_in_either_digits(office, people, logged_in, words):
    request = propose(office, people, title="วัคซีนรุ่น 2 กับรุ่น ๒", unit="งานสุขาภิบาล")
    words = words.format(code=request.code, thai_code=to_thai_digits(request.code))
    assert topics(logged_in("head"), q=words) == [request.topic]


@pytest.mark.parametrize("words", ["ไม่มีคำนี้", "9/2599", "วัคซีน ไม่มี"])
def test_search_leaves_out_the_rest(office, people, logged_in, words):
    propose(office, people, title="วัคซีน")
    assert topics(logged_in("head"), q=words) == []


def test_each_filter_narrows(office, people, logged_in):
    one = propose(office, people, title="หนึ่ง", unit="งานหนึ่ง")
    two = propose(office, people, "officer2", title="สอง", unit="งานสอง")
    PublicationRequest.objects.filter(pk=two.pk).update(
        fiscal_year=2560, section="หมวดอื่น", opened_at=timezone.now() - timedelta(400)
    )
    procedure.allow(two, by=people.head)
    head = logged_in("head")
    today = timezone.localdate()
    for query, expected in (
        ({"unit": "งานสอง"}, ["สอง"]),
        ({"officer": people.officer.pk}, ["หนึ่ง"]),
        ({"year": "2560"}, ["สอง"]),
        ({"status": "allowed"}, ["สอง"]),
        ({"section": one.section}, ["หนึ่ง"]),
        ({"since": f"{today:%d/%m}/{today.year + 543}"}, ["หนึ่ง"]),
        ({"until": (today - timedelta(9)).isoformat()}, ["สอง"]),
        ({"status": "allowed", "unit": "งานหนึ่ง"}, []),
    ):
        assert topics(head, view="all", **query) == expected, query


def test_filter_that_cannot_be_read_is_named_and_changes_nothing(proposed, logged_in):
    response = logged_in("head").get(INBOX, {"since": "31/2/2567", "officer": "x"})
    form = response.context["filter_form"]
    assert set(form.errors) == {"since", "officer"}
    assert str(form.errors["since"][0]) in response.content.decode()
    assert len(response.context["cards"]) == 1


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("due", ["ก", "ข", "ค"]),
        ("waiting", ["ค", "ก", "ข"]),
        ("newest", ["ค", "ข", "ก"]),
        ("oldest", ["ก", "ข", "ค"]),
        ("topic", ["ก", "ข", "ค"]),
    ],
)
def test_each_order(office, people, logged_in, order, expected):
    now = timezone.now()
    for title, due, waits in (("ก", 1, 2), ("ข", 2, 1), ("ค", None, 3)):
        request = propose(office, people, title=title)
        PublicationRequest.objects.filter(pk=request.pk).update(
            due_at=due and now + timedelta(minutes=due),
            waiting_since=now - timedelta(minutes=waits),
        )
    assert topics(logged_in("head"), sort=order) == expected


def test_pages_of_the_list(office, people, logged_in, monkeypatch):
    monkeypatch.setattr("govpub.publishing.views.inbox.InboxView.paginate_by", 2)
    for number in range(5):
        propose(office, people, title=f"เรื่อง {number}")
    head = logged_in("head")
    query = {"sort": "oldest"}
    assert topics(head, **query) == ["เรื่อง 0", "เรื่อง 1"]
    assert topics(head, page=3, **query) == ["เรื่อง 4"]
    for nonsense in ("99", "x", "-1"):
        assert topics(head, page=nonsense, **query)
    assert "sort=oldest&amp;page=2" in card_html(head, **query)
