"""The list of a category: filters, order, pages and counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, TextChoices, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from govpub.categories import search
from govpub.publishing.models import PublicationQuerySet
from govpub.thai.dates import BE_OFFSET, FiscalYear
from govpub.thai.ordering import ThaiOrder

PER_PAGE = 12
PER_PAGE_IN_GROUPS = 60
ORDERS = {
    "newest": (_("Newest first"), ("-last_published_at", "-pk")),
    "oldest": (_("Oldest first"), ("last_published_at", "pk")),
    "title": (_("By topic"), (ThaiOrder("title"), "pk")),
}
BY_GROUP = "group"


@dataclass(frozen=True)
class Choice:
    """One value a reader can filter by, and how many items it has."""

    value: str
    label: str
    count: int
    chosen: bool


class Listing:
    """What one address of a list shows; whatever is wrong in the address is ignored."""

    def __init__(
        self,
        items: PublicationQuerySet,
        params: QueryDict,
        kinds: type[TextChoices] | None = None,
        *,
        in_groups: bool = False,
    ) -> None:
        self.all = items
        self.labels = {name: label for name, (label, _fields) in ORDERS.items()}
        if in_groups:
            self.labels = {BY_GROUP: _("By group"), **self.labels}
        self.default_order = next(iter(self.labels))
        self.params = params
        self.kind_choices = kinds
        self.text = params.get("q", "").strip()[: search.MAX_LENGTH]
        self.kind = self._one_of("kind", kinds.values if kinds else [])
        self.year = self._one_of("year", [choice.value for choice in self.years])
        self.order = self._one_of("sort", list(self.labels)) or self.default_order

    @cached_property
    def years(self) -> list[Choice]:
        """The fiscal years the items are about, newest first."""
        rows = self.all.order_by().annotate(year=_year()).values("year")
        wanted = self.params.get("year", "")
        return [
            Choice(str(be), str(FiscalYear(be)), count, str(be) == wanted)
            for be, count in rows.annotate(count=Count("pk"))
            .order_by("-year")
            .values_list("year", "count")
            if be is not None
        ]

    @cached_property
    def kinds(self) -> list[Choice]:
        """The kinds that occur, in the order of the announcement or the law."""
        counts = self._counts_by_kind
        return [
            Choice(value, label, counts[value], value == self.kind)
            for value, label in (self.kind_choices.choices if self.kind_choices else [])
            if value in counts or value == self.kind
        ]

    @cached_property
    def total(self) -> int:
        """How many there are without any filter."""
        return sum(self._counts_by_kind.values())

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.kind or self.year)

    @property
    def is_sorted(self) -> bool:
        """Whether the reader chose another order than the usual one."""
        return self.order != self.default_order

    @property
    def is_in_groups(self) -> bool:
        """Whether the rows stand under the headings of their kinds."""
        return self.order == BY_GROUP

    @property
    def orders(self) -> list[Choice]:
        return [
            Choice(value, str(label), 0, value == self.order)
            for value, label in self.labels.items()
        ]

    @cached_property
    def page_obj(self) -> Page:
        """The rows of the page that was asked for; a number out of range is mended."""
        size = PER_PAGE_IN_GROUPS if self.is_in_groups else PER_PAGE
        rows = self._sorted(self._filtered()).defer_streamfields().specific()
        paginator = Paginator(rows, size)
        return paginator.get_page(self.params.get("page"))

    @property
    def page_range(self) -> list[int | str]:
        paginator = self.page_obj.paginator
        return list(paginator.get_elided_page_range(self.page_obj.number))

    @property
    def query(self) -> str:
        """The filters as they stand in the address, for the links to other pages."""
        chosen = {
            "kind": self.kind,
            "year": self.year,
            "q": self.text,
            "sort": self.order if self.is_sorted else "",
        }
        filled = {name: value for name, value in chosen.items() if value}
        return urlencode(filled) + "&" if filled else ""

    def _one_of(self, name: str, allowed: list[str]) -> str:
        value = self.params.get(name, "")
        return value if value in allowed else ""

    @cached_property
    def _counts_by_kind(self) -> dict[str, int]:
        rows = self.all.order_by().values("kind").annotate(count=Count("pk"))
        return dict(rows.values_list("kind", "count"))

    def _sorted(self, items: PublicationQuerySet) -> PublicationQuerySet:
        if not self.is_in_groups or self.kind_choices is None:
            return items.order_by(*ORDERS[self.order][1])
        ranks = [
            When(kind=kind, then=Value(rank))
            for rank, kind in enumerate(self.kind_choices.values)
        ]
        group = Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
        return items.order_by(group, ThaiOrder("title"), "pk")

    def _filtered(self) -> PublicationQuerySet:
        items = self.all
        if self.kind:
            items = items.filter(kind=self.kind)
        if self.year:
            items = items.alias(year=_year()).filter(year=int(self.year))
        return search.containing(items, search.terms(self.text))


def _year() -> Coalesce:
    """The fiscal year (B.E.) of an item: its own, or that of the form's date."""
    first_of_next = Case(
        When(document_date__month__gte=10, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    of_form = ExtractYear("document_date") + first_of_next + Value(BE_OFFSET)
    return Coalesce("fiscal_year", of_form, output_field=IntegerField())
