"""The supervision report for a word processor, read back as one reads it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from docx import Document
from docx.oxml.ns import qn
from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from wagtail.images import get_image_model

from govpub.evidence.models import SupervisionReport
from govpub.evidence.supervision import report_of
from govpub.evidence.supervision_word import report_docx
from govpub.publishing.models import FormWords
from govpub.thai import word
from govpub.thai.dates import FiscalYear
from govpub.upkeep.findings import (
    LINK_TO_HIDDEN,
    LINK_TO_NOTHING,
    speaks_of_broken_link,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 5, 9, 30, tzinfo=timezone.get_fixed_timezone(420))


@pytest.fixture
def words(office):
    return SupervisionReport(
        site=office,
        fiscal_year=FiscalYear.current().be,
        problems="น้ำท่วม Flood #1\nบรรทัดที่สอง\x07",
        reporter="นายตัวอย่าง ใจดี",
        position="นักวิชาการสาธารณสุข",
    )


def opened(content: bytes):
    return Document(io.BytesIO(content))


def written(paper) -> list[str]:
    """Every paragraph, those in cells too, in the order of the document."""
    return [
        "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        for paragraph in paper.element.body.iter(qn("w:p"))
    ]


def test_it_says_what_the_report_says(words, published):
    published()
    report, paper = report_of(words, AT.date()), opened(report_docx(words, AT))
    lines = written(paper)
    for said in (
        "บันทึกข้อความ",
        f"เรื่อง  {report.subject}",
        *report.covering,
        f"ความเห็น{report.memo_to}",
        "☐ อนุญาตเผยแพร่",
        report.title,
        report.period,
        "ปัญหาและอุปสรรค",
        "น้ำท่วม Flood #๑",
        "บรรทัดที่สอง",
        "(นายตัวอย่าง ใจดี)",
        "ตำแหน่ง นักวิชาการสาธารณสุข",
    ):
        assert said in lines, said
    counted = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in paper.tables[2:]  # after the memo's heading and the decision
    ]
    assert counted == [[table.head, *table.rows] for table in report.tables]


def test_thai_has_its_font_size_weight_and_language(words):
    paper = opened(report_docx(words, AT))
    page = paper.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21, 29.7)
    runs = [run for run in paper.element.body.iter(qn("w:r")) if run.text.strip()]
    assert runs
    for run in runs:
        properties = run.rPr
        if properties is None:  # a heading: its style says it
            style = paper.styles["Heading 1"].element.rPr
            properties = style
        fonts = properties.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs")} == {
            "TH SarabunPSK"
        }
        sizes = {properties.find(qn(f"w:{n}")).get(qn("w:val")) for n in ("sz", "szCs")}
        assert len(sizes) == 1
        assert (properties.find(qn("w:b")) is None) == (
            properties.find(qn("w:bCs")) is None
        )
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    assert not [
        name
        for fonts in defaults.iter(qn("w:rFonts"))
        for name in fonts.attrib
        if "Theme" in name or "theme" in name
    ]


def test_heads_of_tables_are_repeated_and_rows_stay_whole(words):
    for table in opened(report_docx(words, AT)).tables[2:]:
        marks = [row._tr.trPr for row in table.rows]
        assert marks[0].find(qn("w:tblHeader")) is not None
        assert all(mark.find(qn("w:cantSplit")) is not None for mark in marks)


def test_the_same_report_gives_the_same_bytes(words):
    first = report_docx(words, AT)
    with freeze_time("2031-05-05 05:05"):
        assert report_docx(words, AT) == first
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {entry.date_time for entry in archive.infolist()} == {
        (2026, 11, 5, 9, 30, 0)
    }
    told = opened(first).core_properties
    assert told.title.startswith("รายงานผลการกำกับติดตาม")
    assert told.language == "th-TH"
    assert not [n for n in archive.namelist() if "thumbnail" in n]
    words.suggestions = "ใหม่"
    assert report_docx(words, AT) != first


def test_the_emblem_of_the_office_heads_the_memo(words, office):
    assert not opened(report_docx(words, AT)).inline_shapes
    dots = io.BytesIO()
    Picture.new("RGB", (40, 40), "navy").save(dots, "PNG")
    emblem = get_image_model().objects.create(
        title="ตรา", file=ContentFile(dots.getvalue(), name="emblem.png")
    )
    FormWords.objects.create(
        site=office,
        fiscal_year=words.fiscal_year,
        heading="h",
        box_title="t",
        emblem=emblem,
    )
    assert len(opened(report_docx(words, AT)).inline_shapes) == 1


def test_the_office_takes_it_from_the_admin(words, people, client):
    words.save()
    address = reverse(
        "govpub_evidence_admin:supervision_of", args=[words.fiscal_year, 0]
    )
    client.force_login(people.inspector)
    assert "?format=docx" in client.get(address).content.decode()
    response = client.get(address, {"format": "docx"})
    assert response["Content-Disposition"].endswith('.docx"')
    assert "น้ำท่วม Flood #๑" in written(opened(response.content))


@settings(deadline=None, max_examples=25)
@given(text=st.text(max_size=300))
def test_any_text_can_be_written(text):
    paper = word.new_document(text, text, AT)
    word.heading(paper, text, 2)
    word.write(paper, text, (text, True))
    word.grid(paper, [text, "b"], [[text, text]], [8, 8])
    again = opened(word.saved(paper, AT))
    assert again.tables[0].rows[1].cells[1].text == word.text(text)


def test_only_broken_links_are_counted_as_such():
    for language in ("th", "en"):
        with override(language):
            nothing = gettext(LINK_TO_NOTHING)
            hidden = gettext(LINK_TO_HIDDEN) % {"title": "a\nb (c)"}
        assert speaks_of_broken_link(nothing) and speaks_of_broken_link(hidden)
    assert not speaks_of_broken_link("The file “link.pdf” is missing.")
    assert not speaks_of_broken_link("ไม่พบไฟล์ “ลิงก์.pdf”")
