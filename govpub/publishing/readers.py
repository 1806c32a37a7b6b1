"""The words in a file, kind by kind. Each reader is bounded in size, pages and time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from time import monotonic
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import XMLParser
from openpyxl import load_workbook

from govpub.publishing.models.file_text import FileProblem

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 32 * 1024 * 1024
MAX_CHARS = 1_000_000
MAX_PAGES = 500
SECONDS = 10
_PDF_READER = Path(__file__).with_name("pdf_text.py")
# PDFium gives some letters with two marks twice (คำสั่สั่ง) when typst drew them.
_DOUBLED = re.compile(r"([\u0e01-\u0e2e][\u0e31\u0e34-\u0e39][\u0e47-\u0e4e])\1")
_PIECES = {
    "docx": r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml",
    "pptx": r"ppt/(slides|notesSlides|comments)/[^/]+\.xml",
    "odt": r"(content|styles)\.xml",
    "ods": r"(content|styles)\.xml",
}
_OFFICE_OPEN = frozenset({"t", "delText", "text"})
_OPEN_DOCUMENT = frozenset({"p", "h"})

# What was read, and what was in the way of reading it whole ("" if nothing was).
Reading = tuple[str, str]


def read(content: bytes, extension: str) -> Reading:
    """The text of a file's bytes; a reader that fails says so and raises nothing."""
    reader = READERS.get(extension)
    if reader is None:
        return "", FileProblem.KIND
    if len(content) > MAX_BYTES:
        return "", FileProblem.TOO_LARGE
    try:
        text, problem = reader(content)
    except Exception:  # whatever a broken file makes of a library
        return "", FileProblem.UNREADABLE
    if len(text) > MAX_CHARS:
        return text[:MAX_CHARS], FileProblem.TOO_LARGE
    return text, problem


def _read_pdf(content: bytes) -> Reading:
    problem = ""
    try:
        output = subprocess.run(  # noqa: S603
            [sys.executable, "-P", str(_PDF_READER), str(MAX_PAGES)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except subprocess.TimeoutExpired as late:
        output, problem = late.stdout or b"", FileProblem.TOO_LONG
    lines = list(_whole_lines(output))
    said = {name: value for line in lines for name, value in line.items()}
    pages = [line["text"] for line in lines if "text" in line]
    if not problem:
        problem = said.get("problem", "" if "end" in said else FileProblem.UNREADABLE)
    if not problem and said["pages"] > len(pages):
        problem = FileProblem.TOO_LARGE
    if not problem and any(line.get("picture") for line in lines):
        problem = FileProblem.PICTURES
    return _DOUBLED.sub(r"\1", "\n".join(pages)), problem


def _whole_lines(output: bytes) -> Iterator[dict]:
    """A reader that was stopped leaves a half line at the end."""
    for line in output.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def _read_pieces(extension: str, texts: frozenset[str]) -> Callable[[bytes], Reading]:
    """A reader of the XML inside a ZIP container."""

    def reader(content: bytes) -> Reading:
        if _is_locked(content):
            return "", FileProblem.LOCKED
        with ZipFile(BytesIO(content)) as container:
            wanted = re.compile(_PIECES[extension])
            names = [name for name in container.namelist() if wanted.fullmatch(name)]
            if not names:
                return "", FileProblem.UNREADABLE
            if _unpacked(container, names) > MAX_UNPACKED:
                return "", FileProblem.TOO_LARGE
            words = _Words(texts)
            for name in names:
                parser = XMLParser(target=words, forbid_dtd=True)
                parser.feed(container.read(name))
                parser.close()
        return "".join(words.found), ""

    return reader


class _Words:
    """Takes the words out of a stream of XML, a line for each paragraph."""

    def __init__(self, texts: frozenset[str]) -> None:
        self.texts = texts
        self.depth = 0
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name in self.texts:
            self.depth += 1
        elif name in ("tab", "br", "s", "line-break"):
            self.found.append(" ")

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name in self.texts:
            self.depth -= 1
        if name in ("p", "h"):
            self.found.append("\n")

    def data(self, text: str) -> None:
        if self.depth:
            self.found.append(text)

    def close(self) -> None:
        self.depth = 0


def _read_xlsx(content: bytes) -> Reading:
    """Every cell of every sheet, hidden ones too: who downloads it can read them."""
    if _is_locked(content):
        return "", FileProblem.LOCKED
    with ZipFile(BytesIO(content)) as container:
        names = [name for name in container.namelist() if name.endswith(".xml")]
        if _unpacked(container, names) > MAX_UNPACKED:
            return "", FileProblem.TOO_LARGE
    until = monotonic() + SECONDS
    rows: list[str] = []
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows.append(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            if monotonic() > until:
                return "\n".join(rows), FileProblem.TOO_LONG
            cells = [_cell(value) for value in row if value is not None]
            if cells:
                rows.append("\t".join(cells))
    return "\n".join(rows), ""


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def _read_plain(content: bytes) -> Reading:
    """UTF-8, or what Excel saves in Thailand."""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp874", "replace"), ""


def _is_locked(content: bytes) -> bool:
    """Office wraps a file with a password into its old container."""
    return content.startswith(b"\xd0\xcf\x11\xe0")


def _unpacked(container: ZipFile, names: list[str]) -> int:
    """Bytes these have when unpacked; zipfile never reads more than it says."""
    infos = [container.getinfo(name) for name in names]
    if any(info.flag_bits & 1 for info in infos):
        raise BadZipFile("encrypted")
    return sum(info.file_size for info in infos)


READERS: dict[str, Callable[[bytes], Reading]] = {
    "pdf": _read_pdf,
    "docx": _read_pieces("docx", _OFFICE_OPEN),
    "pptx": _read_pieces("pptx", _OFFICE_OPEN),
    "odt": _read_pieces("odt", _OPEN_DOCUMENT),
    "ods": _read_pieces("ods", _OPEN_DOCUMENT),
    "xlsx": _read_xlsx,
    "csv": _read_plain,
    "txt": _read_plain,
}
