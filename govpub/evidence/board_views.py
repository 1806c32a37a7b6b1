"""The board in the admin, and the public page of a year's evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, Site

from govpub.evidence import lists
from govpub.evidence.board import board, gaps, paste_table, pasted, sums
from govpub.evidence.board_gaps import places_of, proposals
from govpub.evidence.downloads import as_download
from govpub.evidence.models import Checklist, ChecklistItem, EvidenceLink
from govpub.evidence.permissions import (
    office_read_in,
    offices_kept_by,
    offices_read_by,
)
from govpub.publishing.permissions import signed_in
from govpub.thai.dates import FiscalYear
from govpub.thai.fields import ThaiCharField, ThaiIntegerField
from govpub.thai.spreadsheet import write_csv, write_xlsx


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """The items of a checklist, each with its state in four quarters."""

    template_name = "govpub/evidence/admin/board.html"
    page_title = gettext_lazy("Assessment board")
    header_icon = "tasks"
    _show_breadcrumbs = True

    @cached_property
    def office(self) -> Site:
        return office_read_in(self.request)

    @cached_property
    def checklist(self) -> Checklist | None:
        found = Checklist.objects.filter(site__in=offices_read_by(self.request.user))
        if "pk" in self.kwargs:
            return get_object_or_404(found, pk=self.kwargs["pk"])
        return found.filter(site=self.office).order_by("-fiscal_year").first()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = request.GET.get("format", "")
        if self.checklist and kind in EXPORTS:
            return EXPORTS[kind](self.checklist)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checklist = self.checklist
        office = checklist.site if checklist else self.office
        rows = board(checklist) if checklist else []
        places = places_of(office, signed_in(self.request))
        only_gaps = self.request.GET.get("show") == "gaps"
        return super().get_context_data(
            checklist=checklist,
            office=office,
            checklists=Checklist.objects.filter(site=office),
            rows=[
                (row, proposals(row, places))
                for row in (gaps(rows) if only_gaps else rows)
            ],
            only_gaps=only_gaps,
            sums=sums(rows),
            shipped=lists.shipped_lists(),
            may_keep=offices_kept_by(self.request.user).filter(pk=office.pk).exists(),
            pasted=pasted(rows),
            this_year=FiscalYear.current().be,
            **kwargs,
        )


def _paste(checklist: Checklist) -> HttpResponse:
    text = write_csv(paste_table(board(checklist)))
    return as_download(text.encode(), f"evidence-{checklist.fiscal_year}.csv")


def _paste_xlsx(checklist: Checklist) -> HttpResponse:
    content = write_xlsx({checklist.name: paste_table(board(checklist))})
    return as_download(content, f"evidence-{checklist.fiscal_year}.xlsx")


def _list_json(checklist: Checklist) -> HttpResponse:
    text = lists.as_json(checklist)
    return as_download(text.encode(), f"checklist-{checklist.fiscal_year}.json")


def _list_csv(checklist: Checklist) -> HttpResponse:
    text = lists.as_csv(checklist)
    return as_download(text.encode(), f"checklist-{checklist.fiscal_year}.csv")


EXPORTS = {
    "csv": _paste,
    "xlsx": _paste_xlsx,
    "list-json": _list_json,
    "list-csv": _list_csv,
}


def _kept(request: HttpRequest, pk: int) -> Checklist:
    """The checklist, if the person looks after it."""
    mine = Checklist.objects.filter(site__in=offices_kept_by(request.user))
    return get_object_or_404(mine, pk=pk)


class ImportForm(forms.Form):
    """A shipped list, or a file of one's own, for an office and a year."""

    shipped = forms.ChoiceField(required=False)
    file = forms.FileField(required=False)
    name = ThaiCharField(max_length=100, required=False)
    fiscal_year = ThaiIntegerField(min_value=2500, max_value=2700)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in lists.shipped_lists()]
        self.fields["shipped"].choices = [("", ""), *names]  # type: ignore[attr-defined]

    def read(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        if file:
            return lists.read_list(file.read(lists.LARGEST + 1), file.name)
        if not self.cleaned_data["shipped"]:
            raise ValidationError(_("Choose a list or a file."))
        text = lists.as_bytes(self.cleaned_data["shipped"])
        return lists.read_list(text, "shipped.json")


@require_POST
def import_list(request: HttpRequest) -> HttpResponse:
    """Write a checklist for a year; what was linked stays linked."""
    office = office_read_in(request)
    if not offices_kept_by(request.user).filter(pk=office.pk).exists():
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise ValidationError(
                [str(text) for errors in form.errors.values() for text in errors]
            )
        data = form.read()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("govpub_evidence_admin:board")
    name = form.cleaned_data["name"] or data.get("name") or _("Checklist")
    year = form.cleaned_data["fiscal_year"]
    checklist = lists.load(office, str(name)[:100], year, data)
    messages.success(request, _("The checklist has been imported."))
    return redirect("govpub_evidence_admin:board_of", checklist.pk)


@require_POST
def clone_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The same list for the next year, with the evidence that lasts."""
    checklist = _kept(request, pk)
    try:
        checklist = lists.clone(checklist, checklist.fiscal_year + 1)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The checklist has been copied to the next year."))
    return redirect("govpub_evidence_admin:board_of", checklist.pk)


class LinkForm(forms.ModelForm):
    """A page of this office as evidence, in one quarter or all year."""

    page = forms.ModelChoiceField(
        queryset=Page.objects.none(),
        label=gettext_lazy("Page"),
        widget=AdminPageChooser,
    )

    class Meta:
        model = EvidenceLink
        fields = ["page", "quarter"]

    def __init__(self, *args: Any, item: ChecklistItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        root = item.checklist.site.root_page
        self.fields["page"].queryset = Page.objects.descendant_of(root, inclusive=True)  # type: ignore[attr-defined]
        self.fields["quarter"].label = _("Quarter; empty means all year")


class ItemView(WagtailAdminTemplateMixin, TemplateView):
    """One item: its evidence and its explanation."""

    template_name = "govpub/evidence/admin/board_item.html"
    page_title = gettext_lazy("Item of the assessment")
    header_icon = "tasks"
    _show_breadcrumbs = True

    @cached_property
    def item(self) -> ChecklistItem:
        mine = ChecklistItem.objects.filter(
            checklist__site__in=offices_kept_by(self.request.user), heading=False
        )
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self._board(), "label": BoardView.page_title},
            {"url": "", "label": self.item.code},
        ]

    def _board(self) -> str:
        return reverse("govpub_evidence_admin:board_of", args=[self.item.checklist_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = {row.item.pk: row for row in board(self.item.checklist)}
        defaults = {"form": LinkForm(item=self.item), **kwargs}
        return super().get_context_data(
            item=self.item, row=rows.get(self.item.pk), **defaults
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "explanation" in request.POST:
            text = request.POST["explanation"].replace("\r\n", "\n").replace("\0", "")
            ChecklistItem.objects.filter(pk=self.item.pk).update(explanation=text)
            messages.success(request, _("The explanation has been saved."))
            return redirect(self._board())
        if remove := request.POST.get("remove", ""):
            links = self.item.links.filter(pk=int(remove) if remove.isdecimal() else 0)
            links.delete()
            return redirect(request.path)
        given = request.POST.copy()
        if not given.get("page", "").isdecimal():
            given["page"] = ""  # the chooser can only show what is a number
        form = LinkForm(given, item=self.item)
        if not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=422)
        self.item.links.get_or_create(**form.cleaned_data)
        return redirect(request.path)


@require_safe
def year_page(request: HttpRequest, year: int) -> HttpResponse:
    """The evidence of a fiscal year, for assessors and everybody else."""
    site = Site.find_for_request(request)
    public = Checklist.objects.filter(site=site, fiscal_year=year, is_public=True)
    if not public:
        raise Http404
    boards = [(checklist, board(checklist)) for checklist in public]
    context = {
        "year": FiscalYear(year),
        "boards": boards,
        "breadcrumbs": [(_("Evidence for assessors"), "")],
    }
    return render(request, "govpub/evidence/year.html", context)
