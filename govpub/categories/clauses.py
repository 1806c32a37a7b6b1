"""Category 5's index: what is open under each clause, whatever category it is in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from wagtail.models import Site

from govpub.categories.enums import Clause
from govpub.categories.models import ItemClause, ItemPage, OfficialInformationPage
from govpub.categories.office import listed_items


@dataclass(frozen=True)
class IndexLine:
    """An item under a clause, and where its paper is."""

    item: ItemPage
    code: str
    shelf: str = ""


@dataclass
class ClauseEntry:
    """A clause with all that is open under it; ``none`` is the office's word for it."""

    clause: Clause
    lines: list[IndexLine] = field(default_factory=list)
    none: OfficialInformationPage | None = None


def clause_index(site: Site) -> list[ClauseEntry]:
    """Every clause of sections 7 and 9, in two queries however much is open.

    An item stands under the clauses it is tagged with, and one of category 5 also
    under the clause that is its kind.
    """
    entries = {clause: ClauseEntry(clause) for clause in Clause}
    seen: dict[Clause, set[int]] = defaultdict(set)
    public = listed_items(site)
    tags = ItemClause.objects.filter(page__in=public.order_by().values("pk"))
    for tag in tags.select_related("page"):
        clause = Clause(tag.clause)
        seen[clause].add(tag.page_id)
        entries[clause].lines.append(IndexLine(tag.page, str(tag), tag.shelf))
    own = OfficialInformationPage.objects.filter(pk__in=public.order_by().values("pk"))
    for page in own.filter(kind__in=Clause.values).defer_streamfields():
        clause = Clause(page.kind)
        if page.has_none:
            entries[clause].none = page
        elif page.pk not in seen[clause]:
            entries[clause].lines.append(IndexLine(page, clause.value))
    for entry in entries.values():
        entry.lines.sort(key=lambda line: (line.code, line.item.title))
    return list(entries.values())
