"""Attachments made by code: documents on paper and spreadsheets.

What is written on them is handed over as data (JSON), never as markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from govpub.pdf.typesetting import fonts
from govpub.thai.dates import thai_date
from govpub.thai.digits import to_thai_digits
from home.demo.item import (
    SAMPLE,
    Block,
    Bullets,
    Heading,
    Item,
    Pdf,
    Picture,
    Sheet,
    Table,
)
from home.demo.office import HEAD_TITLE, NAME
from home.demo.words import fill

PAPER = Path(__file__).parent / "paper"
LINE = Side(style="thin", color="999999")


def printed(template: str, data: dict[str, Any], **options: Any) -> bytes:
    """A template of ``paper`` with its data, as PDF; ``format="png"`` as a picture."""
    return typst.compile(
        PAPER / template,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **options,
    )


def pdf(item: Item, file: Pdf, day: date) -> bytes:
    """The document of an item, with the date of its form."""
    blocks = [
        _on_paper(block)
        for block in file.blocks or (*item.body, *([item.data] if item.data else []))
        if not isinstance(block, Picture)
    ]
    words = {
        "office": NAME,
        "title": _official(file.title),
        "date": thai_date(day, digits="thai", language="th"),
        "signer": HEAD_TITLE if file.official else "",
        "note": SAMPLE,
        "blocks": blocks,
    }
    return printed("document.typ", words)


def _official(text: str) -> str:
    """Official paper is written with Thai digits; addresses are left as they are."""
    return " ".join(
        word if "://" in word or "@" in word else to_thai_digits(word)
        for word in fill(text).split(" ")
    )


def _on_paper(block: Block) -> dict[str, Any]:
    if isinstance(block, str):
        return {"kind": "paragraph", "text": _official(block)}
    if isinstance(block, Table):
        return {"kind": "table", **_table_on_paper(block)}
    if isinstance(block, Bullets):
        items = tuple(_official(item) for item in block.items)
        return {"kind": "bullets", **asdict(replace(block, items=items))}
    kind = "heading" if isinstance(block, Heading) else "notice"
    return {"kind": kind} | {
        name: _official(text) for name, text in asdict(block).items()
    }


def _table_on_paper(table: Table) -> dict[str, Any]:
    rows = [[_official(as_text(cell)) for cell in row] for row in table.lines]
    head = [_official(name) for name in table.head]
    return {
        "caption": _official(table.caption),
        "head": head,
        "rows": rows,
        "numbers": [table.is_number(column) for column in range(len(head))],
        "widths": [_width(column) for column in zip(head, *rows, strict=True)],
    }


def _width(column: tuple[str, ...]) -> int:
    """Long texts get more room, up to four times that of the short ones."""
    return min(max(max(map(len, column)), 8), 36)


def as_text(cell: Any) -> str:
    """A cell as it is printed: ``12,500``."""
    return cell if isinstance(cell, str) else f"{cell:,}"


def sheet(item: Item, file: Sheet) -> bytes:
    """The tables of an item as a workbook, one worksheet each."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = fill(file.title)
    book.properties.creator = NAME
    for number, table in enumerate(file.tables or item.tables, start=1):
        _write(book.create_sheet(f"ตารางที่ {number}"), table)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(page: Worksheet, table: Table) -> None:
    page.append([fill(table.caption)])
    page["A1"].font = Font(bold=True, size=14)
    page.append([fill(name) for name in table.head])
    for row in table.lines:
        page.append([fill(cell) if isinstance(cell, str) else cell for cell in row])
    page.freeze_panes = "A3"
    _lay_out(page, table)
    page.append([])
    page.append([SAMPLE])


def _lay_out(page: Worksheet, table: Table) -> None:
    last = page.max_row if table.total else 0
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "#,##0.##" if cell.data_type == "n" else "General"
            if cell.row == 2:
                cell.fill = PatternFill("solid", fgColor="E5F1EE")
            cell.font = Font(bold=cell.row in (2, last))
    for number, name in enumerate(table.head, start=1):
        texts = (name, *(as_text(row[number - 1]) for row in table.lines))
        page.column_dimensions[get_column_letter(number)].width = _width(texts) + 4
