"""Which forms the public may see, and what the office says of any form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.publishing.content import attached_digests, content_digest
from govpub.publishing.enums import RequestStatus
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.ledger import snapshot
from govpub.publishing.models import PublicationMixin, PublicationRequest, Round
from govpub.upkeep.models import Ending, EndKind

WAS_PUBLIC = (RequestStatus.PUBLISHED, RequestStatus.REPLACED, RequestStatus.ENDED)


def public_form(site: Site, fiscal_year: int, number: int) -> Round | None:
    """The form by which something of this office was put on the website."""
    request = (
        PublicationRequest.objects.filter(
            site=site, fiscal_year=fiscal_year, number=number
        )
        .select_related("site", "page")
        .first()
    )
    return request.current_round if request and has_public_form(request) else None


def has_public_form(request: PublicationRequest) -> bool:
    """Whether it was put on the website, so that its form is public as well.

    What was removed for good, for somebody's privacy, is gone with its form, and so are
    the versions before it.
    """
    if request.published_at is None or request.status not in WAS_PUBLIC:
        return False
    return not Ending.objects.filter(
        kind=EndKind.REMOVED,
        request__page=request.page_id,
        request__published_at__gte=request.published_at,
    ).exists()


@dataclass(frozen=True)
class Verdict:
    """What the office says of a form that somebody holds.

    ``unchanged`` compares what is public now with what was approved; ``None`` where
    nothing of it is public. ``recorded`` says that the acts are as they were sealed.
    """

    round: Round
    state: str
    is_newest: bool
    unchanged: bool | None
    recorded: bool


def verdict(round_: Round) -> Verdict:
    request = round_.request
    newest = request.current_round == round_
    return Verdict(
        round=round_,
        state=_state(request, newest),
        is_newest=newest,
        unchanged=_unchanged(round_) if newest else None,
        recorded=_recorded(round_),
    )


def _state(request: PublicationRequest, newest: bool) -> str:
    if not newest:
        return _("Returned; a newer round of the same request exists.")
    if request.status == RequestStatus.PUBLISHED:
        page = request.page.specific
        if not (isinstance(page, PublicationMixin) and page.is_public):
            return _("Allowed and published; its period is over.")
    return request.get_status_display()


def _unchanged(round_: Round) -> bool | None:
    """Whether page and files that the public sees now have the form's fingerprint."""
    page = round_.request.page.specific
    if not (isinstance(page, PublicationMixin) and page.is_public):
        return None
    if page.published_request != round_.request:
        return None
    as_page: Any = page
    if content_digest(as_page.serializable_data()) != round_.content_digest:
        return False
    try:
        now = attached_digests(page)
    except ContentChanged:
        return False
    return sorted(now.values()) == sorted(round_.files.values_list("digest", flat=True))


def _recorded(round_: Round) -> bool:
    """Whether every act of the round stands in the ledger as it was written there."""
    for act in round_.acts.select_related("ledger_entry", "round__request"):
        entry = getattr(act, "ledger_entry", None)
        if entry is None or entry.hash != entry.fingerprint():
            return False
        now = snapshot(act)
        if any(entry.data.get(name) != value for name, value in now.items()):
            return False
    return True
