"""Offices with information of every kind, made as its people make it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from govpub.categories import models
from govpub.categories.enums import Category
from govpub.categories.models import Attachment, CategoryPage, TopicPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from tests.home.conftest import front  # noqa: F401

PLACE = {"latitude": Decimal("13.599100"), "longitude": Decimal("100.596800")}


def _stream(kind, **row):
    """One structured row as its field stores it."""
    return json.dumps([{"type": kind, "value": row}])


STEPS = _stream("step", name="ยื่นคำขอ", time="30", unit="minute", fee="0")
KINDS = {
    models.GeneralInformationPage: {},
    models.OrganisationPage: {
        "units": _stream(
            "unit",
            name="สำนักงาน",
            posts=2,
            staff=2,
            units=[
                {
                    "name": "กลุ่มงานหนึ่ง",
                    "posts": 7,
                    "staff": 5,
                    "units": [{"name": "งานย่อย"}],
                }
            ],
        )
    },
    models.ExecutivesPage: {
        "people": _stream("person", position="สาธารณสุขอำเภอ", vacant=True)
    },
    models.PlanPage: {
        "kind": "plan",
        "fiscal_year": 2567,
        "projects": _stream("project", name="ควบคุมโรค", budget="1500"),
    },
    models.LocationPage: PLACE,
    models.ContactPage: {
        **PLACE,
        "address": "ที่อยู่ของสำนักงาน",
        "phone": "0 2000 0000",
        "fax": "0 2000 0001",
        "email": "office@example.com",
    },
    models.LawPage: {
        "kind": "act",
        "law_number": "ฉบับที่ ๓",
        "enacted_on": timezone.datetime(1997, 9, 2).date(),
        "effective_on": timezone.datetime(1997, 12, 9).date(),
        "gazette_reference": "เล่ม ๑๑๔ ตอนที่ ๔๖ ก",
        "status": "amended",
    },
    models.KnowledgePage: {"kind": "article", "licence": "ใช้ได้โดยอ้างอิงที่มา"},
    models.WebLinkPage: {"kind": "ministry", "website": "https://example.go.th/"},
    models.OfficialInformationPage: {"kind": "9(3)"},
    models.WorkManualPage: {"kind": "mission", "steps": STEPS},
    models.ServiceManualPage: {
        "kind": "permit",
        "steps": STEPS,
        "fee": "ไม่มี",
        "channel": "งานบริการ ชั้น ๑",
        "legal_basis": "พ.ร.บ. การสาธารณสุข พ.ศ. ๒๕๓๕",
    },
    models.NewsPage: {"kind": "news"},
}


def parent_of(site: Site, model) -> Page:
    root = Page.objects.get(pk=site.root_page_id)
    if model.category == Category.GENERAL:
        topics = TopicPage.objects.descendant_of(root)
        return topics.get(number=model.topic or 1)
    return CategoryPage.objects.child_of(root).get(number=model.category)


def make_document(name: str = "plan.pdf", content: bytes = b"%PDF-1.4 text"):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name=name)
    )


def make_picture():
    stream = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(stream, "PNG")
    return get_image_model().objects.create(
        title="picture", file=ContentFile(stream.getvalue(), name="picture.png")
    )


def make_draft(site: Site, model, owner, *, files=(), **fields):
    """An officer's complete draft of any kind of information."""
    values = {
        "title": "แผนปฏิบัติราชการประจำปี",
        "unit": "กลุ่มงานบริหาร",
        "summary": "รายละเอียดโดยสรุป",
        "source": "กลุ่มงานยุทธศาสตร์",
        "document_date": timezone.localdate(),
        "publish_until": timezone.localdate() + timedelta(days=30),
        "owner": owner,
        "live": False,
        **KINDS[model],
        **fields,
    }
    page = model(**values)
    page.attachments = [Attachment(document=file) for file in files]
    parent_of(site, model).add_child(instance=page)
    page.save_revision(user=owner)
    return model.objects.get(pk=page.pk)


def put_through(page, people):
    """The draft, through the whole procedure."""
    request = procedure.propose(page, by=people.officer)
    request = procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def publish(office, people):
    """Publish a piece of information at the first office."""

    def do(model=models.NewsPage, **fields):
        return put_through(make_draft(office, model, people.officer, **fields), people)

    return do


@pytest.fixture
def time_machine(monkeypatch):
    """Let days pass for everybody who asks what day it is."""
    real = timezone.now

    def travel(**delta):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**delta))

    return travel
