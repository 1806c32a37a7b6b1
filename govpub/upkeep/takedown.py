"""Take-down now: one act of the Web Master that wins against everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, ReferenceIndex, WorkflowState

from govpub.publishing import clock, procedure, rules
from govpub.publishing.acts import record_act
from govpub.publishing.content import attached_files
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import ProcedureError, ReasonsMissing
from govpub.publishing.models import Appointment, PublicationMixin, PublicationRequest
from govpub.publishing.serving import is_public_source
from govpub.roles import Role
from govpub.thai.text import is_blank
from govpub.upkeep.endings import ending_of
from govpub.upkeep.models import Ending, EndKind

DOWN = (RequestStatus.PUBLISHED, RequestStatus.SCHEDULED)


@dataclass(frozen=True)
class Reach:
    """Everything that goes with an item: pages below it, and its files."""

    pages: list[Page] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    # Files that stay, because other public pages use them, by those pages' titles.
    shared: dict[Any, list[str]] = field(default_factory=dict)
    stopped: list[PublicationRequest] = field(default_factory=list)


def reach_of(request: PublicationRequest) -> Reach:
    """What a take-down would take along, for the person to read first."""
    page = request.page.specific
    below = list(page.get_descendants().live().specific())
    files = attached_files(page)
    gone = {page.pk, *(one.pk for one in below)}
    shared = {file: titles for file in files if (titles := _others(file, gone))}
    open_ = PublicationRequest.objects.open().filter(page__in=gone)
    return Reach(below, files, shared, list(open_.exclude(pk=request.pk)))


def _others(file: Any, gone: set[int]) -> list[str]:
    sources = (
        source for source, _refs in ReferenceIndex.get_grouped_references_to(file)
    )
    return [
        str(source)
        for source in sources
        if not (isinstance(source, Page) and source.pk in gone)
        and is_public_source(source)
    ]


@transaction.atomic
def take_down_now(
    request: PublicationRequest,
    *,
    by: User,
    words: str,
    public_reason: str,
    kind: EndKind = EndKind.TAKEN_DOWN,
    successor: Page | None = None,
) -> PublicationRequest:
    """Take it and everything below it off the website, whatever else is planned.

    ``words`` are for the office, ``public_reason`` stands at the address from now on.
    Schedules and proposals of these pages end with it: what shall come back has to be
    proposed anew.
    """
    rules.hold_page(request.page_id)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_reasons(words)
    if is_blank(public_reason):
        raise ReasonsMissing(_("Write an explanation for the public."))
    if successor is not None and successor.pk == request.page_id:
        raise ProcedureError(_("Information cannot take its own place."))
    page = Page.objects.get(pk=request.page_id)
    for below in page.get_descendants().order_by("-depth").specific():
        _take_down_page(below, by, webmaster, words, public_reason, kind, None)
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    if fresh.status not in DOWN:
        return procedure.take_down(request, by=by, words=words)  # says who was faster
    _take_down_page(page.specific, by, webmaster, words, public_reason, kind, successor)
    return PublicationRequest.objects.get(pk=request.pk)


def _take_down_page(
    page: Page,
    by: User,
    webmaster: Appointment,
    words: str,
    public_reason: str,
    kind: EndKind,
    successor: Page | None,
) -> None:
    if not isinstance(page, PublicationMixin):
        if page.live:
            UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
        return
    requests = PublicationRequest.objects.filter(page=page.pk)
    for waiting in requests.open().select_for_update():
        stop(waiting, by, webmaster, words)
    for request in requests.filter(status=RequestStatus.PUBLISHED):
        ending = ending_of(request)
        ending.kind, ending.public_reason = kind, public_reason
        ending.successor = successor
        if kind == EndKind.REMOVED:
            ending.keep_files_until = None
        ending.save()
        procedure.take_down(request, by=by, words=words)


def stop(
    request: PublicationRequest, by: User, signer: Appointment | User, words: str
) -> None:
    """A proposal of the page, wherever it stands, goes no further."""
    workflow_state = WorkflowState.objects.active().for_instance(request.page).first()
    changed = clock.enter(request, RequestStatus.ENDED)
    request.closed_at = timezone.now()
    request.save(update_fields=[*changed, "closed_at"])
    record_act(request.current_round, Step.TAKE_DOWN, Outcome.STOPPED, signer, words)
    if workflow_state:
        workflow_state.cancel(user=by)


@transaction.atomic
def remove(
    request: PublicationRequest, *, by: User, words: str, public_reason: str
) -> PublicationRequest:
    """What has ended is removed for good: no notice, no kept documents, no archive."""
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_reasons(words)
    if is_blank(public_reason):
        raise ReasonsMissing(_("Write an explanation for the public."))
    ending = Ending.objects.select_for_update().get(request=request)
    ending.kind, ending.public_reason = EndKind.REMOVED, public_reason
    ending.keep_files_until = ending.successor = None
    ending.save()
    record_act(request.current_round, Step.TAKE_DOWN, Outcome.REMOVED, webmaster, words)
    return request
