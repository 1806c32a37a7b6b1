"""Where a form was sent from, told by the browser itself.

The pages with our forms may be cached and shared, so they cannot carry Django's CSRF
token, which belongs to one visitor. The views are exempt from that check and ask the
browser instead: no foreign page can make a browser claim to be on our site.
"""

from __future__ import annotations

from enum import Enum
from urllib.parse import urlsplit

from django.http import HttpRequest


class Origin(Enum):
    """What the browser says of the page a request was sent from."""

    OURS = "ours"
    FOREIGN = "foreign"
    UNSAID = "unsaid"


def origin_of(request: HttpRequest) -> Origin:
    """Compare with our host, by the most trustworthy header that is there."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return Origin.OURS if fetch_site == "same-origin" else Origin.FOREIGN
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    if not claimed:
        return Origin.UNSAID
    return Origin.OURS if _host(claimed) == request.get_host() else Origin.FOREIGN


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
