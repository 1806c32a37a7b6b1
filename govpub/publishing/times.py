"""How long the steps of the procedure took, against their target times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from wagtail.models import Site

from govpub.publishing.enums import Step
from govpub.publishing.models import Act
from govpub.thai.dates import BANGKOK

# The steps that somebody carries out against a clock, in the order of the procedure.
CLOCKED = (Step.PROPOSE, Step.CONSIDER, Step.PUT_UP, Step.TELL_BACK)


@dataclass(frozen=True)
class StepTimes:
    """What the acts of one step came to; medians in minutes, shares in percent.

    ``target`` is the office's target time where all acts had the same. An act without
    a target counts for the medians, and for no share.
    """

    step: Step
    count: int
    target: int | None
    median_working: float | None
    median_elapsed: float | None
    within_working: float | None
    within_elapsed: float | None

    @property
    def label(self) -> str:
        return str(self.step.label)


def step_times(site: Site, begin: date, end: date) -> list[StepTimes]:
    """The times of every clocked step of the acts from ``begin`` to ``end``."""
    first = datetime.combine(begin, time.min, BANGKOK)
    after = datetime.combine(end + timedelta(days=1), time.min, BANGKOK)
    acts = Act.objects.filter(
        round__request__site=site, step__in=CLOCKED, at__gte=first, at__lt=after
    ).only("step", "waiting_since", "at", "working_seconds", "target_minutes")
    by_step: dict[str, list[Act]] = {step: [] for step in CLOCKED}
    for act in acts.iterator():
        by_step[act.step].append(act)
    return [_times(Step(step), done) for step, done in by_step.items()]


def _times(step: Step, acts: list[Act]) -> StepTimes:
    timed = [act for act in acts if act.target_minutes is not None]
    targets = {act.target_minutes for act in timed}
    return StepTimes(
        step=step,
        count=len(acts),
        target=targets.pop() if len(targets) == 1 else None,
        median_working=median(act.working_minutes for act in acts) if acts else None,
        median_elapsed=median(act.minutes for act in acts) if acts else None,
        within_working=_percent([act.within_target for act in timed]),
        within_elapsed=_percent(
            [act.minutes <= (act.target_minutes or 0) for act in timed]
        ),
    )


def _percent(kept: list[bool | None]) -> float | None:
    return 100 * sum(map(bool, kept)) / len(kept) if kept else None
