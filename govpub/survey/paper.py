"""The report as PDF, by the same means as every other paper of the office."""

from __future__ import annotations

from pathlib import Path

from govpub.pdf.typesetting import typeset
from govpub.survey.sheet import Sheet, plain

TEMPLATE = Path(__file__).parent / "report.typ"


def as_pdf(sheet: Sheet) -> bytes:
    """The report in the office format, on A4, with room for two signatures."""
    return typeset(TEMPLATE, plain(sheet), at=sheet.made_at)
