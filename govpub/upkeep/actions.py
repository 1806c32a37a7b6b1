"""The third duty of the procedure: whether it is accurate, complete and current."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.publishing import rules
from govpub.publishing.acts import record_act
from govpub.publishing.checklist import ALL_CHECKED, CHECKS
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import AlreadyDecided
from govpub.publishing.models import Act, Appointment, PublicationRequest
from govpub.publishing.periods import next_verification
from govpub.roles import Role
from govpub.upkeep.findings import findings
from govpub.upkeep.models import Correction, Verification
from govpub.upkeep.people import responsible_for


def may_verify(user: User, request: PublicationRequest) -> Appointment | None:
    """The appointment by which the person may: Web Master, or who answers for it."""
    webmaster = Appointment.objects.of(user, Role.WEBMASTER, request.site)
    if webmaster is not None:
        return webmaster
    if any(person.pk == user.pk for person in responsible_for(request)):
        return Appointment.objects.of(user, Role.OFFICER, request.site)
    return None


@transaction.atomic
def verify(
    request: PublicationRequest,
    *,
    by: User,
    answers: Mapping[str, bool] = ALL_CHECKED,
    words: str = "",
) -> PublicationRequest:
    """Answer for each of ``checklist.CHECKS`` whether it is so today.

    Three times yes sets the next date. A no needs a note, and asks whoever is
    responsible to correct it by a new proposal; it stays due until that is done.
    """
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    signer = may_verify(by, fresh)
    if signer is None:
        raise rules.not_your_turn()
    if fresh.status != RequestStatus.PUBLISHED:
        raise AlreadyDecided(_("This information is not on the website."))
    given = {name: answers.get(name) is True for name in CHECKS}
    good = all(given.values())
    if not good:
        rules.require_reasons(words)
    page = fresh.page.specific
    act = record_act(
        fresh.current_round,
        Step.KEEP,
        Outcome.VERIFIED if good else Outcome.FOUND_WANTING,
        signer,
        words,
        since=fresh.verified_at or fresh.published_at,
        details={"answers": given} if not good else {"checks": given},
    )
    verification = Verification.objects.create(
        request=fresh,
        act=act,
        due_on=fresh.verify_by,
        note=words,
        findings=findings(page),
        **given,
    )
    fresh.verification_calls.filter(closed_at=None).update(closed_at=timezone.now())
    if good:
        _next_round(fresh, page)
    else:
        _ask_for_correction(fresh, verification)
    return fresh


def _next_round(request: PublicationRequest, page: Any) -> None:
    request.verified_at = timezone.now()
    request.verify_by = next_verification(
        page, request.site, timezone.localdate(), request.publish_until
    )
    request.save(update_fields=["verified_at", "verify_by"])
    _open(request).update(closed_at=timezone.now())


def _ask_for_correction(
    request: PublicationRequest, verification: Verification
) -> None:
    if not _open(request).exists():
        asked = responsible_for(request)
        Correction.objects.create(
            request=request,
            verification=verification,
            asked_of=asked[0] if asked else None,
        )


def _open(request: PublicationRequest) -> Any:
    return Correction.objects.filter(request=request, closed_at=None)


def close_corrections(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """A newer version, or a take-down, answers what was found wrong."""
    if act.outcome in {Outcome.REPLACED, Outcome.TAKEN_DOWN}:
        _open(request).update(closed_at=timezone.now())
