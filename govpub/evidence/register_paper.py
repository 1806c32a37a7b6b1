"""The register on paper, landscape, with the sums of its categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import override

from wagtail.models import Site

from govpub.categories.enums import Category
from govpub.evidence.register import Entry
from govpub.evidence.store import TEMPLATES
from govpub.pdf.typesetting import typeset
from govpub.publishing.enums import Step
from govpub.publishing.models import FormWords, OfficeSettings
from govpub.thai.dates import thai_date, thai_datetime
from govpub.thai.digits import official_digits, to_thai_digits, with_arabic_digits

LINES_OF_A_PAPER = 300
TITLE = "ทะเบียนคำขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน"
# On paper what belongs together stands in one column: its name, its share of the line.
COLUMNS = {
    "เลขที่": 38,
    "วันที่เสนอ": 50,
    "หน่วยงาน": 52,
    "หมวด": 46,
    "หัวข้อ": 92,
    "ผลการพิจารณา": 44,
    "ครั้งที่": 21,
    "เวลาที่ใช้ (นาที)": 54,
    "ทันเวลา": 24,
    "ระยะเวลาการเผยแพร่": 60,
    "สถานะ": 46,
    "วันที่เผยแพร่": 50,
    "วันที่และเหตุผลที่นำลง": 60,
}
STEPS = {
    Step.PROPOSE: "เสนอ",
    Step.CONSIDER: "พิจารณา",
    Step.PUT_UP: "นำขึ้น",
    Step.TELL_BACK: "แจ้งกลับ",
}


@dataclass(frozen=True)
class Sheet:
    """Lines of one office; with the sums of its categories behind the last of them."""

    office: str
    lines: Sequence[Entry]
    sums: Mapping[int, int] = field(default_factory=dict)
    thai_digits: bool = True


def sheet_of(
    site: Site,
    fiscal_year: int,
    lines: Sequence[Entry],
    sums: Mapping[int, int] | None = None,
) -> Sheet:
    """Lines of an office, in the digits that it chose for the year."""
    words = FormWords.of_year(site, fiscal_year)
    name = str(OfficeSettings.for_site(site))
    return Sheet(name, lines, sums or {}, words.thai_digits_register)


def parts_of(count: int) -> list[range]:
    """Which lines stand on which paper: a long register is several papers.

    One paper takes more memory and time with every line, several do not.
    """
    starts = range(0, max(count, 1), LINES_OF_A_PAPER)
    return [range(start, min(start + LINES_OF_A_PAPER, count)) for start in starts]


def part_name(number: int, papers: int) -> str:
    """Which of several papers it is; nothing where there is one."""
    return f"ฉบับที่ {number} จาก {papers}" if papers > 1 else ""


def register_pdf(
    sheets: Sequence[Sheet], fiscal_year: int, at: datetime, part: str = ""
) -> bytes:
    """Registers of a fiscal year (B.E.), office after office, as PDF dated ``at``.

    ``part`` says which of several papers it is.
    """
    with override("th"):
        covers = to_thai_digits(f"ปีงบประมาณ พ.ศ. {fiscal_year} {part}".strip())
        frame: dict[str, Any] = {
            "title": TITLE,
            "covers": covers,
            "note": f"พิมพ์เมื่อ {thai_datetime(at, digits='thai')}",
            "widths": list(COLUMNS.values()),
            "head": list(COLUMNS),
            "sums_head": ["หมวด", "จำนวนคำขอ"],
        }
        frame["arabic"] = not sheets[0].thai_digits
        parts = [_in_its_digits(sheet, _part(sheet, covers)) for sheet in sheets]
        data = {**_in_its_digits(sheets[0], frame), "parts": parts}
    return typeset(TEMPLATES / "table.typ", data, at=at)


def _in_its_digits(sheet: Sheet, composed: dict[str, Any]) -> dict[str, Any]:
    return composed if sheet.thai_digits else with_arabic_digits(composed)


def _part(sheet: Sheet, covers: str) -> dict[str, Any]:
    return {
        "office": sheet.office,
        "covers": covers,
        "rows": [_row(line) for line in sheet.lines],
        "sums": [
            [
                f"{to_thai_digits(number)}. {Category(number).official_title}",
                to_thai_digits(count),
            ]
            for number, count in sheet.sums.items()
        ],
    }


def _row(line: Entry) -> list[str]:
    category = Category(line.category) if line.category else None
    down = [thai_date(line.taken_down, "numeric"), line.why_down]
    row = (
        line.number,
        thai_date(line.proposed, "numeric"),
        line.unit,
        f"{category}. {category.label}" if category else "",
        line.topic,
        line.outcome,
        str(line.rounds),
        "\n".join(
            f"{STEPS[Step(step)]} {spent:.1f}" for step, spent in line.minutes.items()
        ),
        line.in_time_label,
        line.period,
        line.state,
        thai_date(line.published, "numeric"),
        " ".join(filter(None, down)),
    )
    return [official_digits(cell) for cell in row]
