"""The scheduler's part in the survey."""

from __future__ import annotations

from datetime import timedelta

from govpub.jobs import RecurringJob
from govpub.survey.rounds import keep_all_rounds
from govpub.survey.throttle import forget_networks


def look_after() -> str:
    """Open and close rounds; forget how much came from which network."""
    forget_networks()
    return keep_all_rounds()


ROUNDS = RecurringJob("govpub.survey.rounds", timedelta(minutes=5), look_after)
