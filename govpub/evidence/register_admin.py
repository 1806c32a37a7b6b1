"""The register in the admin, to read and to take away; by wagtail-modeladmin."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from govpub.categories.enums import Category
from govpub.categories.models import ItemPage
from govpub.evidence.downloads import as_download
from govpub.evidence.permissions import offices_read_by, reads_any
from govpub.evidence.register import (
    Entry,
    entries,
    entry,
    rounds_and_acts,
    table,
    totals,
)
from govpub.evidence.register_paper import (
    part_name,
    parts_of,
    register_pdf,
    sheet_of,
)
from govpub.publishing.models import OfficeSettings, PublicationRequest
from govpub.thai.dates import FiscalYear, thai_date
from govpub.thai.digits import to_arabic_digits
from govpub.thai.spreadsheet import write_csv, write_xlsx

KINDS = ("csv", "xlsx", "pdf")


class YearFilter(SimpleListFilter):
    """One fiscal year at a time; this one unless another was chosen."""

    title = _("fiscal year (B.E.)")
    parameter_name = "fiscal_year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = model_admin.get_queryset(request).order_by().values_list("fiscal_year")
        present = {year for (year,) in years.distinct()} | {FiscalYear.current().be}
        return [(str(year), str(FiscalYear(year))) for year in sorted(present)[::-1]]

    def value(self) -> str:
        chosen = to_arabic_digits(super().value() or "")
        return chosen if chosen.isdecimal() else str(FiscalYear.current().be)

    def choices(self, changelist: Any) -> Any:
        for year, label in self.lookup_choices:
            yield {
                "selected": self.value() == year,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: year}
                ),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(fiscal_year=int(self.value()) % 10_000)


class CategoryFilter(SimpleListFilter):
    """One of the nine categories, by the kinds of pages that belong to it."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(int(found)), f"{found}. {found.label}") for found in Category]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        if chosen is None:
            return queryset
        models = [
            model
            for model in _item_models(ItemPage)
            if str(int(getattr(model, "category", 0))) == chosen
        ]
        kinds = ContentType.objects.get_for_models(*models).values()
        return queryset.filter(page__content_type__in=kinds)


def _item_models(model: Any) -> list[Any]:
    return [
        found
        for child in model.__subclasses__()
        for found in [child, *_item_models(child)]
        if not found._meta.abstract
    ]


class OfficeFilter(SimpleListFilter):
    """The offices whose register the person may read; only if there are several."""

    title = _("office")
    parameter_name = "site"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(site.pk), str(site)) for site in offices_read_by(request.user)]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        return queryset.filter(site=int(chosen)) if chosen.isdecimal() else queryset


class RegisterPermissions(PermissionHelper):
    """Whoever holds a role reads the register of the office; nobody changes it."""

    def user_has_any_permissions(self, user: User) -> bool:
        return reads_any(user)

    def user_can_list(self, user: User) -> bool:
        return reads_any(user)

    def user_can_create(self, user: User) -> bool:
        return False

    def user_can_inspect_obj(self, user: User, obj: PublicationRequest) -> bool:
        return False

    def user_can_edit_obj(self, user: User, obj: PublicationRequest) -> bool:
        return False

    def user_can_delete_obj(self, user: User, obj: PublicationRequest) -> bool:
        return False


