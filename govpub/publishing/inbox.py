"""The lists of the inbox: whose turn it is, what is late, how one finds a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from govpub.publishing.enums import WAITING, RequestStatus
from govpub.publishing.models import (
    PublicationRequest,
    PublicationRequestQuerySet,
    Round,
)
from govpub.publishing.models.request import is_due_soon, is_overdue
from govpub.publishing.permissions import (
    is_turn_of,
    visible_requests,
    waits_for_head,
)
from govpub.publishing.review_notices import ReviewNotice, notices_for
from govpub.thai.digits import to_arabic_digits, to_thai_digits
from govpub.thai.text import normalise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# The lists, in the order of their tabs.
LISTS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "waiting": _("Waiting for me"),
        "due": _("Due soon"),
        "overdue": _("Overdue"),
        "mine": _("My proposals"),
        "returned": _("Returned"),
        "all": _("All of the office"),
    }
)
_CONDITIONS: Mapping[str, Callable[[User], Q]] = MappingProxyType(
    {
        "waiting": lambda user: is_turn_of(user),
        "due": lambda user: is_due_soon(),
        "overdue": lambda user: is_overdue(),
        "mine": lambda user: Q(officer=user),
        "returned": lambda user: Q(status=RequestStatus.RETURNED),
        "all": lambda user: Q(),
    }
)
SORTS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "due": _("Due first"),
        "waiting": _("Waiting longest"),
        "newest": _("Newest number first"),
        "oldest": _("Oldest number first"),
        "topic": _("By topic"),
    }
)
_ORDERS = MappingProxyType(
    {
        "due": (F("due_at").asc(nulls_last=True), "waiting_since", "pk"),
        "waiting": ("waiting_since", "pk"),
        "newest": ("-fiscal_year", "-number", "pk"),
        "oldest": ("fiscal_year", "number", "pk"),
        "topic": ("topic", "pk"),
    }
)
# In these lists what is most urgent stands first, in the others what is newest.
_URGENT = frozenset({"waiting", "due", "overdue"})
# A number of more digits is none of ours, and more than the database can compare.
_LONGEST_NUMBER = 8


def requests_of(user: User, name: str) -> PublicationRequestQuerySet:
    """One of ``LISTS``, for this person; each with ``may_allow``."""
    may_allow = ExpressionWrapper(waits_for_head(user), output_field=BooleanField())
    requests = visible_requests(user).filter(_CONDITIONS[name](user))
    return requests.annotate(may_allow=may_allow)


def counts(user: User) -> dict[str, int]:
    """How many requests each list has for this person, in one query."""
    conditions = {
        name: Count("pk", filter=condition(user) or None)
        for name, condition in _CONDITIONS.items()
    }
    return visible_requests(user).order_by().aggregate(**conditions)


def usual_sort(name: str) -> str:
    return "due" if name in _URGENT else "newest"


def sort(
    requests: PublicationRequestQuerySet, order: str
) -> PublicationRequestQuerySet:
    return requests.order_by(*_ORDERS[order])


def search(
    requests: PublicationRequestQuerySet, text: str
) -> PublicationRequestQuerySet:
    """Those in which each word is found: topic, category, unit, officer or number.

    ``๑๒/๒๕๖๗`` is the number ``12/2567``; digits match in either script.
    """
    for word in normalise(text).split()[:8]:
        requests = requests.filter(_holds(word))
    return requests


def _holds(word: str) -> Q:
    found = Q()
    for spelling in {word, to_arabic_digits(word), to_thai_digits(word)}:
        found |= Q(topic__icontains=spelling) | Q(section__icontains=spelling)
        found |= Q(unit__icontains=spelling)
    found |= Q(officer__first_name__icontains=word)
    found |= Q(officer__last_name__icontains=word)
    number, _slash, year = to_arabic_digits(word).partition("/")
    if _is_number(number):
        if not year:
            found |= Q(number=int(number)) | Q(fiscal_year=int(number) % 32768)
        elif _is_number(year):
            found |= Q(number=int(number), fiscal_year=int(year) % 32768)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


@dataclass(frozen=True)
class Card:
    """What the inbox shows of one request: enough to know what to open first."""

    request: PublicationRequest
    round: Round
    files: int
    notices: Sequence[ReviewNotice]
    may_allow: bool

    @property
    def summary(self) -> str:
        return self.round.form.get("summary", "")

    @property
    def is_waiting(self) -> bool:
        """Whether somebody of the office has something to do."""
        return self.request.status in WAITING


def cards(user: User, requests: Iterable[PublicationRequest]) -> list[Card]:
    """The cards of one of the lists; as many queries for two hundred as for one."""
    shown = list(requests)
    rounds = newest_rounds(shown)
    notices = notices_for(user, list(rounds.values()))
    return [
        Card(
            request,
            rounds[request.pk],
            rounds[request.pk].file_count,  # type: ignore[attr-defined]
            notices[rounds[request.pk].pk],
            request.may_allow,  # type: ignore[attr-defined]
        )
        for request in shown
    ]


def newest_rounds(requests: Iterable[PublicationRequest]) -> dict[int, Round]:
    """The round each request is in, by the request's key, with ``file_count``."""
    by_key = {request.pk: request for request in requests}
    rounds = (
        Round.objects.filter(request__in=by_key)
        .defer("content")
        .annotate(file_count=Count("files"))
        .order_by("number")
    )
    newest: dict[int, Round] = {}
    for round_ in rounds:
        round_.request = by_key[round_.request_id]
        newest[round_.request_id] = round_
    return newest
