"""The recurring work: count what was kept, forget what is no longer needed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.conf import conf
from govpub.jobs import RecurringJob

from .bangkok import first_hour
from .collector import get_collector
from .models import HourlyCount
from .presence import forget_past_days


def drain() -> int:
    """Turn the hits that were kept into numbers; how many hits there were.

    Safe to call at any time, from any number of processes at once.
    """
    return get_collector().store.drain()


def tidy() -> int:
    """Forget visitors of past days and hours past their time; how many rows.

    The days and months already hold the sums of the hours.
    """
    oldest = first_hour(timezone.localdate() - timedelta(conf.STATS_HOURLY_DAYS))
    hours, _by_model = HourlyCount.objects.filter(hour__lt=oldest).delete()
    return forget_past_days() + hours


def drain_job() -> RecurringJob:
    """Each named computer empties its own spool."""
    name = "govpub.stats.drain" + (f"@{conf.STATS_NODE}" if conf.STATS_NODE else "")
    return RecurringJob(name, timedelta(minutes=1), _drain)


def tidy_job() -> RecurringJob:
    return RecurringJob("govpub.stats.tidy", timedelta(hours=1), _tidy)


def _drain() -> str:
    hits = drain()
    return _("%(hits)d visits counted.") % {"hits": hits} if hits else ""


def _tidy() -> str:
    rows = tidy()
    return _("%(rows)d old rows forgotten.") % {"rows": rows} if rows else ""
