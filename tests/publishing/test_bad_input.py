"""What should not be sent is refused in Thai and changes nothing; nothing is a 500."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from PIL import Image as Picture

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from govpub.publishing.models import Act, PublicationRequest
from tests.drafts import category
from tests.publishing.test_screens import propose_in_editor

pytestmark = pytest.mark.django_db
STORED = (Page, PublicationRequest, Act, get_document_model(), get_image_model())


def rows(model: type[models.Model]):
    return list(model._base_manager.order_by("pk").values())


@pytest.fixture
def nothing_changes():
    """Take what is stored before; ask afterwards whether it is the same."""
    before = [rows(model) for model in STORED]
    return lambda: [rows(model) for model in STORED] == before


def png(width=40):
    stream = io.BytesIO()
    Picture.new("RGB", (width, 30), "teal").save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action-submit": "1"},
        {"title": "", "slug": "", "action-submit": "1"},
        {"title": "\x00", "action-submit": "1"},
        {"comments-TOTAL_FORMS": "-1", "attachments-TOTAL_FORMS": "x"},
    ],
)
def test_a_request_without_the_editors_form_stores_nothing(
    office, logged_in, sent, nothing_changes
):
    address = reverse(
        "wagtailadmin_pages:add",
        args=["govpub_categories", "newspage", category(office, 8).pk],
    )
    assert logged_in("officer").post(address, sent).status_code < 500
    assert nothing_changes()


def test_an_empty_form_is_told_field_by_field_in_thai(
    office, logged_in, nothing_changes
):
    empty = ("title", "slug", "unit", "summary", "kind", "publish_until")
    response = propose_in_editor(
        logged_in("officer"), office, **dict.fromkeys(empty, "")
    )
    assert response.status_code == 200
    said = response.content.decode()
    for message in (
        "โปรดระบุชื่อหน่วยงาน",
        "โปรดระบุรายละเอียดโดยสรุป หรือแนบเอกสาร",
        "โปรดระบุวันสุดท้ายที่ขอเผยแพร่",
    ):
        assert message in said
    assert nothing_changes()


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "ก" * 256},
        {"external_link": "javascript:alert(1)"},
        {"external_link": "ไม่ใช่ที่อยู่"},
        {"publish_until": "๓๑ กุมภาพันธ์ ๒๕๗๐"},
        {"publish_until": "9999-99-99"},
        {"publish_until": "1/1/9999"},
        {"document_date": "เมื่อวาน"},
        {"kind": "nonsense"},
        {"body-count": "1"},
    ],
)
def test_wrong_words_in_a_field_come_back_with_the_form(
    office, logged_in, sent, nothing_changes
):
    response = propose_in_editor(logged_in("officer"), office, **sent)
    assert response.status_code in (200, 400)
    assert nothing_changes()


def test_characters_that_cannot_be_seen_are_not_stored(office, logged_in):
    title = {"title": "ข่าว\x00\u200b"}
    assert propose_in_editor(logged_in("officer"), office, **title).status_code < 500
    assert not Page.objects.filter(title__contains="\u200b").exists()
    assert [page for page in Page.objects.all() if "\x00" in page.title] == []


@pytest.mark.parametrize("view", ["wagtailimages:add", "wagtailimages:add_multiple"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("fake.png", b"%PDF-1.4"),
        ("empty.png", b""),
        ("large.png", png() + b"x" * (1024 * 1024)),
    ],
)
def test_a_wrong_picture_is_refused(
    logged_in, settings, view, name, content, nothing_changes
):
    settings.GOVPUB_UPLOAD_MAX_MB = 1
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024 * 1024
    many = view.endswith("multiple")
    response = logged_in("officer").post(
        reverse(view),
        {
            "title": name,
            "files[]" if many else "file": SimpleUploadedFile(name, content),
        },
        headers={"x-requested-with": "XMLHttpRequest"} if many else {},
    )
    assert response.status_code in (200, 400)
    assert nothing_changes()


@pytest.mark.parametrize("view", ["wagtaildocs:add", "wagtaildocs_chooser:create"])
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("virus.exe", b"MZ", "ไม่รองรับไฟล์ชนิด"),
        ("fake.pdf", b"GIF89a not a pdf", "ไม่ตรงกับชนิดตามชื่อไฟล์"),
        ("large.txt", b"x" * (1024 * 1024 + 1), "ใหญ่เกิน"),
    ],
)
def test_a_wrong_document_is_refused_in_thai_whichever_way_it_comes(
    logged_in, settings, view, name, content, message, nothing_changes
):
    settings.GOVPUB_UPLOAD_MAX_MB = 1
    prefix = "document-chooser-upload-" if "chooser" in view else ""
    response = logged_in("officer").post(
        reverse(view),
        {f"{prefix}title": name, f"{prefix}file": SimpleUploadedFile(name, content)},
    )
    assert response.status_code == 200
    said = response.content.decode()
    assert message in said or message in said.encode().decode("unicode-escape")
    assert nothing_changes()


@pytest.mark.parametrize("name", ["head", "webmaster", "officer", "inspector"])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": ""},
        {"act": "refuse"},
        {"act": "refuse", "words": " \u200b\n"},
        {"act": "refuse", "words": "\x00"},
        {"act": "allow", "seen": "\x00"},
        {"act": "allow", "seen": "๑" * 5000},
        {"act": "nonsense", "words": "เหตุผล"},
        {"act": "put_up", "seen": ""},
        {"act": ["allow", "refuse"], "words": ""},
    ],
)
def test_odd_decisions_decide_nothing(proposed, logged_in, name, sent, nothing_changes):
    address = reverse("govpub_publishing:review", args=[proposed.pk])
    assert logged_in(name).post(address, sent).status_code < 500
    assert nothing_changes()
