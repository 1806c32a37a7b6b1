"""Paper: what comes out is what went in, tagged, dated, and the same every time."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from govpub.pdf.printable import SARABUN, printable, printable_text
from govpub.pdf.typesetting import FONTS, ROOT, typeset

AT = datetime(2024, 1, 5, 3, 0, tzinfo=UTC)
TEMPLATE = """#import "/pdf/paper.typ": *
#show: paper.with(title: "title", note: "note")
= heading
#lines(data.text)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A template of a stranger, who has a copy of our paper."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "pdf").mkdir()
    (folder / "pdf/paper.typ").write_text((ROOT / "pdf/paper.typ").read_text())
    (folder / "stranger.typ").write_text(TEMPLATE)
    return folder / "stranger.typ"


@pytest.fixture(scope="module")
def print_text(template):
    def do(text: str) -> bytes:
        return typeset(template, {"text": text}, at=AT, root=template.parent)

    return do


def read(pdf: bytes) -> str:
    """What somebody copies out of it in a browser that uses PDFium."""
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def kinds(pdf: bytes) -> set[str]:
    """The structure elements of a tagged file."""
    found, todo = set(), [pypdf.PdfReader(io.BytesIO(pdf)).root_object]
    todo = [todo[0]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if not hasattr(node, "get"):
            continue
        found.add(node.get("/S"))
        inner = node.get("/K", [])
        todo += inner if isinstance(inner, list) else [inner]
    return found


def test_the_list_of_characters_is_that_of_the_fonts():
    listed = {
        code
        for first, last in zip(SARABUN[::2], SARABUN[1::2], strict=True)
        for code in range(first, last + 1)
    }
    for font in FONTS.glob("*.ttf"):
        # Without controls and the private use area, which archives forbid.
        has = {c for c in TTFont(font).getBestCmap() if c >= 32 and c != 0xF8FF}
        assert listed == has, font.name


THAI = [
    "น้ำ",
    "ดำเนินการ",
    "สำนักงาน",
    "ที่นี่",
    "ผู้รับผิดชอบ",
    "ญี่ปุ่น",
    "ใต้ต้นไม้",
    "ค้ำจุน",
    "จำนำ",
    "ฐานันดร",
    "ครั้ง",
    "หนึ่ง",
    "ปั๊ม",
    "ฝั่งขึ้นตั้งแต่ทั้งนั้น",
]


@pytest.mark.parametrize("word", THAI)
def test_copied_text_keeps_sara_am_and_tone_marks(print_text, word):
    assert word in read(print_text(f"ข้อความ {word} ต่อท้าย"))


def test_it_declares_pdf_a_and_pdf_ua_and_is_tagged(print_text):
    pdf = print_text("ข้อความ")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    metadata = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.root_object["/Lang"] == "th"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert {"/Document", "/H1", "/P"} <= kinds(pdf)
    fonts = {name for page in reader.pages for name in page["/Resources"]["/Font"]}
    assert fonts


def test_the_same_data_gives_the_same_bytes(print_text, monkeypatch):
    first = print_text("ข้อความ")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert print_text("ข้อความ") == first
    assert print_text("ข้อความอื่น") != first


def test_what_the_font_lacks_is_a_square_and_the_rest_stays():
    assert printable_text("a😀b") == "a□b"
    assert printable_text("a\x00\x07\u202e\ufeffb") == "ab"
    assert printable_text("a\ud800b") == "a□b"
    assert printable_text("ก\r\nข\u2028ค") == "ก\nข\nค"
    assert printable({"n": 5, "t": ["😀", ("x",)]}) == {"n": 5, "t": ["□", ["x"]]}


@pytest.mark.parametrize(
    "text",
    [
        "#panic() #sys.inputs $x^2$ \\ *b* _i_ `r` @a <l> // /* = h",
        '[x] {y} "z" \'q\' ~ -- ... #import "/etc/passwd"',
    ],
)
def test_markup_is_only_text(print_text, text):
    copied = read(print_text(text))
    assert "".join(copied.split()).count("".join(text.split())) == 1


def test_a_long_run_stays_in_its_place(print_text):
    """No character is drawn beyond the right margin of 2 cm."""
    for text in ("a" * 500, "ก" * 500, "https://example.go.th/" + "x-y/" * 60):
        page = pypdfium2.PdfDocument(print_text(text))[0]
        right = [obj.get_bounds()[2] for obj in page.get_objects()]
        assert max(right) <= page.get_width() - 56, text[:9]


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=400))
def test_any_text_can_be_printed(print_text, text):
    assert print_text(text).startswith(b"%PDF-")


def memory() -> int:
    """Kilobytes that this process holds now."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def test_a_long_paper_is_not_kept_in_memory():
    """typst keeps what it laid out, some 40 MB for each of these."""

    def draw(number: int) -> None:
        words = f"ประกาศรับสมัครงานตำแหน่งนักวิชาการ {number}"
        rows = [
            [f"{words} {line} {place}" for place in range(9)] for line in range(300)
        ]
        part = {"office": words, "covers": "", "rows": rows, "sums": []}
        frame = {"title": words, "covers": "", "note": "", "widths": [1] * 9}
        table = {**frame, "head": rows[0], "sums_head": [], "parts": [part]}
        typeset(ROOT / "evidence/paper/table.typ", table, at=AT)

    draw(1)
    draw(2)
    before = memory()
    draw(3)
    draw(4)
    assert memory() - before < 20_000
