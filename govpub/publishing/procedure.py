"""The procedure of the announcement, act by act.

Each function is one thing a person does. It runs in one transaction, holds the
dossier's row while it decides, and either does everything or nothing. What it
refuses, it refuses with a :class:`ProcedureError` that says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, WorkflowState
from wagtail.signal_handlers import disable_reference_index_auto_update

from govpub.publishing import clock, rules
from govpub.publishing.acts import record_act
from govpub.publishing.attachments import keep_files
from govpub.publishing.checklist import require_checked
from govpub.publishing.content import attached_digests, content_digest, full_digest
from govpub.publishing.dossier import (
    advance,
    hand_to_webmaster,
    return_to_officer,
    take_up,
    task_state_of,
)
from govpub.publishing.enums import (
    WITH_WEBMASTER,
    Outcome,
    RequestStatus,
    Step,
)
from govpub.publishing.exceptions import (
    AlreadyDecided,
    NotApproved,
    ProcedureError,
)
from govpub.publishing.frozen import frozen_form
from govpub.publishing.models import (
    HeadApprovalTask,
    NumberSeries,
    ProcedureSettings,
    PublicationRequest,
    Round,
)
from govpub.publishing.models.tasks import ProcedureTask
from govpub.publishing.periods import first_day, next_verification
from govpub.publishing.personal_data_guard import require_considered
from govpub.publishing.robot import robot
from govpub.roles import Role
from govpub.thai.dates import FiscalYear

if TYPE_CHECKING:
    from wagtail.models import Site


# --- 1. The officer proposes -------------------------------------------------


@transaction.atomic
def propose(page: Page, *, by: User) -> PublicationRequest:
    """Propose the newest draft of ``page``; the same as proposing in the editor."""
    workflow = page.get_workflow()
    if workflow is None or not rules.is_procedure(workflow):
        raise ProcedureError(_("This office has not set up its procedure yet."))
    rules.hold_page(page.pk)
    if WorkflowState.objects.active().for_instance(page).exists():
        raise AlreadyDecided(_("This information has been proposed already."))
    workflow.start(page, by)
    return PublicationRequest.objects.in_review().get(page=page.pk)


def begin_step(
    task: ProcedureTask, workflow_state: WorkflowState, user: User | None
) -> None:
    """Called when Wagtail's workflow enters a step: may it, by the dossier?

    Entering the head's step is the proposal itself and opens a round.
    """
    page = workflow_state.content_object.specific
    if isinstance(task, HeadApprovalTask):
        if user is None:
            raise PermissionDenied(_("A proposal needs an officer."))
        _open_round(page, by=user)
        return
    may_begin = PublicationRequest.objects.filter(
        page=page.pk, status__in=WITH_WEBMASTER
    )
    if not may_begin.exists():
        raise NotApproved(_("The head of the office has not decided yet."))


def _open_round(page: Page, *, by: User) -> Round:
    site = rules.office_of(page)
    officer = rules.require_role(by, (Role.OFFICER, Role.WEBMASTER), site)
    rules.require_complete(page)
    request = _open_dossier(page, site, by)
    revision = page.get_latest_revision()
    if revision is None:
        raise ProcedureError(_("Save the information before you propose it."))
    draft = revision.as_object()
    files = attached_digests(draft)
    number = request.rounds.count() + 1
    round_ = Round.objects.create(
        request=request,
        number=number,
        revision=revision,
        content=revision.content,
        content_digest=content_digest(revision.content),
        digest=full_digest(revision, files),
        form=frozen_form(request, draft),
    )
    keep_files(round_, draft, files)
    record_act(
        round_, Step.PROPOSE, Outcome.PROPOSED, officer, since=revision.created_at
    )
    return round_


def _open_dossier(page: Page, site: Site, by: User) -> PublicationRequest:
    """The dossier that was returned for correction, or a new one with a number."""
    draft = page.get_latest_revision_as_object()
    found = PublicationRequest.objects.select_for_update().open().filter(page=page.pk)
    request = found.first()
    if request is None:
        year = FiscalYear.current().be
        request = PublicationRequest(
            site=site,
            fiscal_year=year,
            number=NumberSeries.next_number(site, year),
            page=page,
            officer=by,
            section=page.get_parent().title,
        )
    elif request.status != RequestStatus.RETURNED:
        raise AlreadyDecided(
            _("Request %(code)s for this information is still under way.")
            % {"code": request.code}
        )
    clock.enter(request, RequestStatus.PROPOSED)
    request.topic = draft.title
    request.unit = draft.unit
    request.publish_from = draft.publish_from
    request.publish_until = draft.publish_until
    request.verify_by = next_verification(
        draft, site, first_day(draft), draft.publish_until
    )
    request.save()
    return request


# --- 2. The head of the office decides ---------------------------------------


@transaction.atomic
def allow(
    request: PublicationRequest,
    *,
    by: User,
    words: str = "",
    seen: str = "",
    acknowledged: bool = False,
) -> PublicationRequest:
    """อนุญาตเผยแพร่: the head allows exactly what was proposed.

    ``seen`` is the digest of what the head was shown; a different one is refused.
    ``acknowledged`` says that the head also signed ทราบ, as on the memo.
    """
    request = take_up(request, RequestStatus.PROPOSED)
    head = rules.require_head(by, request)
    rules.require_unchanged(request.current_round, seen)
    rules.require_period_not_over(request)
    require_considered(request.current_round)
    advance(request, RequestStatus.ALLOWED)
    record_act(
        request.current_round,
        Step.CONSIDER,
        Outcome.ALLOWED,
        head,
        words,
        details=_acknowledgement(acknowledged),
    )
    task_state_of(request).approve(user=by, comment=words)
    return request


@transaction.atomic
def refuse(
    request: PublicationRequest,
    *,
    by: User,
    words: str,
    seen: str = "",
    acknowledged: bool = False,
) -> PublicationRequest:
    """ไม่อนุญาต: the head does not allow it and says why; the Web Master tells back."""
    request = take_up(request, RequestStatus.PROPOSED)
    head = rules.require_head(by, request)
    rules.require_reasons(words)
    rules.require_unchanged(request.current_round, seen)
    advance(request, RequestStatus.REFUSED)
    record_act(
        request.current_round,
        Step.CONSIDER,
        Outcome.REFUSED,
        head,
        words,
        details=_acknowledgement(acknowledged),
    )
    task_state = task_state_of(request)
    task_state.reject(user=by, update=False, comment=words)
    hand_to_webmaster(task_state.workflow_state, by)
    if ProcedureSettings.for_site(request.site).pass_on_automatically:
        return_to_officer(request, robot())
    return request


def _acknowledgement(signed: bool) -> dict[str, bool]:
    return {"acknowledged": True} if signed else {}


# --- 3. The Web Master puts it up, or tells the officer back ------------------


@transaction.atomic
def put_up(
    request: PublicationRequest,
    *,
    by: User,
    checks: Mapping[str, bool],
    words: str = "",
    seen: str = "",
) -> PublicationRequest:
    """The Web Master has checked it and puts it on the website, now or on its day.

    ``checks`` says for each of ``checklist.CHECKS`` that the Web Master confirms it.
    """
    request = take_up(request, RequestStatus.ALLOWED)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    confirmed = require_checked(checks)
    rules.require_unchanged(request.current_round, seen)
    rules.require_period_not_over(request)
    rules.require_permission_in_time(request)
    waits = (
        request.publish_from is not None and request.publish_from > timezone.localdate()
    )
    task_state = task_state_of(request)
    advance(request, RequestStatus.SCHEDULED, verified_at=timezone.now())
    outcome = Outcome.APPROVED_FOR_DAY if waits else Outcome.PUT_UP
    record_act(
        request.current_round,
        Step.PUT_UP,
        outcome,
        webmaster,
        words,
        details={"checks": confirmed},
    )
    task_state.approve(user=by, comment=words)
    if not waits:
        go_live(request, by=by)
    return request


@transaction.atomic
def tell_back(
    request: PublicationRequest, *, by: User, words: str = ""
) -> PublicationRequest:
    """The Web Master tells the officer back; the officer starts again from step 1.

    After a refusal the head's reasons go along; otherwise the Web Master gives some.
    """
    request = take_up(request, RequestStatus.ALLOWED, RequestStatus.REFUSED)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    if request.status == RequestStatus.ALLOWED:
        rules.require_reasons(words)
    return_to_officer(request, webmaster, words)
    return request


@transaction.atomic
def withdraw(
    request: PublicationRequest, *, by: User, words: str
) -> PublicationRequest:
    """The officer takes the proposal back before the head decided, with a reason."""
    request = take_up(request, RequestStatus.PROPOSED, RequestStatus.RETURNED)
    if request.officer_id != by.pk:
        raise rules.not_your_turn()
    officer = rules.require_role(by, (Role.OFFICER, Role.WEBMASTER), request.site)
    rules.require_reasons(words)
    workflow_state = WorkflowState.objects.active().for_instance(request.page).first()
    advance(request, RequestStatus.WITHDRAWN, closed_at=timezone.now())
    record_act(request.current_round, Step.WITHDRAW, Outcome.WITHDRAWN, officer, words)
    if workflow_state:
        workflow_state.cancel(user=by)
    return request


# --- On its day: up; at the end of its period: down --------------------------


@transaction.atomic
def go_live(request: PublicationRequest, *, by: User) -> PublicationRequest:
    """Show the approved revision; a version that is public now makes way for it."""
    request = take_up(request, RequestStatus.SCHEDULED)
    round_ = request.current_round
    signer = rules.signer(by, request.site)
    rules.require_unchanged(round_, latest=False)
    rules.require_permission_in_time(request)
    for older in PublicationRequest.objects.select_for_update().filter(
        page=request.page_id, status=RequestStatus.PUBLISHED
    ):
        advance(older, RequestStatus.REPLACED, closed_at=timezone.now())
        record_act(
            older.current_round,
            Step.TAKE_DOWN,
            Outcome.REPLACED,
            signer,
            request.code,
        )
    advance(request, RequestStatus.PUBLISHED, published_at=timezone.now())
    if round_.acts.filter(outcome=Outcome.APPROVED_FOR_DAY).exists():
        record_act(round_, Step.APPEAR, Outcome.WENT_LIVE, signer)
    round_.revision.publish(user=by, skip_permission_checks=True)
    return request


@transaction.atomic
def take_down(
    request: PublicationRequest, *, by: User, words: str = ""
) -> PublicationRequest:
    """Take the information down; the dossier is closed and kept."""
    request = take_up(request, RequestStatus.PUBLISHED)
    advance(request, RequestStatus.ENDED, closed_at=timezone.now())
    signer = rules.signer(by, request.site)
    record_act(request.current_round, Step.TAKE_DOWN, Outcome.TAKEN_DOWN, signer, words)
    _TakeDownAction(request.page.specific, user=by).execute(
        skip_permission_checks=True  # the procedure has checked them
    )
    return request


class _TakeDownAction(UnpublishPageAction):
    """Writes that the page is not live; its content and what that names stay as is."""

    def _commit_unpublish(self, object: Page) -> None:
        with disable_reference_index_auto_update():
            object.save(
                clean=False,
                update_fields=["live", "live_revision", "has_unpublished_changes"],
            )


# --- Beside the website ------------------------------------------------------


@transaction.atomic
def record_posted_elsewhere(
    request: PublicationRequest, *, by: User, place: str, link: str, on: date
) -> PublicationRequest:
    """The Web Master has posted it elsewhere too: where, at which address, when.

    The announcement asks for this where it names another place, such as the
    ministry's anti-corruption centre. ``link`` may be empty.
    """
    request = take_up(request, RequestStatus.SCHEDULED, RequestStatus.PUBLISHED)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_place(place, link, on)
    record_act(
        request.current_round,
        Step.ELSEWHERE,
        Outcome.POSTED_ELSEWHERE,
        webmaster,
        details={"place": place.strip(), "link": link, "date": on.isoformat()},
    )
    return request
