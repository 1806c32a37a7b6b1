"""Checklists as files: shipped with us, imported, exported, cloned to the next year."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.evidence.models import Cadence, Checklist, ChecklistItem, EvidenceLink
from govpub.thai.spreadsheet import FORMULA_STARTS, write_csv

SHIPPED = Path(__file__).parent / "checklists"
LARGEST = 2 * 1024 * 1024  # bytes
COLUMNS = (
    "code",
    "title",
    "heading",
    "cadence",
    "form_required",
    "applies_to",
    "categories",
    "deadlines",
    "explanation",
)
# Evidence that stays good in the next year as well.
LASTING = (Cadence.ONCE, Cadence.CHANGE)


@cache
def shipped_lists() -> dict[str, dict[str, Any]]:
    """The lists that come with us, by the name of their file."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SHIPPED.glob("*.json"))
    }


def as_bytes(shipped: str) -> bytes:
    """A shipped list as the file that it is."""
    return (SHIPPED / f"{shipped}.json").read_bytes()


def read_list(content: bytes, name: str) -> dict[str, Any]:
    """A list from a JSON or CSV file; ``ValidationError`` says what is wrong."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large for a checklist."))
    try:
        text = content.decode("utf-8-sig")
        data = _from_csv(text) if name.lower().endswith(".csv") else json.loads(text)
    except (UnicodeDecodeError, ValueError, csv.Error, RecursionError) as error:
        raise ValidationError(_("This file is not a checklist.")) from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise ValidationError(_("This file is not a checklist."))
    year = data.get("fiscal_year")
    if year is not None and not (isinstance(year, int) and 2500 <= year <= 2700):
        text = _("Give the fiscal year in the Buddhist Era, e.g. 2567.")
        raise ValidationError(text)
    data["items"] = [_item(row, place) for place, row in enumerate(data["items"], 1)]
    codes = [item["code"] for item in data["items"]]
    if not codes or len(set(codes)) < len(codes):
        raise ValidationError(_("Every item needs a code of its own."))
    data["deadlines"] = _deadlines(data.get("deadlines", []))
    return data


def _item(row: Any, place: int) -> dict[str, Any]:
    try:
        item = {
            "code": str(row["code"]).strip()[:50],
            "title": str(row["title"]).strip(),
            "heading": bool(row.get("heading", False)),
            "cadence": Cadence(row.get("cadence") or Cadence.YEAR),
            "form_required": bool(row.get("form_required", True)),
            "applies_to": [str(kind) for kind in row.get("applies_to", [])],
            "categories": [int(number) for number in row.get("categories", [])],
            "deadlines": _deadlines(row.get("deadlines", [])),
            "explanation": str(row.get("explanation", "")),
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = _("Item %(place)s of the checklist cannot be read.") % {"place": place}
        raise ValidationError(text) from error
    if not item["code"] or not item["title"] or "\0" in str(item):
        text = _("Item %(place)s of the checklist cannot be read.") % {"place": place}
        raise ValidationError(text)
    return item


def _deadlines(rows: Any) -> list[dict[str, Any]]:
    try:
        return [
            {
                "date": date.fromisoformat(row["date"]).isoformat(),
                "label": str(row["label"]),
                **({"quarter": int(row["quarter"])} if row.get("quarter") else {}),
            }
            for row in rows
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError(_("A deadline needs a date and a label.")) from error


def _from_csv(text: str) -> dict[str, Any]:
    rows = list(csv.DictReader(io.StringIO(text)))
    return {
        "items": [
            {
                **row,
                "heading": row.get("heading") == "1",
                "form_required": row.get("form_required", "1") != "0",
                "applies_to": (row.get("applies_to") or "").split(),
                "categories": (row.get("categories") or "").split(),
                "deadlines": json.loads(row.get("deadlines") or "[]"),
                "explanation": _as_written(row.get("explanation") or ""),
            }
            for row in rows
        ]
    }


def _as_written(text: str) -> str:
    """Without the quote that kept a spreadsheet from computing the text."""
    return text[1:] if text.startswith("'") and text[1:2] in FORMULA_STARTS else text


_FISCAL_YEARS = re.compile(r"(?<=ปีงบประมาณ พ\.ศ\. )(\d{4})(?:-(\d{4}))?")


def _of_year(title: str, years_later: int) -> str:
    """A title that names its own fiscal years, as it reads so many years later."""

    def later(match: re.Match[str]) -> str:
        named = [int(year) + years_later for year in match.groups() if year]
        return "-".join(map(str, named))

    return _FISCAL_YEARS.sub(later, title)


@transaction.atomic
def load(site: Site, name: str, fiscal_year: int, data: dict[str, Any]) -> Checklist:
    """Write a list for an office and year; items that exist keep their evidence.

    An item that the new list lacks goes only if nothing is linked to it. The dates of
    a list that was made for another year are left out, and the fiscal years that its
    titles name move with it.
    """
    made_for = data.get("fiscal_year") or fiscal_year
    if made_for != fiscal_year:
        later = fiscal_year - made_for
        items = [
            {**item, "title": _of_year(item["title"], later), "deadlines": []}
            for item in data["items"]
        ]
        data = {**data, "items": items, "deadlines": []}
    checklist, _new = Checklist.objects.get_or_create(
        site=site, fiscal_year=fiscal_year, name=name
    )
    checklist.deadlines = data["deadlines"]
    checklist.save()
    for order, item in enumerate(data["items"], start=1):
        checklist.items.update_or_create(
            code=item["code"], defaults={**item, "order": order}
        )
    codes = [item["code"] for item in data["items"]]
    checklist.items.exclude(code__in=codes).filter(links=None).delete()
    return checklist


@transaction.atomic
def clone(checklist: Checklist, fiscal_year: int) -> Checklist:
    """The same list for another year, with the evidence that lasts.

    Dates belong to their year and are left out; the fiscal years that titles name move
    on. A year that has the list keeps it.
    """
    later = fiscal_year - checklist.fiscal_year
    copy, new = Checklist.objects.get_or_create(
        site=checklist.site,
        fiscal_year=fiscal_year,
        name=checklist.name,
        defaults={"office_kind": checklist.office_kind},
    )
    if not new:
        raise ValidationError(_("That fiscal year has this checklist already."))
    for item in checklist.items.order_by("order"):
        pages = list(item.links.filter(quarter=None).values_list("page", flat=True))
        lasting = item.cadence in LASTING
        item.pk, item.checklist, item.deadlines = None, copy, []
        item.title = _of_year(item.title, later)
        item._state.adding = True
        item.save()
        if lasting:
            EvidenceLink.objects.bulk_create(
                EvidenceLink(item=item, page_id=page) for page in pages
            )
    return copy


def as_data(checklist: Checklist) -> dict[str, Any]:
    """The list as plain data, as it is imported."""
    return {
        "name": checklist.name,
        "fiscal_year": checklist.fiscal_year,
        "deadlines": checklist.deadlines,
        "items": [
            {column: getattr(item, column) for column in COLUMNS}
            for item in checklist.items.order_by("order")
        ],
    }


def as_json(checklist: Checklist) -> str:
    return json.dumps(as_data(checklist), ensure_ascii=False, indent=1) + "\n"


def as_csv(checklist: Checklist) -> str:
    return write_csv(_lines(checklist.items.order_by("order")))


def _lines(items: Iterable[ChecklistItem]) -> list[list[str]]:
    rows = [
        [
            item.code,
            item.title,
            str(int(item.heading)),
            item.cadence,
            str(int(item.form_required)),
            " ".join(item.applies_to),
            " ".join(map(str, item.categories)),
            json.dumps(item.deadlines, ensure_ascii=False) if item.deadlines else "",
            item.explanation,
        ]
        for item in items
    ]
    return [list(COLUMNS), *rows]
