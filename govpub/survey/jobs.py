"""The scheduler's part in the survey."""

from __future__ import annotations

from datetime import timedelta

from govpub.jobs import RecurringJob
from govpub.survey.rounds import keep_all_rounds

ROUNDS = RecurringJob("govpub.survey.rounds", timedelta(minutes=5), keep_all_rounds)
