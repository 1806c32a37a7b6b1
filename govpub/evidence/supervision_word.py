"""The supervision report and its covering memo for a word processor (DOCX)."""

from __future__ import annotations

import io
from datetime import datetime

from django.utils import timezone
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.shared import Cm

from govpub.evidence.emblem import emblem_picture
from govpub.evidence.models import SupervisionReport
from govpub.evidence.supervision import Report, paper_words, report_of
from govpub.thai import word

BODY = 2.5  # centimetres by which a paragraph of an official letter begins inside
WIDE = 16.0  # centimetres between the margins


def report_docx(words: SupervisionReport, at: datetime | None = None) -> bytes:
    """The report to be edited further, dated ``at`` (default: now)."""
    at = at or timezone.now()
    report = report_of(words, timezone.localdate(at))
    paper = word.new_document(f"{report.title} {report.period}", report.office, at)
    _memo(paper, report, emblem_picture(paper_words(words)))
    paper.add_page_break()
    _report(paper, report)
    word.number_pages(paper, "หน้า")
    return word.saved(paper, at)


def _memo(paper: Paper, report: Report, emblem: bytes | None) -> None:
    top = word.frame(paper, [["", None, ""]], [3, WIDE - 6, 3], ruled=False)
    picture, title, _right = top.rows[0].cells
    if emblem:
        picture.paragraphs[0].add_run().add_picture(io.BytesIO(emblem), height=Cm(1.5))
    word.write(title, ("บันทึกข้อความ", True), align=Align.CENTER, size=24)
    phone = f" โทร. {report.phone}" if report.phone else ""
    word.write(paper, ("ส่วนราชการ  ", True), report.office + phone)
    number = report.memo_number + word.DOTS[:20]
    word.write(paper, ("ที่  ", True), number, ("    วันที่  ", True), report.day)
    word.write(paper, ("เรื่อง  ", True), report.subject)
    word.write(paper, f"เรียน  {report.memo_to}")
    for said in report.covering:
        word.write(paper, said, align=Align.THAI_JUSTIFY, first_line=BODY)
    _signature(paper, report.reporter, report.position)
    word.write(paper)
    _decision(paper, report)


def _decision(paper: Paper, report: Report) -> None:
    """What the head ticks and signs, in a box of its own."""
    (box,) = word.frame(paper, [[None]], [WIDE]).rows[0].cells
    word.write(box, (f"ความเห็น{report.memo_to}", True))
    for choice in ("ทราบ", "อนุญาตเผยแพร่", f"ไม่อนุญาต (เหตุผล) {word.DOTS}"):
        word.write(box, f"{word.BOX} {choice}", indent=0.5)
    _signature(box, "", report.head_title)


def _signature(place: word.Place, name: str, position: str, behind: str = "") -> None:
    lines = [
        "",
        f"ลงชื่อ {word.DOTS} {behind}".rstrip(),
        f"({name or word.DOTS})",
        f"ตำแหน่ง {position or word.DOTS}",
        f"วันที่ {word.DOTS[:8]} เดือน {word.DOTS[:16]} พ.ศ. {word.DOTS[:8]}",
    ]
    for number, line in enumerate(lines, start=1):
        joined = number < len(lines)
        word.write(place, line, align=Align.CENTER, indent=6, joined=joined)


def _report(paper: Paper, report: Report) -> None:
    word.heading(paper, report.title, 1)
    word.write(paper, report.office, align=Align.CENTER)
    word.write(paper, report.period, align=Align.CENTER)
    for table in report.tables:
        word.heading(paper, table.title, 2)
        word.grid(paper, table.head, table.rows, _widths(len(table.head)))
    for title, said in (
        ("ปัญหาและอุปสรรค", report.problems),
        ("ข้อเสนอแนะ", report.suggestions),
    ):
        word.heading(paper, title, 2)
        for line in said.splitlines():
            word.write(paper, line, align=Align.THAI_JUSTIFY, first_line=BODY)
    _signature(paper, report.reporter, report.position, "ผู้รายงาน")


def _widths(columns: int) -> list[float]:
    """A wide first column for the names, equal ones for the figures."""
    narrow = {2: WIDE / 3}.get(columns, WIDE / (columns + (1 if columns > 5 else 3)))
    return [WIDE - narrow * (columns - 1), *[narrow] * (columns - 1)]
