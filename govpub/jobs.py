"""The scheduler: recurring work that apps announce by hook, one process at a time.

An app joins with::

    @hooks.register("register_govpub_job")
    def take_down_job() -> RecurringJob:
        return RecurringJob("govpub.upkeep.take_down", timedelta(minutes=1), run)

``run`` does what is due and returns one line for the operator, or ``""``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from wagtail import hooks

from govpub.models import LEASE, Job

logger = logging.getLogger("govpub.jobs")


@dataclass(frozen=True)
class RecurringJob:
    """One kind of recurring work: its key, the pause between runs and the work."""

    name: str
    every: timedelta
    run: Callable[[], str]


@dataclass(frozen=True)
class Outcome:
    """What one run of one job did; ``error`` is empty when it went well."""

    name: str
    message: str
    error: str = ""


def announced_jobs() -> list[RecurringJob]:
    """All jobs of the installed apps, by name."""
    jobs: list[RecurringJob] = [
        announce() for announce in hooks.get_hooks("register_govpub_job")
    ]
    return sorted(jobs, key=lambda job: job.name)


def run_due_jobs(*, force: bool = False) -> Iterator[Outcome]:
    """Run every job that is due, and say what each did.

    One failing job does not stop the others. With ``force`` the pauses are ignored,
    the claim is not: two schedulers still never run the same job at once.
    """
    for job in announced_jobs():
        Job.objects.get_or_create(name=job.name)
        if force:
            resting = Q(last_started=None) | Q(last_finished__gte=F("last_started"))
            Job.objects.filter(resting, name=job.name).update(next_run=timezone.now())
        if Job.objects.claim(job.name):
            yield _run(job)


def keep_claim(name: str) -> None:
    """A job that takes long says from time to time that it is still at it."""
    under_way = Q(last_finished=None) | Q(last_finished__lt=F("last_started"))
    Job.objects.filter(under_way, name=name).update(next_run=timezone.now() + LEASE)


def _run(job: RecurringJob) -> Outcome:
    try:
        outcome = Outcome(job.name, job.run())
    except Exception as error:
        # The next jobs must still get their turn; the operator sees the failure.
        logger.exception("A scheduled job failed", extra={"job": job.name})
        outcome = Outcome(job.name, "", f"{type(error).__name__}: {error}")
    now = timezone.now()
    Job.objects.filter(name=job.name).update(
        next_run=now + job.every, last_finished=now, last_error=outcome.error
    )
    return outcome
