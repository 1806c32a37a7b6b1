"""Urgent cases (อนุญาตทางวาจา): allowed by word of mouth, confirmed in writing later.

The announcement tolerates it. The Web Master records who gave the permission and when;
until the head has confirmed exactly this content in writing the item is flagged, and
when the time for it is over it is no longer public, whether or not the scheduler ran.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.jobs import RecurringJob
from govpub.publishing import procedure, rules
from govpub.publishing.acts import record_act
from govpub.publishing.dossier import (
    advance,
    return_to_officer,
    take_up,
    task_state_of,
)
from govpub.publishing.enums import TO_CONFIRM, Outcome, RequestStatus, Step
from govpub.publishing.exceptions import AlreadyDecided, ProcedureError
from govpub.publishing.models import (
    Appointment,
    ProcedureSettings,
    PublicationRequest,
)
from govpub.publishing.personal_data_guard import require_considered
from govpub.publishing.robot import robot
from govpub.roles import Role

logger = logging.getLogger("govpub.publishing")

# A call made before the form was filled in still counts, but not one of last week.
EARLIEST = timedelta(days=1)


class LapseFailed(Exception):
    """Some permissions that are over could not be taken back; they stay hidden."""


@transaction.atomic
def permit_verbally(
    request: PublicationRequest,
    *,
    by: User,
    given_by: Appointment,
    given_at: datetime,
    words: str = "",
    seen: str = "",
) -> PublicationRequest:
    """The Web Master records that the head allowed it by word of mouth, and when."""
    request = take_up(request, RequestStatus.PROPOSED)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_not_involved(by, request)
    head = rules.require_head(given_by.user, request)
    _require_moment(request, given_at)
    rules.require_unchanged(request.current_round, seen)
    rules.require_period_not_over(request)
    require_considered(request.current_round)
    office = ProcedureSettings.for_site(request.site)
    confirm_by = office.working_hours().end_of_working_day(
        timezone.now(), office.verbal_working_days
    )
    advance(request, RequestStatus.ALLOWED, confirm_by=confirm_by)
    record_act(
        request.current_round,
        Step.VERBAL,
        Outcome.ALLOWED_VERBALLY,
        webmaster,
        words,
        details={
            "given_by": given_by.user.get_full_name() or given_by.user.get_username(),
            "given_by_position": head.position,
            "given_by_acting": head.acting,
            "given_at": given_at.isoformat(),
            "confirm_by": confirm_by.isoformat(),
        },
    )
    task_state_of(request).approve(user=by, comment=words)
    return request


def _require_moment(request: PublicationRequest, given_at: datetime) -> None:
    if given_at > timezone.now():
        raise ProcedureError(_("The date lies in the future."))
    if given_at < request.current_round.proposed_at - EARLIEST:
        raise ProcedureError(
            _("The permission was given before this information was proposed.")
        )


@transaction.atomic
def confirm(
    request: PublicationRequest, *, by: User, words: str = "", seen: str = ""
) -> PublicationRequest:
    """The head confirms the verbal permission in writing, for exactly this content."""
    request = _take_up_unconfirmed(request)
    head = rules.require_head(by, request)
    rules.require_unchanged(request.current_round, seen, latest=False)
    rules.require_permission_in_time(request)
    request.confirm_by = None
    request.save(update_fields=["confirm_by"])
    record_act(
        request.current_round,
        Step.CONSIDER,
        Outcome.ALLOWED,
        head,
        words,
        details={"confirms": "verbal"},
    )
    return request


@transaction.atomic
def refuse_confirmation(
    request: PublicationRequest, *, by: User, words: str
) -> PublicationRequest:
    """The head does not confirm it, and says why: it comes down, or goes back."""
    request = _take_up_unconfirmed(request)
    head = rules.require_head(by, request)
    rules.require_reasons(words)
    record_act(request.current_round, Step.CONSIDER, Outcome.REFUSED, head, words)
    return _undo(request, head, words)


def _take_up_unconfirmed(request: PublicationRequest) -> PublicationRequest:
    fresh = take_up(request, *TO_CONFIRM)
    if fresh.confirm_by is None:
        raise AlreadyDecided(rules.who_was_faster(fresh))
    return fresh


def _undo(
    request: PublicationRequest, signer: Appointment | User, words: str
) -> PublicationRequest:
    if request.status == RequestStatus.PUBLISHED:
        by = signer.user if isinstance(signer, Appointment) else signer
        request.confirm_by = None
        request.save(update_fields=["confirm_by"])
        return procedure.take_down(request, by=by, words=words)
    return_to_officer(request, signer, words)
    return request


@transaction.atomic
def lapse(request: PublicationRequest) -> PublicationRequest:
    """Nobody confirmed it in time: it comes down, or goes back to the officer."""
    request = _take_up_unconfirmed(request)
    if not request.has_lapsed:
        raise ProcedureError(_("There is still time to confirm it."))
    words = _("The verbal permission was not confirmed in writing in time.")
    return _undo(request, robot(), words)


def lapse_job() -> RecurringJob:
    return RecurringJob("govpub.publishing.verbal", timedelta(minutes=1), _lapse_all)


def _lapse_all() -> str:
    due = PublicationRequest.objects.lapsed().filter(status__in=TO_CONFIRM)
    done, failed = 0, []
    for request in due.order_by("pk"):
        try:
            lapse(request)
            done += 1
        except Exception as error:
            # It is not shown any more all the same; the others get their turn.
            logger.exception("Could not take back", extra={"request": request.code})
            failed.append(f"{request.code}: {error}")
    if failed:
        raise LapseFailed("; ".join(failed))
    if not done:
        return ""
    return _("verbal permissions that lapsed: %(count)s") % {"count": done}
