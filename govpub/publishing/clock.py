"""Since when a request waits for its next step, and when that step is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils import timezone

from govpub.publishing.enums import RequestStatus, Step
from govpub.publishing.models import (
    ProcedureSettings,
    ProcedureStep,
    PublicationRequest,
)

if TYPE_CHECKING:
    from wagtail.models import Site

# What has to be done next in a state of the request. No office sets a time for the
# officer's correction, and an approved day comes by itself.
NEXT_STEP = MappingProxyType(
    {
        RequestStatus.PROPOSED: Step.CONSIDER,
        RequestStatus.ALLOWED: Step.PUT_UP,
        RequestStatus.REFUSED: Step.TELL_BACK,
    }
)


def deadline(site: Site, step: Step, start: datetime) -> datetime | None:
    """Until when a step that began at ``start`` should be done, in working time.

    ``None`` where the office set no target time for it.
    """
    minutes = ProcedureStep.target_of(site, step)
    if minutes is None:
        return None
    hours = ProcedureSettings.for_site(site).working_hours()
    return hours.add(start, timedelta(minutes=minutes))


def enter(request: PublicationRequest, status: RequestStatus) -> list[str]:
    """Bring the request to ``status``; from now on its next step waits.

    Nothing is saved; returns the names of the fields that were set.
    """
    start = timezone.now()
    step = NEXT_STEP.get(status)
    request.status = status
    request.waiting_since = start
    request.due_at = deadline(request.site, step, start) if step else None
    return ["status", "waiting_since", "due_at"]
