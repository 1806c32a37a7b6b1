"""The register on paper, landscape, with the sums of its categories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import override

from wagtail.models import Site

from govpub.categories.enums import Category
from govpub.evidence.register import Entry, cells, totals
from govpub.evidence.store import TEMPLATES
from govpub.pdf.typesetting import typeset
from govpub.publishing.models import OfficeSettings
from govpub.thai.dates import thai_datetime
from govpub.thai.digits import official_digits, to_thai_digits

TITLE = "ทะเบียนคำขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน"
# One width for each column of the register, in shares of the line.
WIDTHS = (7, 10, 8, 8, 13, 7, 4, 5, 6, 5, 6, 5, 9, 7, 10, 10, 7)
# On paper there is room for short words only.
HEAD = (
    "เลขที่",
    "วันที่เสนอ",
    "หน่วยงาน",
    "หมวด",
    "หัวข้อ",
    "ผลการพิจารณา",
    "ครั้งที่",
    "เสนอ (นาที)",
    "พิจารณา (นาที)",
    "นำขึ้น (นาที)",
    "แจ้งกลับ (นาที)",
    "ทันเวลา",
    "ระยะเวลาการเผยแพร่",
    "สถานะ",
    "วันที่เผยแพร่",
    "วันที่นำลง",
    "เหตุผลที่นำลง",
)


def register_pdf(
    site: Site, fiscal_year: int, lines: Sequence[Entry], at: datetime
) -> bytes:
    """The lines of a fiscal year's register as PDF, dated ``at``."""
    with override("th"):
        counted = totals(lines)
        data = {
            "title": TITLE,
            "office": str(OfficeSettings.for_site(site)),
            "covers": f"ปีงบประมาณ พ.ศ. {to_thai_digits(fiscal_year)}",
            "note": f"พิมพ์เมื่อ {thai_datetime(at, digits='thai')}",
            "widths": list(WIDTHS),
            "head": list(HEAD),
            "rows": [[_written(cell) for cell in cells(line)] for line in lines],
            "sums_head": ["หมวด", "จำนวนคำขอ"],
            "sums": [
                [
                    f"{to_thai_digits(number)}. {Category(number).official_title}",
                    to_thai_digits(count),
                ]
                for number, count in counted.items()
            ],
        }
    return typeset(TEMPLATES / "table.typ", data, at=at)


def _written(cell: object) -> str:
    return "" if cell is None else official_digits(str(cell))
