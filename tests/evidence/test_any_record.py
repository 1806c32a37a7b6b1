"""Whatever people write is printed as text on every paper, and never obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govpub.evidence.form import FormFile, RequestForm, SignatureBlock
from govpub.evidence.memo import Decision, Memo
from govpub.evidence.register import Entry
from govpub.evidence.register_paper import Sheet, register_pdf
from govpub.evidence.store import TEMPLATES
from govpub.evidence.supervision import Report, Table
from govpub.pdf.typesetting import typeset
from tests.evidence.conftest import text_of

AT = datetime(2024, 1, 5, tzinfo=UTC)
MARKUP = '#panic() #sys.inputs $x^2$ \\ *b* _i_ `r` @a <l> // = h [x] {y} "z"'
ODD = [
    "",
    "\x00\x07\u202e\ufeff",
    MARKUP,
    "مرحبا بالعالم שלום",
    "😀👩‍👩‍👧" * 40,
    "ก" * 5000,
    "น้ำ ที่ ผู้ " * 400,
    "a b " * 1250,
    "https://www.example.go.th/" + "x" * 2000,
    "\n" * 300,
]
ANY = st.text(max_size=300) | st.sampled_from(ODD)


def form(text: str, name: str) -> bytes:
    block = SignatureBlock(name, name, name, name, text, f"ไม่อนุญาต (เหตุผล) {text}")
    drawn = RequestForm(
        heading=[name, text],
        box_title=name,
        unit=name,
        day=name,
        topic=text,
        summary=text,
        files=[FormFile(text, name, "0" * 64)],
        external_link=text,
        remark=text,
        giver=block,
        approver=block,
        uploader=replace(block, signed=""),
        digest="0" * 64,
        address="https://www.example.go.th/verify/x/",
    )
    pictures = {"qr": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
    data = {**drawn.as_data(), "author": name}
    return typeset(TEMPLATES / "form.typ", data, at=AT, pictures=pictures)


def memo(text: str, name: str) -> bytes:
    block = SignatureBlock(name, name, name, name, "", text)
    decision = Decision(name, False, False, True, text, block)
    drawn = Memo(name, name, name, name, text, name, text, name, block, decision, name)
    return typeset(TEMPLATES / "memo.typ", drawn.as_data(), at=AT)


def register(text: str, name: str) -> bytes:
    line = Entry(
        site=1,
        number=name,
        proposed=AT,
        unit=name,
        category=8,
        topic=text,
        outcome=name,
        rounds=1,
        minutes={},
        in_time=None,
        publish_from=None,
        publish_until=None,
        state=name,
        published=None,
        taken_down=AT,
        why_down=text,
    )
    return register_pdf([Sheet(name, [line], {8: 1})], 2567, AT)


def report(text: str, name: str) -> bytes:
    drawn = Report(
        title=name,
        office=name,
        period=name,
        day=name,
        memo_number=name,
        memo_to=name,
        phone=name,
        subject=text,
        covering=[text],
        # Titles and heads are the programme's own words, units and topics are not.
        tables=[Table("คำขอ", ["หมวด", "จำนวน"], [[text, name]])],
        problems=text,
        suggestions=text,
        reporter=name,
        position=name,
        head_title=name,
    )
    return typeset(TEMPLATES / "supervision.typ", drawn.as_data(), at=AT)


PAPERS = [form, memo, register, report]


@pytest.mark.parametrize("draw", PAPERS)
@settings(deadline=None, max_examples=20)
@given(text=ANY, name=ANY)
def test_any_record_can_be_printed(draw, text, name):
    assert draw(text, name).startswith(b"%PDF-")


@pytest.mark.parametrize("draw", PAPERS)
def test_markup_stands_on_the_paper_as_it_was_written(draw):
    flat = "".join(text_of(draw(MARKUP, "x")).replace("\u200b", "").split())
    assert "".join(MARKUP.split()) in flat


@pytest.mark.parametrize("draw", PAPERS)
@pytest.mark.parametrize("word", ["น้ำ", "ดำเนินการ", "ที่นี่", "ผู้รับผิดชอบ", "ครั้ง", "ญี่ปุ่น"])
def test_copied_text_keeps_sara_am_and_tone_marks(draw, word):
    assert word in text_of(draw(f"ก {word} ข", "x"))


@pytest.mark.parametrize(
    ("rest", "can_be_copied"),
    [("ab/" * 60, True), ("%E0%B8%81" * 60, True), ("x" * 300, False)],
)
def test_an_address_stays_inside_its_box(rest, can_be_copied):
    address = f"https://www.example.go.th/{rest}"
    pdf = pypdfium2.PdfDocument(form(address, "x"))
    for page in pdf:
        found = page.get_textpage()
        boxes = [found.get_charbox(place) for place in range(found.count_chars())]
        assert max(right for _left, _low, right, _high in boxes) < page.get_width() - 50
    text = "".join(
        "".join(page.get_textpage().get_text_range() for page in pdf).split()
    )
    linked = text.partition("Linkภายนอก:")[2]
    assert linked.replace("\ufffe", "").startswith(address) is can_be_copied
