"""Signs that an answer may not come from a person, and the limit per network.

A suspicious answer is kept apart for review, never dropped; only a flood is refused,
and is told so.
"""

from __future__ import annotations

import time

from govpub.conf import conf
from govpub.survey.enums import Suspicion
from govpub.survey.models import NetworkCount
from govpub.survey.origin import Origin

WINDOW = 600  # seconds
FLOOD = 10  # times the limit
FORM_SECONDS = 3
CLICK_SECONDS = 1


class Flood(Exception):
    """Far too many answers from one network; nothing more is taken for a while."""


def suspicions(
    *, origin: Origin, honeypot: str, seconds: int, least: int, network: int
) -> list[str]:
    """Why this answer should be looked at; usually nothing.

    ``seconds`` is the time between form and answer, ``least`` what a person needs,
    ``network`` the number of answers from the same network in this window.
    """
    signs = {
        Suspicion.HONEYPOT: bool(honeypot),
        Suspicion.TOO_FAST: seconds < least,
        Suspicion.BUSY_NETWORK: network > conf.SURVEY_ANSWERS_PER_NETWORK,
        Suspicion.NO_ORIGIN: origin is Origin.UNSAID,
    }
    return [sign.value for sign, seen in signs.items() if seen]


def count_from(network: str, kind: str) -> int:
    """Count one more answer from a network; raises ``Flood``."""
    window = int(time.time()) // WINDOW
    key = f"{kind}.{network}.{window}"
    seen = NetworkCount.objects.add_one(key, (window + 1) * WINDOW)
    if seen > FLOOD * conf.SURVEY_ANSWERS_PER_NETWORK:
        raise Flood(kind)
    return seen


def forget_networks() -> None:
    """Drop the counts of windows that are over."""
    NetworkCount.objects.filter(ends_at__lte=int(time.time())).delete()
