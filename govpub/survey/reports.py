"""The table of a Thai satisfaction report, and its way into spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from govpub.survey.enums import Level
from govpub.survey.models import Comment
from govpub.survey.page_queries import PageScore
from govpub.survey.results import Line, Results
from govpub.survey.scoring import Score
from govpub.thai.dates import thai_date, thai_datetime
from govpub.thai.spreadsheet import Cell, write_csv

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Row:
    """A line of the report: ข้อ, รายการ and the numbers; ``kind`` is for its looks."""

    number: str
    item: str
    score: Score
    kind: str = "item"

    @property
    def meaning(self) -> str:
        return meaning_of(self.score)


def meaning_of(found: Score) -> str:
    """แปลผล: the level the mean is read as, or a dash."""
    return str(Level(found.band).label) if found.band else "–"


def office_table(results: Results) -> list[Row]:
    """The report in the office format: per item, per aspect, together, overall."""
    rows: list[Row] = []
    for number, aspect in enumerate(results.aspects, start=1):
        for position, line in enumerate(aspect.lines, start=1):
            rows.append(Row(f"{number}.{position}", _item(line), line.score))
        name = _("Aspect total: %(aspect)s") % {"aspect": aspect.name}
        rows.append(Row(str(number), name, aspect.score, "aspect"))
    if results.aspects:
        rows.append(Row("", _("All items together"), results.together, "total"))
    for line in results.overall_lines:
        rows.append(Row("", _item(line), line.score, "overall"))
    return rows


def _item(line: Line) -> str:
    """The question; an earlier wording says until when it was asked."""
    if not line.superseded:
        return str(line.wording)
    day = thai_date(date.fromisoformat(line.superseded))
    return _("%(question)s (asked until %(day)s)") % {
        "question": line.wording,
        "day": day,
    }


def level_headings() -> list[Cell]:
    """A column for the frequency of each level, then one for the percent of each."""
    levels = [str(level.label) for level in Level]
    return [*levels, *(_("%(level)s (%%)") % {"level": level} for level in levels)]


def headings() -> list[Cell]:
    """The columns of the office format, with a frequency and a percent per level."""
    return [
        pgettext("survey report", "No."),
        _("Item"),
        pgettext("survey report", "Answers"),
        *level_headings(),
        _("Mean"),
        _("S.D."),
        _("Percent"),
        _("Meaning"),
    ]


def _cells(row: Row) -> list[Cell]:
    found = row.score
    return [
        row.number,
        row.item,
        found.n,
        *found.counts.values(),
        *found.shares.values(),
        _or_dash(found.mean),
        _or_dash(found.deviation),
        _or_dash(found.percent),
        row.meaning,
    ]


def _or_dash(value: Decimal | None) -> Cell:
    return "–" if value is None else value


def as_csv(rows: Sequence[Row]) -> str:
    """CSV with a byte order mark, no text of which a spreadsheet would compute."""
    return write_csv([headings(), *map(_cells, rows)])


def report_table(rows: Sequence[Row]) -> list[list[Cell]]:
    """The office table as plain cells, heading first."""
    return [headings(), *map(_cells, rows)]


def download(content: bytes, name: str) -> HttpResponse:
    """A file to keep; its kind follows from the ending of its name."""
    kind = KINDS[name.rpartition(".")[2]]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def comments_table(comments: Iterable[Comment]) -> list[list[Cell]]:
    """Comments as plain cells, heading first."""
    heading: list[Cell] = [
        _("Written"),
        _("Round"),
        _("About"),
        _("Comment"),
        _("Status"),
        _("Kept apart"),
        _("The office's answer"),
        _("Reason for hiding"),
        _("Handled"),
        _("Handled by"),
    ]
    return [heading, *map(_comment_cells, comments)]


def _comment_cells(comment: Comment) -> list[Cell]:
    who = comment.handled_by
    return [
        thai_datetime(comment.written_at),
        str(comment.round),
        comment.about,
        comment.text,
        comment.get_status_display(),
        _("Yes") if comment.kept_apart else "",
        comment.reply,
        comment.hidden_reason,
        thai_datetime(comment.handled_at) if comment.handled_at else "",
        (who.get_full_name() or who.get_username()) if who else "",
    ]


def pages_table(pages: Sequence[PageScore]) -> list[list[Cell]]:
    """Ratings per page or section as plain cells, heading first."""
    heading: list[Cell] = [
        _("Page"),
        _("Ratings"),
        *level_headings(),
        _("Mean"),
        _("S.D."),
        _("Percent"),
        _("Meaning"),
        _("Useful"),
        _("Not useful"),
    ]
    return [heading, *map(_page_cells, pages)]


def _page_cells(page: PageScore) -> list[Cell]:
    found = page.score
    return [
        page.title,
        found.n,
        *found.counts.values(),
        *found.shares.values(),
        _or_dash(found.mean),
        _or_dash(found.deviation),
        _or_dash(found.percent),
        meaning_of(found),
        page.useful,
        page.not_useful,
    ]
