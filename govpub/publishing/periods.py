"""How long one kind of information may be public: what the office's table says."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail import hooks
from wagtail.models import Site

from govpub.conf import conf
from govpub.thai.dates import FiscalYear, thai_date


class DefaultEnd(models.TextChoices):
    """When the period of an item ends if the officer wishes nothing else."""

    MONTHS = "months", gettext_lazy("After some months")
    THIS_YEAR = "this-year", gettext_lazy("End of the fiscal year")
    NEXT_YEAR = "next-year", gettext_lazy("End of the next fiscal year")
    NONE = "none", gettext_lazy("No end")


class LegalDate(NamedTuple):
    """A day by which a law wants somebody to look at a page again, and which law."""

    day: date
    law: str


@dataclass(frozen=True)
class PeriodRule:
    """The rule for one kind of information; months and dates, never days."""

    may_have_no_end: bool
    default_end: DefaultEnd | None = None
    default_months: int | None = None
    maximum_months: int | None = None
    verify_months: int | None = None

    def end(self, begin: date) -> date | None:
        """The last day that is suggested for a period that begins on ``begin``."""
        if self.default_end == DefaultEnd.MONTHS and self.default_months:
            return add_months(begin, self.default_months)
        if self.default_end == DefaultEnd.THIS_YEAR:
            return FiscalYear.of(begin).end
        if self.default_end == DefaultEnd.NEXT_YEAR:
            return FiscalYear.of(begin).next().end
        return None

    def latest_end(self, begin: date) -> date:
        """The last day that can be granted to a period that begins on ``begin``."""
        months = self.maximum_months or conf.PERIOD_MAX_YEARS * 12
        return add_months(begin, months)

    def verify_by(self, begin: date, until: date | None) -> date | None:
        """The day by which it must be looked at again; none if it ends before."""
        if self.verify_months is None:
            return None
        due = add_months(begin, self.verify_months)
        return None if until and until <= due else due

    def problem(self, begin: date, end: date | None) -> str:
        """Why a period cannot be granted; empty if it can."""
        if end is None:
            missing = _("Give the last day of publication.")
            return "" if self.may_have_no_end else missing
        if end < begin:
            return _("The period ends before it begins.")
        if end <= self.latest_end(begin):
            return ""
        latest = thai_date(self.latest_end(begin))
        message = _("The period is longer than %(longest)s; it can end on %(day)s.")
        return message % {"longest": self.longest, "day": latest}

    @property
    def longest(self) -> str:
        months = self.maximum_months or conf.PERIOD_MAX_YEARS * 12
        if months % 12:
            return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
        years = months // 12
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}

    def __str__(self) -> str:
        """The rule as the officer is told it."""
        if self.may_have_no_end:
            return _("At most %(longest)s, or no end.") % {"longest": self.longest}
        return _("At most %(longest)s.") % {"longest": self.longest}


def rule_for(page: Any, site: Site | None) -> PeriodRule:
    """The rule for a page at an office.

    Apps answer by the hook ``register_govpub_period_rule``: ``(site, category, kind)``
    to a :class:`PeriodRule` or ``None``. Without an answer the page class decides.
    """
    if site is not None:
        for ask in hooks.get_hooks("register_govpub_period_rule"):
            rule: PeriodRule | None = ask(site, *page.retention_key)
            if rule is not None:
                return rule
    return PeriodRule(may_have_no_end=page.may_have_no_end)


def next_verification(
    page: Any, site: Site | None, begin: date, until: date | None
) -> date | None:
    """By when what was looked at on ``begin`` must be looked at again.

    By the office's table, or earlier where a law says so; never if it ends before.
    """
    legal = page.next_legal_date
    days = [rule_for(page, site).verify_by(begin, until), legal and legal.day]
    to_come = [day for day in days if day and begin < day < (until or date.max)]
    return min(to_come, default=None)


def first_day(page: Any) -> date:
    """The day on which the period of a draft can begin at the earliest."""
    return max(page.publish_from or timezone.localdate(), timezone.localdate())


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
