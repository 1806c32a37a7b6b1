"""Telling visitors apart within one round, without keeping who they are.

Address and browser go into a keyed hash and are forgotten. The key is the salt of the
round, destroyed at its end. Two people behind one address with the same browser look
like one visitor: that is the price of asking for no account and setting no cookie.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from govpub.conf import conf
from govpub.survey.models import SurveyRound

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Visitor:
    """Two keyed hashes of one round: of the visitor and of the network they are in."""

    key: str
    network: str


def visitor_of(request: HttpRequest, round_: SurveyRound) -> Visitor:
    """The visitor behind a request, as this round knows them."""
    return identify(
        round_,
        address=request.META.get(conf.STATS_ADDRESS_HEADER)
        or request.META.get("REMOTE_ADDR", ""),
        agent=request.META.get("HTTP_USER_AGENT", ""),
    )


def identify(round_: SurveyRound, *, address: str, agent: str) -> Visitor:
    """The visitor with this address and this name of a browser, in this round."""
    parsed = _parse(address)
    return Visitor(
        key=_keyed(round_, "visitor", _host(parsed), agent),
        network=_keyed(round_, "network", _network(parsed)),
    )


def _parse(address: str) -> Address | None:
    # A proxy that appends leaves a list; the last entry is the one it saw itself.
    try:
        parsed = ip_address(address.rsplit(",", 1)[-1].strip())
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _host(address: Address | None) -> str:
    # An IPv6 device changes the lower half of its address every day.
    return _prefix(address, v4=32, v6=64)


def _network(address: Address | None) -> str:
    return _prefix(address, v4=24, v6=48)


def _prefix(address: Address | None, *, v4: int, v6: int) -> str:
    if address is None:
        return "unknown"
    length = v4 if address.version == 4 else v6
    return str(ip_network(f"{address}/{length}", strict=False))


def _keyed(round_: SurveyRound, *parts: str) -> str:
    if not round_.salt:
        raise ValueError("A round that is not open knows no visitors.")
    message = "\n".join(parts).encode("utf-8", "backslashreplace")
    return hmac.new(round_.salt.encode(), message, "sha256").hexdigest()
