"""The register on paper, landscape, with the sums of its categories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import override

from wagtail.models import Site

from govpub.categories.enums import Category
from govpub.evidence.register import Entry, totals
from govpub.evidence.store import TEMPLATES
from govpub.pdf.typesetting import typeset
from govpub.publishing.enums import Step
from govpub.publishing.models import OfficeSettings
from govpub.thai.dates import thai_date, thai_datetime
from govpub.thai.digits import official_digits, to_thai_digits

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


def register_pdf(
    site: Site, fiscal_year: int, lines: Sequence[Entry], at: datetime, part: str = ""
) -> bytes:
    """The lines of a fiscal year's register as PDF, dated ``at``.

    ``part`` says which lines they are, where they are not all.
    """
    name = str(OfficeSettings.for_site(site))
    return registers_pdf([(name, lines)], fiscal_year, at, part)


def registers_pdf(
    offices: Sequence[tuple[str, Sequence[Entry]]],
    fiscal_year: int,
    at: datetime,
    part: str = "",
) -> bytes:
    """The registers of several offices, by name, one after another in one PDF."""
    with override("th"):
        data = {
            "title": TITLE,
            "covers": to_thai_digits(f"ปีงบประมาณ พ.ศ. {fiscal_year} {part}".strip()),
            "note": f"พิมพ์เมื่อ {thai_datetime(at, digits='thai')}",
            "widths": list(COLUMNS.values()),
            "head": list(COLUMNS),
            "sums_head": ["หมวด", "จำนวนคำขอ"],
            "parts": [_part(name, lines) for name, lines in offices],
        }
    return typeset(TEMPLATES / "table.typ", data, at=at)


def _part(office: str, lines: Sequence[Entry]) -> dict[str, Any]:
    return {
        "office": office,
        "rows": [_row(line) for line in lines],
        "sums": [
            [
                f"{to_thai_digits(number)}. {Category(number).official_title}",
                to_thai_digits(count),
            ]
            for number, count in totals(lines).items()
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
