"""The review page: what it shows, the preview, the decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from wagtail.documents import get_document_model

from govpub.publishing import procedure
from govpub.publishing.models import Act
from govpub.roles import Role
from tests.conftest import make_person
from tests.drafts import published_news
from tests.publishing.proposals import (
    decide,
    html,
    propose_with_file,
    review,
    send_back_and_propose_again,
)
from tests.publishing.screens import fresh

pytestmark = pytest.mark.django_db

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
