"""Tables as files that a spreadsheet opens with their Thai intact."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from io import StringIO

Cell = str | int | Decimal | None
BOM = "\ufeff"  # without it Excel takes Thai for another code page
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Sequence[Sequence[Cell]]) -> str:
    """CSV with a byte order mark, no text of which a spreadsheet would compute."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [_harmless(cell) for cell in line] for line in table
    )
    return BOM + out.getvalue()


def _harmless(cell: Cell) -> Cell:
    dangerous = isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{cell}" if dangerous else cell
