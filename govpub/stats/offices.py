"""Which office a request is for, without asking the database every time."""

from __future__ import annotations

import time
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from wagtail.models import Site

FRESH_SECONDS = 60.0
_MOST = 256
_known: dict[tuple[str, str], tuple[float, int | None]] = {}


def office_of(request: HttpRequest) -> int | None:
    """The site's number; Wagtail's answer for this request, or one a minute old.

    While the database is away the last answer stands.
    """
    if hasattr(request, "_wagtail_site"):
        site = request._wagtail_site
        return site.pk if site else None
    host = (request.META.get("HTTP_HOST", ""), request.META.get("SERVER_PORT", ""))
    until, known = _known.get(host, (0.0, None))
    now = time.monotonic()
    if now < until:
        return known
    try:
        site = Site.find_for_request(request)
    except DatabaseError:
        if known is None:
            raise
        return known
    if len(_known) >= _MOST:
        _known.clear()
    _known[host] = (now + FRESH_SECONDS, site.pk if site else None)
    return site.pk if site else None


def forget_offices(**kwargs: Any) -> None:
    """Sites were changed."""
    _known.clear()
