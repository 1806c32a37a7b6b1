"""What the scheduler does each minute: up on its day, down at the end of its period.

Replacements go up first, so that they never leave a gap. Each item has a transaction
of its own; one that fails is reported and does not stop the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext as _

from govpub.jobs import RecurringJob
from govpub.publishing import procedure
from govpub.publishing.models import PublicationRequest, PublicationRequestQuerySet
from govpub.publishing.robot import robot

logger = logging.getLogger("govpub.upkeep")


class SomeItemsFailed(Exception):
    """At least one due item could not be handled; the others were."""


def period_job() -> RecurringJob:
    return RecurringJob("govpub.upkeep.period", timedelta(minutes=1), keep_periods)


def keep_periods() -> str:
    """Put up what has begun and take down what is over; says how many of each."""
    requests = PublicationRequest.objects
    up, up_failed = _each(requests.period_begun(), _put_up)
    down, down_failed = _each(requests.period_over(), _take_down)
    done = _("put up: %(up)s, taken down: %(down)s") % {"up": up, "down": down}
    if failed := up_failed + down_failed:
        raise SomeItemsFailed(f"{done}; {', '.join(failed)}")
    return done if up or down else ""


def _put_up(request: PublicationRequest) -> None:
    procedure.go_live(request, by=robot())


def _take_down(request: PublicationRequest) -> None:
    words = _("The publication period is over.")
    procedure.take_down(request, by=robot(), words=words)


def _each(
    due: PublicationRequestQuerySet, act: Callable[[PublicationRequest], None]
) -> tuple[int, list[str]]:
    done, failed = 0, []
    for request in due.order_by("pk"):
        try:
            act(request)
            done += 1
        except Exception as error:
            logger.exception("A due item failed", extra={"request": request.code})
            failed.append(f"{request.code}: {error}")
    return done, failed
