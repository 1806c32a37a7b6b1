"""A sign on every page by which it can be counted again when a cache hands it out.

The sign is made by this server and signed, so that nobody can count a page that does
not exist. It names the page, not the reader.
"""

from __future__ import annotations

from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from .served import served_page, was_not_found

_signer = Signer(salt="govpub.stats.beacon")


class Counted(NamedTuple):
    """What a beacon counts: a page's number or a path, and its category."""

    key: str
    category: int


def beacon_of(request: HttpRequest) -> str:
    """The sign of the page that answers ``request``; empty for an error page."""
    page = served_page(request)
    if page:
        return _signer.sign(f"{page.category}:{page.pk}")
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve" or was_not_found(request):
        return ""
    return _signer.sign(f"0:{request.path[:300]}")


def read_beacon(sign: str) -> Counted | None:
    """What the sign counts; ``None`` if we did not make it."""
    try:
        category, _, key = _signer.unsign(sign).partition(":")
    except BadSignature:
        return None
    return Counted(key, int(category))
