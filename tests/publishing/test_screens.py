"""The procedure through the screens people use: the editor, the inbox, the review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import TaskState
from wagtail.test.utils.form_data import querydict_from_html

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import Act, PublicationRequest
from tests.drafts import category, draft_news, published_news

pytestmark = pytest.mark.django_db


def review(request):
    return reverse("govpub_publishing:review", args=[request.pk])


def decide(client, request, act, words="", **more):
    seen = request.current_round.digest
    posted = {"act": act, "words": words, "seen": seen, **more}
    return client.post(review(request), posted)


def propose_in_editor(client, office, **changes):
    address = reverse(
        "wagtailadmin_pages:add",
        args=["govpub_categories", "newspage", category(office, 8).pk],
    )
    form = querydict_from_html(
        client.get(address).content.decode(), form_id="page-edit-form"
    )
    values = {
        "title": "ประกาศ",
        "summary": "รายละเอียด",
        "kind": "news",
        "body-count": "0",
        "gallery-count": "0",
        "publish_until": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "action-submit": "1",
        **changes,
    }
    return client.post(address, {**form.dict(), **values})


def test_officer_proposes_in_the_editor(office, people, logged_in):
    response = propose_in_editor(logged_in("officer"), office)
    assert response.status_code == 302
    request = PublicationRequest.objects.get()
    assert request.officer == people.officer
    assert request.section == category(office, 8).title


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"summary": ""}, "โปรดระบุรายละเอียดโดยสรุป หรือแนบเอกสาร"),
        ({"publish_until": ""}, "โปรดระบุวันสุดท้ายที่ขอเผยแพร่"),
        ({"publish_until": "2020-01-01"}, "พ้นระยะเวลาที่ขอเผยแพร่แล้ว"),
        ({"publish_until": "1/1/2563"}, "พ้นระยะเวลาที่ขอเผยแพร่แล้ว"),
        ({"unit": "\u200b"}, "โปรดระบุชื่อหน่วยงาน"),
    ],
)
def test_incomplete_form_is_told_in_thai_and_changes_nothing(
    office, logged_in, changes, message
):
    response = propose_in_editor(logged_in("officer"), office, **changes)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not NewsPage.objects.exists()
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("virus.exe", b"MZ", "ไม่รองรับไฟล์ชนิด"),
        ("fake.pdf", b"GIF89a not a pdf", "ไม่ตรงกับชนิดตามชื่อไฟล์"),
        ("large.txt", b"x" * (1024 * 1024 + 1), "ใหญ่เกิน"),
    ],
)
def test_unsuitable_upload_is_refused_in_thai(
    logged_in, settings, office, name, content, message
):
    settings.GOVPUB_UPLOAD_MAX_MB = 1
    response = logged_in("officer").post(
        reverse("wagtaildocs:add_multiple"),
        {"title": name, "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    assert message in response.content.decode("unicode-escape", "ignore") or (
        message in str(response.json())
    )
    assert not get_document_model().objects.exists()


def test_head_allows_and_webmaster_puts_up(proposed, logged_in, client):
    assert decide(logged_in("head"), proposed, "allow").status_code == 302
    response = decide(logged_in("webmaster"), proposed, "put_up", **ALL_CHECKED)
    assert response.status_code == 302
    assert client.get(proposed.page.url).status_code == 200


def test_missing_reason_keeps_what_was_typed_and_changes_nothing(proposed, logged_in):
    response = decide(logged_in("head"), proposed, "refuse", "  \u200b ")
    assert response.status_code == 422
    assert "โปรดระบุเหตุผล" in response.content.decode()
    assert Act.objects.count() == 1


def test_reasons_are_kept_exactly(proposed, logged_in):
    reasons = "ข้อ ๑ ข้อมูลไม่ครบ\r\nข้อ ๒ <b>ไม่ถูกต้อง</b>"
    decide(logged_in("head"), proposed, "refuse", reasons)
    assert Act.objects.get(outcome="refused").words == reasons.replace("\r\n", "\n")
    page = logged_in("webmaster").get(review(proposed)).content.decode()
    assert "&lt;b&gt;ไม่ถูกต้อง" in page


def test_stale_screen_is_told_and_decides_nothing(proposed, logged_in):
    response = logged_in("head").post(
        review(proposed), {"act": "allow", "seen": "0" * 64}
    )
    assert response.status_code == 409
    assert "เปลี่ยนไปจากที่ท่านเปิดดู" in response.content.decode()
    without = logged_in("head").post(review(proposed), {"act": "allow"})
    assert without.status_code == 409
    assert Act.objects.count() == 1


def test_second_head_is_told_who_was_faster(proposed, logged_in):
    decide(logged_in("head"), proposed, "allow")
    response = decide(logged_in("head2"), proposed, "refuse", "ช้าไป")
    assert response.status_code == 409
    assert "head" in response.content.decode()


@pytest.mark.parametrize("name", ["officer", "officer2", "webmaster", "superuser"])
def test_only_the_head_may_decide(proposed, logged_in, name):
    client = logged_in(name)
    assert b'value="allow"' not in client.get(review(proposed)).content
    assert decide(client, proposed, "allow").status_code == 403
    assert Act.objects.count() == 1


@pytest.mark.parametrize("act", ["", "publish", "__class__", "propose"])
def test_unknown_act_is_refused(proposed, logged_in, act):
    response = decide(logged_in("head"), proposed, act)
    assert response.url == reverse("wagtailadmin_home")
    assert Act.objects.count() == 1


def test_officer_withdraws_with_a_reason(proposed, logged_in):
    client = logged_in("officer")
    assert decide(client, proposed, "withdraw").status_code == 422
    assert decide(client, proposed, "withdraw", "เสนอผิดหมวด").status_code == 302
    proposed.refresh_from_db()
    assert proposed.status == "withdrawn"


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_decision_in_wagtails_moderation_inbox(proposed, logged_in, action):
    client = logged_in("head")
    dashboard = client.get(reverse("wagtailadmin_home")).content.decode()
    assert proposed.topic in dashboard
    state = TaskState.objects.get(status="in_progress")
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[proposed.page_id, action, state.pk],
    )
    ajax = {"x-requested-with": "XMLHttpRequest"}
    assert client.get(address, headers=ajax).status_code == 200
    client.post(address, {"comment": "รายละเอียดไม่ครบ"}, headers=ajax)
    proposed.refresh_from_db()
    assert proposed.status == {"approve": "allowed", "reject": "refused"}[action]


def test_moderation_inbox_asks_for_reasons(proposed, logged_in):
    state = TaskState.objects.get(status="in_progress")
    address = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[proposed.page_id, "reject", state.pk],
    )
    response = logged_in("head").post(
        address, {"comment": " "}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert "โปรดระบุเหตุผล" in str(response.json())
    assert Act.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q='\"%25_",
        "?view=xx&status=yy",
        "?q=" + "ก" * 5000,
        "?q=999999999999",
    ],
)
def test_list_never_breaks(proposed, logged_in, query):
    address = reverse("govpub_publishing:index")
    assert logged_in("head").get(address + query).status_code == 200


def test_list_finds_by_topic_and_thai_digits(proposed, logged_in):
    address = reverse("govpub_publishing:index")
    for words in ("รับสมัคร", "๑"):
        page = logged_in("head").get(address, {"view": "all", "q": words})
        assert proposed.topic in page.content.decode()
    nothing = logged_in("head").get(address, {"view": "all", "q": "ไม่มีคำนี้"})
    assert proposed.topic not in nothing.content.decode()


def test_everyone_concerned_gets_a_mail_in_thai(
    proposed, logged_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decide(logged_in("head"), proposed, "refuse", "ข้อมูลไม่ครบ")
    assert [message.to for message in mail.outbox] == [["webmaster@example.com"]]
    with django_capture_on_commit_callbacks(execute=True):
        decide(logged_in("webmaster"), proposed, "pass_on")
    told = mail.outbox[-1]
    assert told.to == ["officer@example.com"]
    assert "ข้อมูลไม่ครบ" in told.body
    assert "แจ้งกลับพร้อมเหตุผล" in told.subject


def test_attachment_is_public_with_its_page_only(office, people, client, logged_in):
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )
    page = draft_news(office, people.officer)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    assert client.get(document.url).status_code == 404
    assert logged_in("head").get(document.url).status_code == 200
    request = procedure.propose(NewsPage.objects.get(pk=page.pk), by=people.officer)
    procedure.allow(request, by=people.head)
    assert client.get(document.url).status_code == 404
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert client.get(document.url).status_code == 200
    procedure.take_down(request, by=people.webmaster, words="x")
    assert client.get(document.url).status_code == 404


def test_editor_offers_the_procedure_only(office, people, logged_in):
    page = published_news(office, people)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for name in ("officer", "webmaster", "superuser"):
        html = logged_in(name).get(address).content.decode()
        assert 'name="action-publish"' not in html
        assert "/unpublish/" not in html
        assert 'name="action-submit"' in html
        assert 'name="go_live_at"' not in html


def test_dashboard_shows_officers_the_way_in(office, logged_in):
    home = reverse("wagtailadmin_home")
    add = reverse("wagtailadmin_pages:add_subpage", args=[category(office, 8).pk])
    assert add in logged_in("officer").get(home).content.decode()
    assert add not in logged_in("head").get(home).content.decode()
