"""The form with which the inbox is searched, narrowed down and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from govpub.publishing import inbox
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import PublicationRequestQuerySet
from govpub.publishing.permissions import visible_requests
from govpub.thai.collate import collation_key
from govpub.thai.fields import ThaiCharField, ThaiDateField
from govpub.thai.widgets import BuddhistDateInput

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Filter of the form -> the column it compares.
_COLUMNS = {
    "status": "status",
    "section": "section",
    "unit": "unit",
    "officer": "officer_id",
    "year": "fiscal_year",
}


class InboxFilterForm(forms.Form):
    """Every field may stay empty; one that cannot be read is named and left out."""

    q = ThaiCharField(label=_("Search topic, category, unit, person or number"))
    status = forms.ChoiceField(label=_("State"))
    section = forms.ChoiceField(label=_("Category"))
    unit = forms.ChoiceField(label=_("Name of the unit"))
    officer = forms.ChoiceField(label=_("Officer"))
    year = forms.ChoiceField(label=_("Fiscal year"))
    since = ThaiDateField(label=_("Proposed from"), widget=BuddhistDateInput)
    until = ThaiDateField(label=_("Proposed until"), widget=BuddhistDateInput)
    sort = forms.ChoiceField(label=_("Sorted by"), choices=inbox.SORTS.items())

    def __init__(self, data: QueryDict, *, user: User, list_name: str) -> None:
        data = data.copy()
        data["sort"] = data.get("sort") or inbox.usual_sort(list_name)
        super().__init__(data, label_suffix="")
        self.list_name = list_name
        for field in self.fields.values():
            field.required = False
        for name, choices in _choices(user).items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", _("All")), *choices]

    @property
    def order(self) -> str:
        return self.cleaned_data.get("sort") or inbox.usual_sort(self.list_name)

    @property
    def chosen(self) -> int:
        """How many filters are set, besides the words and the order."""
        chosen = (*_COLUMNS, "since", "until")
        return sum(bool(self.cleaned_data.get(name)) for name in chosen)

    @property
    def is_open(self) -> bool:
        """Whether the filters are shown without being asked for."""
        return bool(self.chosen or self.errors)

    def narrow(
        self, requests: PublicationRequestQuerySet
    ) -> PublicationRequestQuerySet:
        """The requests that the form asks for, in its order."""
        self.full_clean()
        chosen = self.cleaned_data
        for name, column in _COLUMNS.items():
            if value := chosen.get(name):
                requests = requests.filter(**{column: value})
        if since := chosen.get("since"):
            requests = requests.filter(opened_at__date__gte=since)
        if until := chosen.get("until"):
            requests = requests.filter(opened_at__date__lte=until)
        requests = inbox.search(requests, chosen.get("q", "")[:200])
        return inbox.sort(requests, self.order)


Choices = Iterable[tuple[str, "StrOrPromise"]]


def _choices(user: User) -> dict[str, Choices]:
    """What there is to choose from, in one query: no choice that finds nothing."""
    columns = (
        "section",
        "unit",
        "fiscal_year",
        "officer_id",
        "officer__first_name",
        "officer__last_name",
        "officer__username",
    )
    rows = set(visible_requests(user).order_by().values_list(*columns).distinct())
    officers = {
        str(key): f"{first} {last}".strip() or username
        for _section, _unit, _year, key, first, last, username in rows
        if key
    }
    years = sorted({row[2] for row in rows}, reverse=True)
    return {
        "status": RequestStatus.choices,
        "section": _alphabetical(row[0] for row in rows),
        "unit": _alphabetical(row[1] for row in rows),
        "officer": sorted(
            officers.items(), key=lambda item: collation_key(str(item[1]))
        ),
        "year": [(str(year), str(year)) for year in years],
    }


def _alphabetical(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(set(names), key=collation_key) if name]
