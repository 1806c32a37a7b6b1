"""What the office tells an assessor of the use of its website."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from wagtail.models import Site

from .periods import Period
from .queries import total


def usage(site: Site, begin: date, end: date) -> tuple[str, list[tuple[str, str]]]:
    """Views and visitors from ``begin`` to ``end``, for the supervision report."""
    found = total(site, Period(begin, end))
    return _("Use of the website"), [
        (_("Views"), f"{found.views:,}"),
        (_("Visitors"), f"{found.visitors:,}"),
    ]
