"""Tables as files that a spreadsheet opens with their Thai intact."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as UNPRINTABLE
from openpyxl.styles import Font

Cell = str | int | Decimal | None
BOM = "\ufeff"  # without it Excel takes Thai for another code page
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Iterable[Sequence[Cell]]) -> str:
    """CSV with a byte order mark, no text of which a spreadsheet would compute."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [_harmless(cell) for cell in line] for line in table
    )
    return BOM + out.getvalue()


def _harmless(cell: Cell) -> Cell:
    dangerous = isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{cell}" if dangerous else cell


class ExportWithThai:
    """Before Wagtail's own export among a view's bases: its CSV as ``write_csv``'s."""

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BOM.encode()
        yield from super().stream_csv(queryset)  # type: ignore[misc]

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        cell = super().preprocess_field_value(  # type: ignore[misc]
            field, value, export_format
        )
        return _harmless(cell) if export_format == "csv" else cell


def write_xlsx(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """A workbook of tables; the first line of each is its heading."""
    book = Workbook(write_only=True)
    for title, table in sheets.items():
        sheet = book.create_sheet(title=title[:31])
        sheet.freeze_panes = "A2"
        for number, line in enumerate(table):
            sheet.append(list(_xlsx_cells(sheet, line, bold=number == 0)))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cells(sheet: object, line: Sequence[Cell], *, bold: bool) -> Iterator[object]:
    for value in line:
        text = isinstance(value, str)
        cell = WriteOnlyCell(sheet, UNPRINTABLE.sub("", value) if text else value)
        if text:
            cell.data_type = "s"  # a text that begins with "=" stays a text
        cell.font = Font(bold=bold)
        yield cell
