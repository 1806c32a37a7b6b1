"""The report of a round as one plain structure: what screen and paper show alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from govpub.survey.enums import BandScheme, Level
from govpub.survey.models import SurveyRound
from govpub.survey.page_queries import PageScore
from govpub.survey.reports import Row, meaning_of, office_table
from govpub.survey.results import FEW, Results
from govpub.survey.scoring import Score
from govpub.thai.dates import thai_date


@dataclass(frozen=True)
class Sheet:
    """Everything a report says, in the words of the language in force.

    ``covers`` says to which part of the answers it is narrowed; empty: to none.
    """

    office: str
    title: str
    period: str
    n: int
    rows: list[Row]
    sections: list[PageScore]
    notes: list[str]
    covers: list[str] = field(default_factory=list)
    made_at: datetime = field(default_factory=timezone.now)


def sheet_of(
    round_: SurveyRound,
    results: Results,
    sections: list[PageScore],
    *,
    covers: Sequence[str] = (),
) -> Sheet:
    """The report of these results of a round."""
    return Sheet(
        office=round_.site.site_name,
        title=_("Report of the satisfaction with the website"),
        period=_("%(round)s (%(first)s to %(last)s)")
        % {
            "round": round_,
            "first": thai_date(round_.opens_on),
            "last": thai_date(round_.closes_on),
        },
        n=results.n,
        rows=office_table(results),
        sections=sections,
        notes=[*_notes(round_, results, bool(covers)), *_note_on(sections)],
        covers=list(covers),
    )


def _notes(round_: SurveyRound, results: Results, narrowed: bool) -> Iterator[str]:
    yield _("Scale of 5 levels; a mean is rounded half up to two decimals.")
    scheme = BandScheme(results.scheme).label
    yield _("Means are read by scheme %(scheme)s.") % {"scheme": scheme}
    yield _("S.D. is that of a sample (n − 1). Percent is the mean times 20.")
    if results.is_few:
        yield _("So few answers say little about all visitors; read them with care.")
    if narrowed:
        yield _("Only the answers chosen above; not the frozen results.")
    elif round_.closed_at:
        day = thai_date(timezone.localdate(round_.closed_at))
        yield _("Closed, results frozen on %(day)s") % {"day": day}
    else:
        yield _("The round is open; these results are not final.")


def _note_on(sections: list[PageScore]) -> Iterator[str]:
    if any(section.score.n < FEW for section in sections):
        words = _("Fewer than %(few)s ratings of a page or section say little.")
        yield words % {"few": FEW}


def plain(sheet: Sheet) -> dict[str, Any]:
    """The same as JSON takes it, with the words around it, for a template of paper."""
    return {
        "office": sheet.office,
        "title": sheet.title,
        "period": sheet.period,
        "covers": sheet.covers,
        "respondents": _("Respondents: %(n)s") % {"n": f"{sheet.n:,}"},
        "columns": office_columns(),
        "rows": [
            {
                "kind": row.kind,
                "cells": [row.number, row.item, *_figures(row.score), row.meaning],
            }
            for row in sheet.rows
        ],
        "frequencies": {
            "title": _("Answers and percent per level"),
            "columns": [_("Item"), *(str(level.label) for level in Level)],
            "rows": [_frequencies(row) for row in sheet.rows],
        },
        "sections": {
            "title": _("Ratings by section"),
            "columns": [_("Category"), *office_columns()[2:], _("Useful")],
            "rows": [_section(section) for section in sheet.sections],
        },
        "notes": sheet.notes,
        "signatures": [_("Reported by"), _("Acknowledged by")],
        "position": _("Position"),
        "date": _("Date"),
        "printed": _("Printed on %(day)s")
        % {"day": thai_date(timezone.localdate(sheet.made_at))},
    }


def office_columns() -> list[str]:
    """ข้อ / รายการ / จำนวน / x̄ / S.D. / ร้อยละ / แปลผล."""
    return [
        pgettext("survey report", "No."),
        _("Item"),
        pgettext("survey report", "Answers"),
        "x̄",
        _("S.D."),
        _("Percent"),
        _("Meaning"),
    ]


def _figures(found: Score) -> list[str]:
    numbers = (found.mean, found.deviation, found.percent)
    return [f"{found.n:,}", *map(_or_dash, numbers)]


def _or_dash(number: Decimal | None) -> str:
    return "–" if number is None else str(number)


def _frequencies(row: Row) -> list[str]:
    found = row.score
    return [
        f"{row.number} {row.item}".strip(),
        *(f"{found.counts[level]:,} ({found.shares[level]})" for level in found.counts),
    ]


def _section(section: PageScore) -> list[str]:
    useful = f"{section.useful:,} / {section.useful + section.not_useful:,}"
    return [
        section.title,
        *_figures(section.score),
        meaning_of(section.score),
        useful,
    ]
