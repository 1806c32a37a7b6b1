"""Writing down who did what: the records on which the evidence rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from govpub.publishing.enums import Outcome, Step
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.ledger import append_act
from govpub.publishing.models import (
    Act,
    Appointment,
    OfficeSettings,
    ProcedureSettings,
    ProcedureStep,
    Round,
)
from govpub.publishing.signals import act_done, act_recorded


@transaction.atomic
def record_act(
    round_: Round,
    step: Step,
    outcome: Outcome,
    signer: Appointment | User,
    words: str = "",
    *,
    since: datetime | None = None,
    details: Mapping[str, Any] | None = None,
) -> Act:
    """Write down who did what, in which position, after how long.

    ``since`` is when the step began to wait; by default, when the one before ended.
    The act, its record in the ledger and the mails that tell of it are written
    together; listeners of ``act_done`` hear of it after the commit.
    """
    _require_storable(words)
    last = round_.acts.last()
    act = Act(
        round=round_,
        step=step,
        outcome=outcome,
        words=words,
        details=dict(details or {}),
        waiting_since=since or (last.at if last else round_.proposed_at),
        target_minutes=ProcedureStep.target_of(round_.request.site, step),
    )
    act.working_seconds = _working_seconds(act)
    _sign(act, signer)
    act.save()
    append_act(act)
    act_recorded.send(Act, request=round_.request, act=act)
    transaction.on_commit(
        lambda: act_done.send_robust(Act, request=round_.request, act=act)
    )
    return act


def _working_seconds(act: Act) -> int:
    """The working time that the step took, by the office's hours of today."""
    hours = ProcedureSettings.for_site(act.round.request.site).working_hours()
    return int(hours.between(act.waiting_since, act.at).total_seconds())


def _require_storable(words: str) -> None:
    """Words are kept exactly, so what no database can keep is refused."""
    if "\0" in words or any("\ud800" <= char <= "\udfff" for char in words):
        raise ProcedureError(_("The text contains a character that cannot be stored."))


def _sign(act: Act, signer: Appointment | User) -> None:
    """Freeze name, position and unit of the moment in the record of the act."""
    appointment = signer if isinstance(signer, Appointment) else None
    user = signer.user if isinstance(signer, Appointment) else signer
    act.user = user
    act.person = user.get_full_name() or user.get_username()
    if appointment:
        act.position = appointment.position
        act.unit = appointment.unit or str(OfficeSettings.for_site(appointment.site))
        act.acting = appointment.acting
        act.order_number = appointment.order_number
