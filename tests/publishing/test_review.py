"""The review page, several allowed at once, and “changed since you looked”."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import Revision

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.models import Act, Appointment, PublicationRequest
from govpub.publishing.review import is_tampered
from govpub.publishing.views import bulk
from govpub.roles import Role
from tests.conftest import make_person
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db

BULK = "/admin/govpub/requests/allow/"


@pytest.fixture
def logged_in(people):
    def login(name):
        client = Client()
        client.force_login(getattr(people, name))
        return client

    return login


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def propose(office, people, by="officer", **fields):
    officer = getattr(people, by)
    return procedure.propose(draft_news(office, officer, **fields), by=officer)


def propose_with_file(office, people, content=b"text", **fields):
    document = get_document_model().objects.create(
        title="เอกสารแนบท้าย", file=ContentFile(content, name="a.txt")
    )
    page = draft_news(office, people.officer, **fields)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    return procedure.propose(fresh(page), by=people.officer), document


@pytest.fixture
def proposed(office, people):
    return propose(office, people)


def review(request):
    return reverse("govpub_publishing:review", args=[request.pk])


def send_back_and_propose_again(request, people, **changes):
    """A second round of the same dossier, with other content."""
    procedure.refuse(request, by=people.head, words="ข้อมูลไม่ครบ\nขาดแผนที่")
    procedure.tell_back(request, by=people.webmaster)
    draft = fresh(request.page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.officer)
    return procedure.propose(fresh(draft), by=people.officer)


def html(response):
    return response.content.decode()


# --- What the page shows ------------------------------------------------------


def test_form_stands_in_the_order_of_the_paper(office, people, logged_in):
    request, document = propose_with_file(
        office, people, summary="สรุป", remark="หมายเหตุท้ายแบบ"
    )
    page = html(logged_in("head").get(review(request)))
    order = [
        "ชื่อกลุ่มงานหรือหน่วยงานย่อย",
        "วัน/เดือน/ปี",
        "รายละเอียดข้อมูล",
        "เอกสารแนบท้าย",
        "หมายเหตุท้ายแบบ",
        "ผู้รับผิดชอบการให้ข้อมูล",
        "ผู้อนุมัติรับรอง",
        "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่",
    ]
    assert [text for text in order if text not in page] == []
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert "TXT" in page
    assert request.current_round.files.get().digest in page
    assert document.url in page


@pytest.mark.parametrize(
    "name", ["officer", "officer2", "webmaster", "inspector", "head2", "superuser"]
)
def test_everybody_concerned_sees_all_earlier_reasons(
    proposed, people, logged_in, name
):
    again = send_back_and_propose_again(proposed, people, summary="แก้แล้ว")
    page = html(logged_in(name).get(review(again)))
    assert "ข้อมูลไม่ครบ\nขาดแผนที่" in page
    assert page.count("ขาดแผนที่") == 2  # above the form, and in the history
    assert "รอบที่ 1" in page
    assert "รอบที่ 2" in page


def test_differences_with_the_website_and_with_the_round_before(
    office, people, logged_in
):
    page = published_news(office, people, summary="ของเดิมบนเว็บ")
    page.summary = "ฉบับแรกที่เสนอ"
    page.publish_until = timezone.localdate() + timedelta(days=60)
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    first = logged_in("head").get(review(request)).context["dossier"]
    changed = {comparison.field.name for comparison in first.with_live.fields}
    assert changed == {"summary", "publish_until"}
    assert first.with_previous is None
    again = send_back_and_propose_again(request, people, summary="ฉบับที่สอง")
    response = logged_in("head").get(review(again))
    second = response.context["dossier"]
    assert [field.field.name for field in second.with_previous.fields] == ["summary"]
    assert 'class="deletion"' in html(response)
    # Dates are compared as people read them.
    assert f"{timezone.localdate().year + 543}" in str(
        next(
            field.htmldiff()
            for field in second.with_live.fields
            if field.field.name == "publish_until"
        )
    )


def test_new_information_has_nothing_to_differ_from(proposed, logged_in):
    shown = logged_in("head").get(review(proposed)).context["dossier"]
    assert shown.with_live is None
    assert shown.with_previous is None


def test_exchanged_file_is_among_the_differences(office, people, logged_in):
    request, _document = propose_with_file(office, people)
    procedure.refuse(request, by=people.head, words="x")
    procedure.tell_back(request, by=people.webmaster)
    draft = fresh(request.page)
    draft.attachments.all().delete()
    other = get_document_model().objects.create(
        title="ฉบับใหม่", file=ContentFile(b"other", name="b.txt")
    )
    draft.attachments = [type(draft.attachments.model())(document=other)]
    draft.save_revision(user=people.officer)
    again = procedure.propose(fresh(draft), by=people.officer)
    files = logged_in("head").get(review(again)).context["dossier"].with_previous.files
    assert {(file.title, file.change) for file in files} == {
        ("เอกสารแนบท้าย", "removed"),
        ("ฉบับใหม่", "added"),
    }


# --- Preview ------------------------------------------------------------------


def preview(request, number=1):
    return reverse("govpub_publishing:preview", args=[request.pk, number])


@pytest.mark.parametrize("name", ["officer2", "head", "webmaster", "inspector"])
def test_preview_shows_the_round_while_it_is_locked(office, people, logged_in, name):
    page = published_news(office, people, summary="ของเดิมบนเว็บ")
    page.summary = "ที่เสนอใหม่"
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    response = logged_in(name).get(preview(request))
    assert response.status_code == 200
    assert "ที่เสนอใหม่" in html(response)
    assert "ของเดิมบนเว็บ" not in html(response)
    # So that it can stand in a frame of the review page, and of nothing else.
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "private" in response["Cache-Control"]


def test_preview_is_not_for_strangers(proposed, second_office, client):
    assert client.get(preview(proposed)).status_code == 302
    client.force_login(make_person("stranger", second_office, Role.HEAD))
    assert client.get(preview(proposed)).status_code == 404
    assert client.get(review(proposed)).status_code == 404


def test_preview_is_not_counted_as_a_visit(proposed, logged_in, monkeypatch):
    counted = []
    monkeypatch.setattr(
        "govpub.stats.middleware.record", lambda *args: counted.append(args)
    )
    assert logged_in("head").get(preview(proposed)).status_code == 200
    assert counted == []


# --- Deciding -----------------------------------------------------------------


def decide(client, request, act, **posted):
    seen = request.current_round.digest
    return client.post(review(request), {"act": act, "seen": seen, **posted})


def test_two_buttons_with_the_official_words(proposed, logged_in):
    page = html(logged_in("head").get(review(proposed)))
    assert "ทราบ / อนุญาตเผยแพร่" in page
    assert "ทราบ / ไม่อนุญาต (เหตุผล)" in page


@pytest.mark.parametrize(("act", "outcome"), [("allow", "ALLOWED"), ("refuse", "x")])
def test_acknowledgement_is_stored_with_the_decision(proposed, logged_in, act, outcome):
    client = logged_in("head")
    decide(client, proposed, act, words="เหตุผล", acknowledged="1")
    assert Act.objects.last().acknowledged
    assert "ทราบ / " in html(client.get(review(proposed)))


def test_usual_reasons_come_before_what_was_written(proposed, logged_in):
    decide(
        logged_in("head"),
        proposed,
        "refuse",
        preset=["2", "3"],
        words="หน้า ๓ มีเลขบัตร\r\nโปรดปิด",
    )
    assert Act.objects.last().words == (
        "ข้อมูลไม่ครบถ้วนหรือไม่ถูกต้อง\nมีข้อมูลส่วนบุคคล\nหน้า ๓ มีเลขบัตร\nโปรดปิด"
    )


@pytest.mark.parametrize("preset", [["9"], ["x"], ["-1"], []])
def test_reason_that_is_none_is_no_reason(proposed, logged_in, preset):
    response = decide(logged_in("head"), proposed, "refuse", preset=preset, words=" ")
    assert response.status_code == 422
    assert Act.objects.count() == 1


def test_one_usual_reason_is_enough_and_does_not_stick_to_a_permission(
    proposed, logged_in
):
    decide(logged_in("head"), proposed, "allow", preset=["0"])
    assert Act.objects.last().words == ""
    assert Act.objects.last().outcome == "allowed"


def test_chosen_reasons_stay_chosen_when_something_stood_against_it(
    proposed, people, logged_in
):
    client = logged_in("head")
    procedure.withdraw(proposed, by=people.officer, words="x")
    response = decide(client, proposed, "refuse", preset=["1"], words="ที่พิมพ์ไว้")
    assert response.status_code == 409
    assert Act.objects.last().outcome == "withdrawn"


# --- Changed since you looked --------------------------------------------------


def overwrite(request, **content):
    """As an autosave that gets past the lock: the same revision, other content."""
    revision = request.current_round.revision
    Revision.objects.filter(pk=revision.pk).update(
        content={**revision.content, **content}
    )


def exchange_bytes(document, content=b"forged"):
    name = document.file.name
    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(content)) == name


def assert_told(response, *texts):
    assert response.status_code == 409
    page = html(response)
    assert "ข้อมูลเปลี่ยนไปจากที่ท่านเปิดดู" in page
    assert "ยังไม่มีการบันทึกผลการพิจารณา" in page
    assert 'value="allow"' not in page
    for text in texts:
        assert text in page


@pytest.mark.parametrize("act", ["allow", "refuse"])
def test_stale_tab_is_compared_with_the_new_round(proposed, people, logged_in, act):
    head = logged_in("head")
    seen = head.get(review(proposed)).context["round"].digest
    send_back_and_propose_again(proposed, people, summary="แก้ไขใหม่ทั้งหมด")
    before = Act.objects.count()
    response = head.post(review(proposed), {"act": act, "seen": seen, "words": "x"})
    assert_told(response, "แก้ไขใหม่ทั้งหมด", "รายละเอียดโดยสรุป", "ครั้งที่ 2")
    assert Act.objects.count() == before
    proposed.refresh_from_db()
    assert proposed.status == "proposed"
    # Having looked again, the head decides.
    assert decide(head, proposed, act, words="x").status_code == 302


@pytest.mark.parametrize("act", ["allow", "refuse"])
def test_overwritten_revision_is_compared_with_what_was_proposed(
    proposed, logged_in, act
):
    head = logged_in("head")
    seen = head.get(review(proposed)).context["round"].digest
    overwrite(proposed, summary="แอบแก้ทีหลัง")
    response = head.post(review(proposed), {"act": act, "seen": seen, "words": "x"})
    assert_told(response, "แอบแก้ทีหลัง", "รายละเอียดโดยสรุป")
    assert Act.objects.count() == 1
    page = html(head.get(review(proposed)))
    assert "จึงยังพิจารณาไม่ได้" in page
    assert 'value="allow"' not in page
    changed = head.get(reverse("govpub_publishing:changed", args=[proposed.pk]))
    assert "แอบแก้ทีหลัง" in html(changed)


@pytest.mark.parametrize("gone", [False, True])
def test_exchanged_attachment_is_named_with_both_digests(
    office, people, logged_in, gone
):
    request, document = propose_with_file(office, people)
    head = logged_in("head")
    seen = head.get(review(request)).context["round"].digest
    digest = request.current_round.files.get().digest
    if gone:
        default_storage.delete(document.file.name)
    else:
        exchange_bytes(document)
    response = head.post(review(request), {"act": "allow", "seen": seen})
    assert_told(response, "เอกสารแนบท้าย", digest)
    assert ("ไม่พบไฟล์" in html(response)) is gone
    assert Act.objects.count() == 1
    assert 'value="allow"' not in html(head.get(review(request)))


def test_newer_draft_past_the_lock_is_compared(proposed, logged_in, people):
    head = logged_in("head")
    seen = head.get(review(proposed)).context["round"].digest
    draft = fresh(proposed.page)
    draft.summary = "ฉบับร่างใหม่กว่า"
    draft.save_revision(user=people.officer)
    response = head.post(review(proposed), {"act": "allow", "seen": seen})
    assert_told(response, "ฉบับร่างใหม่กว่า")
    assert Act.objects.count() == 1


def test_webmasters_stale_tab_is_told_too(proposed, people, logged_in):
    procedure.allow(proposed, by=people.head)
    overwrite(proposed, summary="แอบแก้หลังอนุญาต")
    response = decide(logged_in("webmaster"), proposed, "put_up", **ALL_CHECKED)
    assert_told(response, "แอบแก้หลังอนุญาต")
    assert not fresh(proposed.page).live
    # Telling back is the way out.
    told = decide(logged_in("webmaster"), proposed, "tell_back", words="เนื้อหาถูกแก้")
    assert told.status_code == 302


@pytest.mark.parametrize("seen", ["", "nothing", "0" * 64, "<script>"])
def test_unknown_content_is_told_and_decides_nothing(proposed, logged_in, seen):
    response = logged_in("head").post(review(proposed), {"act": "allow", "seen": seen})
    assert_told(response)
    assert "<script>" not in html(response).split("<main")[1].split("gp-links")[0]
    assert Act.objects.count() == 1


def test_page_about_nothing_leads_to_the_request(proposed, logged_in):
    address = reverse("govpub_publishing:changed", args=[proposed.pk])
    for query in ("", f"?seen={proposed.current_round.digest}", "?seen=x"):
        assert logged_in("head").get(address + query).url == review(proposed)


def test_review_page_and_rule_agree_on_what_is_changed(
    office, people, logged_in, proposed
):
    with_file, document = propose_with_file(office, people)
    head = logged_in("head")

    def seen_on_page(request):
        return is_tampered(head.get(review(request)).context["dossier"])

    def found_by_rule(request):
        try:
            procedure.rules.require_unchanged(
                PublicationRequest.objects.get(pk=request.pk).current_round
            )
        except ContentChanged:
            return True
        return False

    def both(request):
        assert seen_on_page(request) is found_by_rule(request)
        return seen_on_page(request)

    assert [both(proposed), both(with_file)] == [False, False]
    exchange_bytes(document)
    overwrite(proposed, title="x")
    assert [both(proposed), both(with_file)] == [True, True]


# --- Several at once ----------------------------------------------------------


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
