"""From a gap of the board to a proposal: what fills it is linked to it by itself.

The way there carries the item's address as ``next``, which Wagtail hands on from screen
to screen until the page is made. Afterwards it leads back to the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from govpub.categories.enums import Category
from govpub.categories.models import CategoryPage
from govpub.evidence.board import Row, State, board
from govpub.evidence.models import PIECES, ChecklistItem, EvidenceLink
from govpub.evidence.permissions import offices_read_by
from govpub.publishing.permissions import signed_in

BACK = "govpub_evidence_admin:proposed"


@dataclass(frozen=True)
class Place:
    """Where in the admin a person may begin something: category, name, address."""

    category: int
    title: str
    address: str

    @property
    def category_name(self) -> str:
        return f"{self.category}. {Category(self.category).label}"


def places_of(office: Site, user: User) -> list[Place]:
    """Every category, or topic of one, below which this person may begin."""
    return [
        Place(category.number, page.title, _address(page))
        for category in CategoryPage.objects.descendant_of(office.root_page)
        for page in (category, *category.get_children().specific())
        if page.permissions_for_user(user).can_add_subpage()
    ]


def _address(parent: Page) -> str:
    """The editor at once, where only one kind of page can stand below."""
    models = [
        model
        for model in type(parent).creatable_subpage_models()
        if model.can_create_at(parent)
    ]
    if len(models) != 1:
        return reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])
    label, name = models[0]._meta.app_label, models[0]._meta.model_name
    return reverse("wagtailadmin_pages:add", args=[label, name, parent.pk])


def proposals(row: Row, places: Iterable[Place]) -> list[tuple[int | None, str]]:
    """Where this person proposes what an item lacks: category and address."""
    if not row.lacks or row.item.heading:
        return []
    fitting = list(_fitting(row.item, places))
    choose = reverse("govpub_evidence_admin:propose", args=[row.item.pk])
    if not row.item.categories:
        return [(None, choose)] if fitting else []
    found: list[tuple[int | None, str]] = []
    for number in row.item.categories:
        there = [place for place in fitting if place.category == number]
        if len(there) == 1:
            found.append((number, _with_way_back(there[0].address, row.item)))
        elif there:
            found.append((number, f"{choose}?category={number}"))
    return found


def _fitting(item: ChecklistItem, places: Iterable[Place]) -> Iterator[Place]:
    wanted = item.categories
    return (place for place in places if not wanted or place.category in wanted)


def _with_way_back(address: str, item: ChecklistItem) -> str:
    return f"{address}?next={quote(reverse(BACK, args=[item.pk]))}"


class ProposeView(WagtailAdminTemplateMixin, TemplateView):
    """Where to propose what an item lacks, if there are several places."""

    template_name = "govpub/evidence/admin/board_propose.html"
    page_title = gettext_lazy("Propose this")
    header_icon = "tasks"
    _show_breadcrumbs = True

    @cached_property
    def item(self) -> ChecklistItem:
        return get_object_or_404(items_read_by(self.request.user), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        back = reverse(BACK, args=[self.item.pk])
        return [
            *self.breadcrumbs_items,
            {"url": back, "label": _("Assessment board")},
            {"url": "", "label": self.item.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("category", "")
        places = places_of(self.item.checklist.site, signed_in(self.request))
        found = [
            (place, _with_way_back(place.address, self.item))
            for place in _fitting(self.item, places)
            if chosen in ("", str(place.category))
        ]
        return super().get_context_data(item=self.item, places=found, **kwargs)


def items_read_by(user: Any) -> Any:
    return ChecklistItem.objects.filter(
        checklist__site__in=offices_read_by(user), heading=False
    )


def proposed(request: HttpRequest, pk: int) -> HttpResponse:
    """Back from the proposal to the board."""
    item = get_object_or_404(items_read_by(request.user), pk=pk)
    return redirect("govpub_evidence_admin:board_of", item.checklist_id)


def fill_gap(request: HttpRequest, page: Page) -> None:
    """A page that was begun from a gap is linked to its item, from its first draft."""
    item = _item_of(request)
    if item is None or not page.is_descendant_of(item.checklist.site.root_page):
        return
    EvidenceLink.objects.get_or_create(item=item, page=page, quarter=_quarter(item))
    text = _("Linked to %(code)s of the assessment board.")
    messages.success(request, text % {"code": item.code})


def _item_of(request: HttpRequest) -> ChecklistItem | None:
    way_back = request.POST.get("next") or request.GET.get("next", "")
    try:
        match = resolve(urlsplit(way_back).path)
    except (Resolver404, ValueError):
        return None
    if match.view_name != BACK:
        return None
    return items_read_by(request.user).filter(pk=match.kwargs["pk"]).first()


def _quarter(item: ChecklistItem) -> int | None:
    """The first quarter that lacks something, if each asks for a piece of its own."""
    if item.cadence not in PIECES:
        return None
    row = next(row for row in board(item.checklist) if row.item.pk == item.pk)
    open_ = (State.MISSING, State.PARTIAL)
    quarters = [n for n, state in enumerate(row.states, start=1) if state in open_]
    return quarters[0] if quarters else min(PIECES[item.cadence])
