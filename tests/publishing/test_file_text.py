"""What is read from attached files; every file is made here."""

from __future__ import annotations

import subprocess
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import typst
from django.core.files.base import ContentFile
from openpyxl import Workbook

from wagtail.documents import get_document_model

from govpub.pdf import typesetting
from govpub.publishing import readers, serving
from govpub.publishing.file_text import text_of
from govpub.publishing.models import ExtractedText, FileProblem

pytestmark = pytest.mark.django_db

WORDS = "คำสั่งอำเภอที่ ๑๒/๒๕๖๗ น้ำดื่มสะอาด"
NUMBER = 1234567890123


def stored(name, content):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name=name)
    )


def zipped(**pieces):
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as container:
        for name, content in pieces.items():
            container.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def docx(words, hidden="เลขเดิม"):
    return zipped(
        word__document_xml='<w:document xmlns:w="urn:w"><w:body>'
        f"<w:p><w:r><w:t>{words[:9]}</w:t></w:r><w:r><w:t>{words[9:]}</w:t></w:r></w:p>"
        f"<w:p><w:del><w:r><w:delText>{hidden}</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:body></w:document>"
    )


def odt(words):
    return zipped(
        content_xml='<d xmlns:text="urn:t"><style>ไม่ใช่ข้อความ</style>'
        f"<text:p>{words[:9]}<text:span>{words[9:]}</text:span></text:p></d>"
    )


def xlsx(words):
    book = Workbook()
    book.active.append([words, NUMBER, None, float(NUMBER)])
    book.create_sheet("ซ่อน").append(["ในแผ่นที่ซ่อน"])
    book["ซ่อน"].sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(words):
    source = f'#set text(font: "Sarabun", lang: "th")\n{words}\n#pagebreak()\nหน้าสอง'
    return typst.compile(
        source.encode(),
        font_paths=[str(typesetting.FONTS)],
        ignore_system_fonts=True,
    )


MADE = {
    "a.docx": docx,
    "a.odt": odt,
    "a.xlsx": xlsx,
    "a.pdf": pdf,
    "a.csv": lambda words: f"\ufeff{words},1".encode(),
    "a.txt": lambda words: words.encode("cp874"),
}


@pytest.mark.parametrize("name", MADE)
def test_thai_words_are_read_from_every_kind(name):
    read = text_of(stored(name, MADE[name](WORDS)))
    assert (read.is_complete, read.problem) == (True, "")
    assert WORDS in read.text


def test_what_is_hidden_in_a_file_is_read_too():
    """Whoever downloads the file can read it."""
    assert "เลขเดิม" in text_of(stored("a.docx", docx(WORDS))).text
    sheet = text_of(stored("a.xlsx", xlsx(WORDS))).text
    assert "ในแผ่นที่ซ่อน" in sheet
    assert f"{WORDS}\t{NUMBER}\t{NUMBER}\n" in sheet
    assert "หน้าสอง" in text_of(stored("a.pdf", pdf(WORDS))).text


def test_only_text_is_read():
    assert "PAGE" not in text_of(stored("a.docx", docx(WORDS))).text
    assert "ไม่ใช่" not in text_of(stored("a.odt", odt(WORDS))).text


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "ก"><!ENTITY b "&a;&a;">]>'
    '<d xmlns:text="urn:t"><text:p>&b;</text:p></d>'
)
BROKEN = {
    "empty.pdf": (b"", FileProblem.UNREADABLE),
    "no.pdf": (b"%PDF-1.4 text", FileProblem.UNREADABLE),
    "half.pdf": (None, FileProblem.UNREADABLE),
    "no.docx": (b"PK\x03\x04 text", FileProblem.UNREADABLE),
    "other.docx": (zipped(mimetype="x"), FileProblem.UNREADABLE),
    "bomb.odt": (zipped(content_xml=BOMB), FileProblem.UNREADABLE),
    "no.xlsx": (b"PK\x03\x04 text", FileProblem.UNREADABLE),
    "locked.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), FileProblem.LOCKED),
    "big.odt": (
        zipped(content_xml=b" " * (readers.MAX_UNPACKED + 1)),
        FileProblem.TOO_LARGE,
    ),
    "long.txt": (b"a" * (readers.MAX_CHARS + 1), FileProblem.TOO_LARGE),
    "a.zip": (b"PK\x03\x04", FileProblem.KIND),
    "none": (b"text", FileProblem.KIND),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_said_and_is_no_error(name):
    content, problem = BROKEN[name]
    read = text_of(stored(name, pdf(WORDS)[:500] if content is None else content))
    assert not read.is_complete
    assert read.problem == problem.label


def test_characters_no_database_takes_are_dropped():
    assert text_of(stored("a.txt", b"a\0b \xed\xa0\x80")).is_complete
    assert "\0" not in ExtractedText.objects.get().text


def test_a_missing_file_is_said():
    document = stored("a.txt", b"text")
    document.file.storage.delete(document.file.name)
    assert text_of(document).problem == FileProblem.MISSING.label


def test_a_pdf_that_takes_too_long_gives_what_was_read(monkeypatch):
    def hang(command, timeout, **kwargs):
        raise subprocess.TimeoutExpired(
            command, timeout, output=b'{"pages": 9}\n{"text": "first"}\n{"te'
        )

    monkeypatch.setattr(subprocess, "run", hang)
    read = text_of(stored("a.pdf", b"%PDF-1.4"))
    assert (read.text, read.is_complete) == ("first", False)
    assert read.problem == FileProblem.TOO_LONG.label


def test_a_reader_that_hangs_is_ended(monkeypatch, tmp_path):
    hanging = tmp_path / "hang.py"
    hanging.write_text("import time; print('{}', flush=True); time.sleep(60)")
    monkeypatch.setattr(readers, "_PDF_READER", hanging)
    monkeypatch.setattr(readers, "SECONDS", 0.5)
    read = text_of(stored("a.pdf", b"%PDF-1.4"))
    assert read.problem == FileProblem.TOO_LONG.label


def test_too_many_pages_and_pictures_of_pages_are_said(monkeypatch):
    monkeypatch.setattr(readers, "MAX_PAGES", 1)
    read = text_of(stored("a.pdf", pdf(WORDS)))
    assert WORDS in read.text
    assert read.problem == FileProblem.TOO_LARGE.label
    scan = BytesIO()
    pytest.importorskip("PIL.Image").new("RGB", (20, 20)).save(scan, "PDF")
    read = text_of(stored("scan.pdf", scan.getvalue()))
    assert read.problem == FileProblem.PICTURES.label


def test_the_same_bytes_are_read_once_and_other_bytes_again(monkeypatch):
    document = stored("a.txt", b"first")
    assert text_of(document).text == "first"
    asked = []
    monkeypatch.setattr(
        readers, "read", lambda content, kind: asked.append(content) or ("second", "")
    )
    assert text_of(document).text == "first"
    assert asked == []
    document.file.save("a.txt", ContentFile(b"other"))
    assert text_of(document).text == "second"
    assert ExtractedText.objects.count() == 1


def test_a_document_that_was_read_is_not_public_by_that_and_leaves_nothing():
    document = stored("a.txt", b"first")
    text_of(document)
    assert not serving.is_public_file(document)
    document.delete()
    assert not ExtractedText.objects.exists()
