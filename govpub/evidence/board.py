"""The assessment board: which item of a checklist has its evidence, by quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import Page

from govpub.evidence.models import PIECES, Checklist, ChecklistItem, EvidenceLink
from govpub.evidence.public import WAS_PUBLIC
from govpub.publishing.models import PublicationRequest
from govpub.thai.dates import FiscalYear, Quarter
from govpub.thai.spreadsheet import Cell
from govpub.upkeep.models import EndKind


class State(models.TextChoices):
    """How far the evidence of an item has come in a quarter."""

    MISSING = "missing", gettext_lazy("Missing")
    PARTIAL = "partial", gettext_lazy("Incomplete")
    COMPLETE = "complete", gettext_lazy("Complete")
    LATER = "later", gettext_lazy("Not due")


@dataclass(frozen=True)
class Evidence:
    """A linked page as it stands: since when it was public, and by which request."""

    link: EvidenceLink
    title: str
    since: datetime | None
    dossier: PublicationRequest | None
    address: str
    route: str  # by which menus one gets there from the home page

    @property
    def quarter(self) -> int | None:
        return self.link.quarter

    def was_public(self, day: date) -> bool:
        return self.since is not None and timezone.localdate(self.since) <= day

    def problem(self, form_required: bool) -> str:
        """What still keeps it from being evidence; empty if nothing does."""
        if self.since is None:
            return _("Not published yet")
        if form_required and self.dossier is None:
            return _("It has no request form")
        return ""


@dataclass(frozen=True)
class Row:
    """An item with its evidence and its state in the four quarters."""

    item: ChecklistItem
    evidence: list[Evidence] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    @property
    def lacks(self) -> bool:
        """Whether something is still to be done for it."""
        return any(state in (State.MISSING, State.PARTIAL) for state in self.states)

    @property
    def shown(self) -> list[Evidence]:
        """The evidence that an assessor can open now."""
        return [found for found in self.evidence if found.since is not None]

    def explained(self, found: Evidence) -> str:
        """What an assessor is told of it: the office's words, else the way there."""
        return self.item.explanation or found.route

    @property
    def pasted(self) -> str:
        """A line for each piece, ready to be pasted into the assessor's system."""
        return "\n".join(
            "\t".join(
                " ".join(text.split())
                for text in (
                    self.item.code,
                    self.item.title,
                    found.address,
                    self.explained(found),
                )
            )
            for found in self.shown
        )


def board(checklist: Checklist, today: date | None = None) -> list[Row]:
    """Every item for this kind of office, with its state as of ``today``."""
    today = today or timezone.localdate()
    items = list(checklist.applicable)
    evidence = _evidence(items, checklist.site.root_page)
    quarters = FiscalYear(checklist.fiscal_year).quarters()
    return [
        Row(item)
        if item.heading
        else Row(
            item,
            evidence[item.pk],
            [state_of(item, evidence[item.pk], quarter, today) for quarter in quarters],
        )
        for item in items
    ]


def state_of(
    item: ChecklistItem, evidence: list[Evidence], quarter: Quarter, today: date
) -> State:
    """Whether the item had what it asks for by the quarter's end, or has it today."""
    pieces = PIECES.get(item.cadence)
    if quarter.start > today or (pieces and quarter.number not in pieces):
        return State.LATER
    if pieces:
        relevant = [found for found in evidence if found.quarter == quarter.number]
    else:
        relevant = [
            found
            for found in evidence
            if found.quarter is None or found.quarter <= quarter.number
        ]
    day = min(quarter.end, today)
    good = [
        found
        for found in relevant
        if found.was_public(day) and not found.problem(item.form_required)
    ]
    if len(good) >= (pieces[quarter.number] if pieces else 1):
        return State.COMPLETE
    return State.PARTIAL if relevant else State.MISSING


def gaps(rows: list[Row]) -> list[Row]:
    """The rows that still lack something, under their headings."""
    found: list[Row] = []
    for row in rows:
        if row.item.heading:
            if found and found[-1].item.heading:
                found.pop()
            found.append(row)
        elif row.lacks:
            found.append(row)
    return found[:-1] if found and found[-1].item.heading else found


def sums(rows: list[Row]) -> list[dict[State, int]]:
    """For each quarter, how many items are in each state."""
    counted = [dict.fromkeys(State, 0) for _quarter in range(4)]
    for row in rows:
        for place, state in enumerate(row.states):
            counted[place][state] += 1
    return counted


def _evidence(items: list[ChecklistItem], root: Page) -> dict[int, list[Evidence]]:
    links = (
        EvidenceLink.objects.filter(item__in=[item.pk for item in items])
        .select_related("page__content_type")
        .order_by("quarter", "pk")
    )
    dossiers = _dossiers({link.page_id for link in links})
    routes = _routes({link.page for link in links}, root)
    found: dict[int, list[Evidence]] = defaultdict(list)
    for link in links:
        standing = _standing(link, dossiers.get(link.page_id, []), routes[link.page_id])
        found[link.item_id].append(standing)
    return found


def _routes(pages: set[Any], root: Page) -> dict[int, str]:
    """For each page, by which titles one gets to it from the home page."""

    def places(page: Any) -> list[str]:
        first = len(root.path) + page.steplen
        ends = range(first, len(page.path) + 1, page.steplen)
        return [page.path[:end] for end in ends]

    wanted = {place for page in pages for place in places(page)}
    found = Page.objects.filter(path__in=wanted)
    titles = dict(found.values_list("path", "title"))
    return {
        page.pk: " > ".join([_("Home"), *(titles[place] for place in places(page))])
        for page in pages
    }


def _dossiers(pages: set[int]) -> dict[int, list[PublicationRequest]]:
    """What put these pages on the website, the first one first."""
    found: dict[int, list[PublicationRequest]] = defaultdict(list)
    published = PublicationRequest.objects.filter(
        page__in=pages, status__in=WAS_PUBLIC
    ).exclude(published_at=None)
    published = published.exclude(ending__kind=EndKind.REMOVED)
    for request in published.select_related("site").order_by("published_at"):
        found[request.page_id].append(request)
    return found


def _standing(
    link: EvidenceLink, dossiers: list[PublicationRequest], route: str
) -> Evidence:
    page: Any = link.page
    since = dossiers[0].published_at if dossiers else None
    under_procedure = hasattr(page.specific_class, "published_request")
    if not under_procedure and page.live:
        since = page.first_published_at or page.latest_revision_created_at
    return Evidence(
        link=link,
        title=page.title,
        since=since,
        dossier=dossiers[-1] if dossiers else None,
        address=page.full_url or "",
        route=route,
    )


def paste_table(rows: list[Row]) -> list[list[Cell]]:
    """Code, title, address, explanation: a line for each piece that can be opened."""
    table: list[list[Cell]] = [
        [_("Code"), _("Title"), _("Quarter"), _("Address"), _("Form"), _("Explanation")]
    ]
    for row in rows:
        for found in row.shown:
            table.append(
                [
                    row.item.code,
                    row.item.title,
                    found.quarter,
                    found.address,
                    form_address(found),
                    row.explained(found),
                ]
            )
    return table


def pasted(rows: list[Row]) -> str:
    """The same for the clipboard: code, title, address and explanation, by tabs."""
    return "\n".join(row.pasted for row in rows if row.shown)


def form_address(found: Evidence) -> str:
    """Where the public finds the form of a piece of evidence."""
    if found.dossier is None:
        return ""
    dossier = found.dossier
    return f"{dossier.site.root_url}/forms/{dossier.fiscal_year}/{dossier.number}/"
