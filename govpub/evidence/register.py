"""The register of requests (ทะเบียนคำขอเผยแพร่) of an office in a fiscal year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail.models import Site

from govpub.categories.enums import Category
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.models import Act, PublicationRequest, Round
from govpub.thai.dates import thai_date
from govpub.thai.spreadsheet import Cell

# The steps whose time the office measures, in their order.
TIMED = (Step.PROPOSE, Step.CONSIDER, Step.PUT_UP, Step.TELL_BACK)
DECIDED = {Outcome.ALLOWED, Outcome.REFUSED}


@dataclass(frozen=True)
class Entry:
    """One line of the register: a request with what became of it.

    ``minutes`` are elapsed minutes of the steps that were done, by step.
    """

    site: int
    number: str
    proposed: datetime
    unit: str
    category: int | None
    topic: str
    outcome: str
    rounds: int
    minutes: dict[str, float]
    in_time: bool | None
    publish_from: date | None
    publish_until: date | None
    state: str
    published: datetime | None
    taken_down: datetime | None
    why_down: str

    @property
    def category_name(self) -> str:
        return Category(self.category).official_title if self.category else ""

    @property
    def period(self) -> str:
        begin = thai_date(self.publish_from, "short")
        end = thai_date(self.publish_until, "short")
        return f"{begin or _('As soon as it is allowed')} – {end or _('no end')}"

    @property
    def in_time_label(self) -> str:
        if self.in_time is None:
            return "–"
        return _("Yes") if self.in_time else _("No")


def requests_of_year(site: Site, fiscal_year: int) -> QuerySet[PublicationRequest]:
    """The requests with a number of this fiscal year (B.E.), the first one first."""
    return PublicationRequest.objects.filter(
        site=site, fiscal_year=fiscal_year
    ).order_by("number")


def entries(requests: QuerySet[PublicationRequest]) -> Iterator[Entry]:
    """A line for each request; reads them in portions, so that memory stays flat."""
    found = requests.select_related("page__content_type").prefetch_related(None)
    found = found.prefetch_related(*rounds_and_acts())
    return map(entry, found.iterator(chunk_size=200))


def rounds_and_acts() -> tuple[Prefetch, str]:
    """What a line needs to be read with its request; not the content itself."""
    rounds = Round.objects.defer("content", "form")
    return Prefetch("rounds", rounds), "rounds__acts"


def entry(request: PublicationRequest) -> Entry:
    rounds = sorted(request.rounds.all(), key=lambda round_: round_.number)
    acts = sorted(
        (act for round_ in rounds for act in round_.acts.all()),
        key=lambda act: (act.at, act.pk),
    )
    timed = [act for act in acts if act.step in TIMED]
    kept = [act.within_target for act in timed if act.within_target is not None]
    down = next((act for act in reversed(acts) if act.step == Step.TAKE_DOWN), None)
    return Entry(
        site=request.site_id,
        number=request.code,
        proposed=rounds[0].proposed_at if rounds else request.opened_at,
        unit=request.unit,
        category=category_of(request),
        topic=request.topic,
        outcome=_outcome(acts),
        rounds=len(rounds),
        minutes={step: _sum(timed, step) for step in TIMED if _did(timed, step)},
        in_time=all(kept) if kept else None,
        publish_from=request.publish_from,
        publish_until=request.publish_until,
        state=str(RequestStatus(request.status).label),
        published=request.published_at,
        taken_down=down.at if down else None,
        why_down=down.words if down else "",
    )


def category_of(request: PublicationRequest) -> int | None:
    """The number of the category that the request's page belongs to."""
    return _category(request.page.content_type)


def _category(kind: ContentType) -> int | None:
    return getattr(kind.model_class(), "category", None)


def _outcome(acts: list[Act]) -> str:
    """What the head decided last; empty while nothing is decided."""
    decided = [act for act in acts if act.outcome in DECIDED]
    return str(Outcome(decided[-1].outcome).label) if decided else ""


def _did(acts: list[Act], step: Step) -> bool:
    return any(act.step == step for act in acts)


def _sum(acts: list[Act], step: Step) -> float:
    return sum(act.minutes for act in acts if act.step == step)


def headings() -> list[Cell]:
    return [
        pgettext("register", "No."),
        _("Proposed on"),
        _("Name of the unit"),
        _("Category"),
        _("Topic"),
        _("Decision of the head"),
        pgettext("register", "Rounds"),
        *(_("%(step)s (minutes)") % {"step": step.label} for step in TIMED),
        _("All steps within their target time"),
        _("Publication period"),
        _("State"),
        _("Published on"),
        _("Taken down on"),
        _("Reason of the take-down"),
    ]


def cells(line: Entry) -> list[Cell]:
    return [
        line.number,
        thai_date(line.proposed, "numeric"),
        line.unit,
        line.category_name,
        line.topic,
        line.outcome,
        line.rounds,
        *(_minutes(line, step) for step in TIMED),
        line.in_time_label,
        line.period,
        line.state,
        thai_date(line.published, "numeric"),
        thai_date(line.taken_down, "numeric"),
        line.why_down,
    ]


def _minutes(line: Entry, step: Step) -> Cell:
    return Decimal(f"{line.minutes[step]:.1f}") if step in line.minutes else None


def table(
    lines: Iterable[Entry], offices: Mapping[int, str] | None = None
) -> Iterator[list[Cell]]:
    """The register as plain cells, heading first.

    ``offices`` are the names by site, told only where lines of several stand together.
    """
    if offices is None:
        yield headings()
        yield from map(cells, lines)
        return
    yield [_("Office"), *headings()]
    for line in lines:
        yield [offices[line.site], *cells(line)]


def totals(requests: QuerySet[PublicationRequest]) -> dict[int, int]:
    """How many requests of each category there are; every category is named."""
    counted = dict.fromkeys(map(int, Category), 0)
    kinds = requests.order_by().values_list("page__content_type")
    for kind, count in kinds.annotate(Count("pk")):
        category = _category(ContentType.objects.get_for_id(kind))
        if category:
            counted[category] += count
    return counted