class ReviewButton(ButtonHelper):
    """Instead of buttons that change something: the way to the request."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


class RegisterIndexView(IndexView):
    """The list, and ``?export=`` csv, xlsx or pdf of exactly what is filtered.

    A pdf of many lines is several papers: ``&part=2``.
    """

    IGNORED_PARAMS = (*IndexView.IGNORED_PARAMS, "part")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.user = request.user
        # PostgreSQL cannot look for a character that it cannot store.
        query: Any = request.GET.copy()
        query["q"] = query.get("q", "").replace("\0", "")
        request.GET = query
        response = super().dispatch(request, *args, **kwargs)
        wanted = request.GET.get("export", "")
        return self._export(wanted) if wanted in KINDS else response

    def get_page_title(self) -> str:
        return _now("Register of requests")

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> None:
        """Ours has a byte order mark and whole columns; see ``dispatch``."""

    @cached_property
    def year(self) -> int:
        chosen = to_arabic_digits(self.request.GET.get("fiscal_year", ""))
        return int(chosen) if chosen.isdecimal() else FiscalYear.current().be

    @cached_property
    def counted(self) -> list[tuple[str, int]]:
        """How many of the listed requests each category has."""
        sums = totals(self.queryset)
        return [(f"{n}. {Category(n).label}", count) for n, count in sums.items()]

    @cached_property
    def facets(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """What may be filtered by, each with its choices."""
        return [(str(spec.title), [*spec.choices(self)]) for spec in self.filter_specs]

    @cached_property
    def offices(self) -> dict[int, str]:
        """The names of the offices of which something is listed, by site."""
        listed = self.queryset.order_by().values("site")
        sites = Site.objects.filter(pk__in=listed).order_by("pk")
        return {site.pk: str(OfficeSettings.for_site(site)) for site in sites}

    def _export(self, kind: str) -> HttpResponse:
        lines = entries(self.queryset.order_by("site", "number"))
        offices = self.offices if len(self.offices) > 1 else None
        name = f"register-{self.year}.{kind}"
        if kind == "csv":
            return as_download(write_csv(table(lines, offices)).encode(), name)
        if kind == "xlsx":
            sheets = {_now("Register"): table(lines, offices)}
            return as_download(write_xlsx(sheets), name)
        return as_download(self._paper(), name, shown=True)

    @cached_property
    def parts(self) -> list[dict[str, Any]]:
        """The papers of the printed register, if it is too long for one."""
        parts = parts_of(self.queryset.count())
        return [
            {
                "number": number,
                "first": part.start + 1,
                "last": part.stop,
                "address": self.get_query_string(
                    {"export": "pdf", "part": number}, ["p"]
                ),
            }
            for number, part in enumerate(parts, start=1)
            if len(parts) > 1
        ]

    def _paper(self) -> bytes:
        """One paper: those of the listed requests that its part stands for."""
        listed = self.queryset.order_by("site", "number")
        parts = parts_of(listed.count())
        chosen = to_arabic_digits(self.request.GET.get("part", ""))
        place = min(int(chosen), len(parts)) if chosen.isdecimal() else 1
        place = max(place, 1)
        part = parts[place - 1]
        by_office: dict[int, list[Entry]] = defaultdict(list)
        for line in entries(listed[part.start : part.stop]):
            by_office[line.site].append(line)
        sheets = [
            sheet_of(site, self.year, by_office[site.pk], self._sums(site, part.stop))
            for site in Site.objects.filter(pk__in=by_office).order_by("pk")
        ]
        if not sheets:  # an empty register is somebody's too
            office = offices_read_by(self.user).first()
            sheets = [sheet_of(office, self.year, [], totals(listed))]
        which = part_name(place, len(parts))
        return register_pdf(sheets, self.year, timezone.now(), which)

    def _sums(self, site: Site, end: int) -> dict[int, int]:
        """All listed of an office, behind its last line; before that, nothing."""
        if self.queryset.filter(site__lte=site.pk).count() > end:
            return {}
        return totals(self.queryset.filter(site=site))


class RegisterAdmin(ModelAdmin):
    """ทะเบียนคำขอเผยแพร่, one fiscal year at a time."""

    model = PublicationRequest
    base_url_path = "govpub/register"
    menu_label = _("Register of requests")
    menu_icon = "list-ol"
    menu_order = 100
    add_to_admin_menu = False  # it stands in the menu of the evidence
    list_display = (
        "the_code",
        "the_day",
        "unit",
        "the_category",
        "the_topic",
        "the_outcome",
        "the_time",
        "the_period",
        "the_state",
    )
    list_filter = (YearFilter, "status", CategoryFilter, OfficeFilter)
    search_fields = ("topic", "unit", "number")
    ordering = ("number",)
    list_per_page = 50
    list_export = ("the_code",)
    index_view_class = RegisterIndexView
    index_template_name = "govpub/evidence/admin/register.html"
    permission_helper_class = RegisterPermissions
    button_helper_class = ReviewButton

    def register_indexing(self) -> None:
        """A register is read; nothing is to be found through it."""

    def register_admin_url_finders(self) -> None:
        """A request has its own page in the admin."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicationRequest]:
        rows = (
            super().get_queryset(request).filter(site__in=offices_read_by(request.user))
        )
        return rows.select_related("site", "page__content_type").prefetch_related(
            *rounds_and_acts()
        )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        several = offices_read_by(request.user).count() > 1
        return (*self.list_display, "site") if several else self.list_display

    def get_extra_attrs_for_field_col(
        self, obj: PublicationRequest, field_name: str | None = None
    ) -> dict[str, str]:
        """On a narrow screen each cell says what it is."""
        return {"data-label": str(label_for_field(str(field_name), self.model, self))}

    def get_extra_attrs_for_row(
        self, obj: PublicationRequest, context: Any
    ) -> dict[str, str]:
        return {"class": f"gp-register gp-register--{obj.status}"}

    @staticmethod
    def _line(request: PublicationRequest) -> Entry:
        if not hasattr(request, "_govpub_entry"):
            request._govpub_entry = entry(request)  # type: ignore[attr-defined]
        return request._govpub_entry  # type: ignore[attr-defined]

    def the_code(self, request: PublicationRequest) -> SafeString:
        address = reverse("govpub_publishing:review", args=[request.pk])
        return format_html('<a href="{}">{}</a>', address, request.code)

    the_code.short_description = _("No.")  # type: ignore[attr-defined]
    the_code.admin_order_field = "number"  # type: ignore[attr-defined]

    def the_day(self, request: PublicationRequest) -> str:
        return thai_date(self._line(request).proposed, "short")

    the_day.short_description = _("Proposed on")  # type: ignore[attr-defined]
    the_day.admin_order_field = "opened_at"  # type: ignore[attr-defined]

    def the_category(self, request: PublicationRequest) -> str:
        number = self._line(request).category
        return f"{number}. {Category(number).label}" if number else "–"

    the_category.short_description = _("Category")  # type: ignore[attr-defined]

    def the_topic(self, request: PublicationRequest) -> str:
        return Truncator(request.topic).chars(90)

    the_topic.short_description = _("Topic")  # type: ignore[attr-defined]
    the_topic.admin_order_field = "topic"  # type: ignore[attr-defined]

    def the_outcome(self, request: PublicationRequest) -> str:
        line = self._line(request)
        rounds = _now("round %(count)s") % {"count": line.rounds}
        return f"{line.outcome or '–'} ({rounds})"

    the_outcome.short_description = _("Decision of the head")  # type: ignore[attr-defined]

    def the_time(self, request: PublicationRequest) -> str:
        return self._line(request).in_time_label

    the_time.short_description = _("In time")  # type: ignore[attr-defined]

    def the_period(self, request: PublicationRequest) -> str:
        return self._line(request).period

    the_period.short_description = _("Publication period")  # type: ignore[attr-defined]

    def the_state(self, request: PublicationRequest) -> str:
        line = self._line(request)
        if line.taken_down is None:
            return line.state
        return f"{line.state} {thai_date(line.taken_down, 'short')}"

    the_state.short_description = _("State")  # type: ignore[attr-defined]
    the_state.admin_order_field = "status"  # type: ignore[attr-defined]
