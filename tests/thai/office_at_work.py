"""An office in the middle of its work: an item in each state there is."""

from __future__ import annotations

import io
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site

from govpub.categories.models import NewsPage
from govpub.evidence import lists
from govpub.publishing import procedure, urgent
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role
from govpub.seed.groups import ensure_collection
from govpub.survey.setup import answer_as_visitor
from govpub.thai.dates import FiscalYear
from govpub.upkeep import extensions, takedown
from tests.drafts import draft_news, published_news


def at_work(office: Site, people: SimpleNamespace) -> list[NewsPage]:
    """Fill the office; returns its pages, one for each state of an item."""
    officer, head, webmaster = people.officer, people.head, people.webmaster
    document, _picture = files_of(office, officer)

    draft = draft_news(office, officer, title="ฉบับร่าง")
    draft.attachments.create(document=document)
    for title in ("ฉบับร่างที่แก้แล้ว", "ฉบับร่างที่แก้อีกครั้ง"):
        draft.title = title
        draft.save_revision(user=officer)

    proposed = draft_news(office, officer, title="เสนอแล้ว")
    procedure.propose(proposed, by=officer)

    allowed = draft_news(office, officer, title="อนุญาตแล้ว")
    procedure.allow(procedure.propose(allowed, by=officer), by=head)

    refused = draft_news(office, officer, title="ไม่อนุญาต")
    request = procedure.propose(refused, by=officer)
    procedure.refuse(request, by=head, words="ไม่เกี่ยวข้องกับภารกิจ")

    returned = draft_news(office, officer, title="แจ้งกลับแล้ว")
    request = procedure.propose(returned, by=officer)
    request = procedure.refuse(request, by=head, words="ไม่เกี่ยวข้องกับภารกิจ")
    procedure.tell_back(request, by=webmaster, words="โปรดแก้ไข")

    verbal = draft_news(office, officer, title="อนุญาตทางวาจา")
    urgent.permit_verbally(
        procedure.propose(verbal, by=officer),
        by=webmaster,
        given_by=Appointment.objects.of(head, Role.HEAD, office),
        given_at=timezone.now(),
        words="ทางโทรศัพท์",
    )

    public = published_news(office, people, title="เผยแพร่แล้ว")
    public.title = "เผยแพร่แล้ว แก้ไขใหม่"
    public.save_revision(user=officer)

    longer = published_news(office, people, title="ขอขยายเวลา")
    extensions.ask(
        PublicationRequest.objects.get(page=longer.pk),
        by=officer,
        until=longer.publish_until + timedelta(days=30),
        reason="ยังต้องใช้",
    )

    ended = published_news(office, people, title="นำลงแล้ว")
    takedown.take_down_now(
        PublicationRequest.objects.get(page=ended.pk),
        by=webmaster,
        words="เลิกใช้แล้ว",
        public_reason="เลิกใช้แล้ว",
    )

    for number in range(3):
        answer_as_visitor(
            office,
            address=f"198.51.100.{number}",
            agent="x",
            levels={"overall": 4, "speed": 4},
            comment="ดีมาก",
        )
    year = FiscalYear.current().be
    shipped = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    lists.load(office, "รายการตรวจประเมิน", year, shipped)
    return [draft, proposed, allowed, refused, returned, verbal, public, longer, ended]


def files_of(office: Site, owner) -> tuple:
    """A document and a picture on the office's own shelf."""
    stream = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(stream, "PNG")
    shelf = {"collection": ensure_collection(office), "uploaded_by_user": owner}
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt"), **shelf
    )
    picture = get_image_model().objects.create(
        title="ภาพ", file=ContentFile(stream.getvalue(), name="a.png"), **shelf
    )
    return document, picture
