"""“Changed since you looked”: compared, told, and nothing decided."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.models import Act, PublicationRequest
from govpub.publishing.review import is_tampered
from tests.publishing.proposals import (
    decide,
    html,
    overwrite,
    propose_with_file,
    review,
    send_back_and_propose_again,
)
from tests.publishing.screens import fresh

pytestmark = pytest.mark.django_db


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
