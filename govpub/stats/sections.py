"""What the public pages show of the statistics, ready for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.conf import conf
from govpub.templatetags.charts import Chart, Series
from govpub.thai.dates import FiscalYear, thai_date
from govpub.thai.era import shown_year

from . import public_names, queries
from .beacon import beacon_of
from .collector import get_collector
from .models import Kind, Subject
from .periods import (
    DAYS_IN_A_CHART,
    BadPeriod,
    Period,
    asked_for,
    fiscal_year,
    last_days,
    month_of,
)
from .queries import Numbers

LIMIT = 10
FOOTER_SECONDS = 60


@dataclass(frozen=True)
class Change:
    """How the views of a period differ from those of the one before."""

    period: Period
    numbers: Numbers
    percent: float | None

    @property
    def difference(self) -> float:
        """The percentage without its sign."""
        return abs(self.percent or 0)


def statistics_section(request: HttpRequest, site: Site) -> SafeString:
    """The visitor statistics of the page of category 9."""
    error = ""
    try:
        period = asked_for(request.GET)
    except BadPeriod as refusal:
        error, period = str(refusal), last_days(30)
    context = {
        "headline": queries.headline(site),
        "online": online(site),
        "period": period,
        "period_error": error,
        "asked": request.GET,
        "choices": choices(site, period),
        "query": urlencode({"from": period.first, "to": period.last}),
        **report(site, period),
    }
    return render_to_string("govpub/stats/section.html", context, request)


def report(site: Site, period: Period) -> dict[str, object]:
    """The numbers of one period: total, change, chart and rankings."""
    numbers = queries.total(site, period)
    return {
        "total": numbers,
        "change": change(site, period, numbers),
        "chart": chart(site, period),
        "pages": public_names.pages(
            site, queries.ranking(site, [Kind.PAGE], period), LIMIT
        ),
        "categories": public_names.categories(
            site, queries.ranking(site, [Kind.CATEGORY], period)
        ),
        "downloads": public_names.documents(
            queries.ranking(site, [Kind.DOWNLOAD], period), LIMIT
        ),
        "devices": public_names.devices(queries.ranking(site, [Kind.DEVICE], period)),
    }


def online(site: Site) -> int:
    """People here in the last five minutes; 0 while the store is away."""
    try:
        return get_collector().store.online(site.pk)
    except OSError:
        return 0


def choices(site: Site, chosen: Period) -> list[dict[str, object]]:
    """Periods to choose with one click."""
    today = timezone.localdate()
    year = FiscalYear.of(today)
    offered = [
        (_("Today"), last_days(1)),
        (_("7 days"), last_days(7)),
        (_("30 days"), last_days(30)),
        (_("This month"), month_of(today)),
        (str(year), fiscal_year(year)),
        (str(year.previous()), fiscal_year(year.previous())),
        (_("All"), Period(queries.first_day(site) or today, today)),
    ]
    return [
        {
            "label": label,
            "query": urlencode({"from": period.first, "to": period.last}),
            "chosen": period == chosen,
        }
        for label, period in offered
    ]


def change(
    site: Site, period: Period, numbers: Numbers, subject: Subject | None = None
) -> Change:
    """What became of the numbers since the period before."""
    before = queries.total(site, period.before, subject)
    percent = None
    if before.views:
        percent = 100 * (numbers.views - before.views) / before.views
    return Change(period.before, before, percent)


def chart(site: Site, period: Period, subject: Subject | None = None) -> Chart:
    """Hours of one day, days of up to three months, or else months."""
    if len(period) == 1:
        hours = queries.hourly(site, period.first, subject)
        labels = [f"{hour:02}:00" for hour in range(24)]
        points = [hours.get(hour, Numbers()) for hour in range(24)]
        return _chart(_("Views by the hour"), _("Hour"), labels, labels, points)
    if len(period) <= DAYS_IN_A_CHART:
        days = queries.daily(site, period, subject)
        dates = list(period.days())
        short = [_short_day(day) for day in dates]
        names = [thai_date(day, "short") for day in dates]
        points = [days.get(day, Numbers()) for day in dates]
        return _chart(_("Views by the day"), _("Day"), short, names, points)
    months = queries.monthly(site, period, subject)
    dates = list(period.months())
    names = [_month(month) for month in dates]
    points = [months.get(month, Numbers()) for month in dates]
    return _chart(_("Views by the month"), _("Month"), names, names, points)


def _chart(
    title: str, axis: str, short: list[str], names: list[str], points: list[Numbers]
) -> Chart:
    return Chart(
        key="gp-visits",
        title=title,
        axis=axis,
        labels=short,
        full_labels=names,
        series=[
            Series(_("Views"), [point.views for point in points]),
            Series(_("Visitors"), [point.visitors for point in points]),
        ],
    )


def _short_day(day: date) -> str:
    return thai_date(day, "short").rpartition(" ")[0]


def _month(month: date) -> str:
    name = thai_date(month, "short").split(" ", 1)[1].rpartition(" ")[0]
    return f"{name} {shown_year(month.year)}"


def footer_block(request: HttpRequest, site: Site) -> SafeString:
    """A few numbers, a minute old at most, for the foot of every page; the beacon."""
    key = f"govpub.stats.footer.{site.pk}"
    numbers = cache.get(key)
    if numbers is None:
        headline = queries.headline(site)
        numbers = {
            "online": online(site),
            "today": headline.today,
            "month": headline.this_month,
            "all_time": headline.all_time,
            "since": headline.since,
        }
        cache.set(key, numbers, FOOTER_SECONDS)
    context = {
        "numbers": numbers,
        "beacon": beacon_of(request),
        "counts_pages": conf.STATS_PAGES_BY == "beacon",
    }
    return render_to_string("govpub/stats/footer.html", context, request)
