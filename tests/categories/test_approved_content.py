"""What is public of an item is, letter for letter, what was approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from govpub.categories.models import NewsPage
from govpub.publishing.content import content_digest
from govpub.publishing.exceptions import NotApproved

from .conftest import KINDS, make_document, make_draft, make_picture, put_through

pytestmark = pytest.mark.django_db


def full_body():
    return [
        ("heading", "หัวข้อ"),
        (
            "paragraph",
            "<p>ข้อความ <b>สำคัญ</b> &amp; <a href='https://a.go.th'>ลิงก์</a></p>",
        ),
        (
            "table",
            {
                "columns": [
                    {"type": "text", "heading": "รายการ"},
                    {"type": "number", "heading": "บาท"},
                ],
                "rows": [
                    {"values": ["วัสดุ", "1500.50"]},
                    {"values": ["", None]},
                ],
                "caption": "งบประมาณ",
            },
        ),
        (
            "figure",
            {"image": make_picture(), "alternative": "สำนักงาน", "caption": "ภาพ"},
        ),
        ("notice", {"heading": "โปรดทราบ", "text": "<p>ปิดทำการ</p>"}),
    ]


def full_fields(model):
    fields = {
        "external_link": "https://example.go.th/x?a=1&b=ก",
        "remark": "หมายเหตุ “อัญประกาศ”",
        "publish_from": timezone.localdate(),
        "data_from": timezone.localdate() - timedelta(days=90),
        "data_until": timezone.localdate(),
        "files": [make_document("a.pdf"), make_document("b.txt", "ข้อความ".encode())],
    }
    if model is NewsPage:
        fields |= {"lead_image": make_picture(), "lead_image_alternative": "ภาพข่าว"}
    return fields


@pytest.fixture
def published(request, office, people):
    model = request.param
    draft = make_draft(office, model, people.officer, **full_fields(model))
    for name, value in full_body():
        block = draft.body.stream_block.child_blocks[name]
        draft.body.append((name, block.normalize(value)))
    draft.save_revision(user=people.officer)
    return put_through(draft, people)


@pytest.mark.parametrize(
    "published", list(KINDS), indirect=True, ids=lambda model: model.__name__
)
def test_the_public_row_is_what_was_approved_and_stays_so(published):
    assert len(published.body) == 5
    assert published.attachments.count() == 2
    assert content_digest(published.serializable_data()) == content_digest(
        published.live_revision.content
    )

    published.save()

    for field in ("title", "summary", "source", "kind", "external_link"):
        changed = type(published).objects.get(pk=published.pk)
        setattr(changed, field, getattr(changed, field) + "x")
        with pytest.raises(NotApproved):
            changed.save()

    changed = type(published).objects.get(pk=published.pk)
    changed.body[0] = ("heading", "หัวข้ออื่น")
    with pytest.raises(NotApproved):
        changed.save()

    changed = type(published).objects.get(pk=published.pk)
    changed.attachments = list(changed.attachments.all())[:1]
    with pytest.raises(NotApproved):
        changed.save()
    assert published.attachments.count() == 2


def test_a_changed_number_in_a_table_is_refused(publish):
    table = NewsPage.body.field.stream_block.child_blocks["table"]
    value = {
        "columns": [{"type": "number", "heading": "บาท"}],
        "rows": [{"values": ["10.00"]}],
        "caption": "",
    }
    page = publish(body=[("table", table.to_python(value))])
    page.save()

    value["rows"][0]["values"][0] = "10.01"
    page.body[0] = ("table", table.to_python(value))
    with pytest.raises(NotApproved):
        page.save()
