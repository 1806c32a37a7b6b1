"""What a browser calls itself: the class of its device, and whether it is a robot."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crawleruseragents import is_crawler

# Longer names say nothing more about the device and cost a robot's price to search.
_LENGTH = 300
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|android(?!.*mobi)", re.I)
_MOBILE = re.compile(r"mobi|iphone|ipod|android|windows phone|opera mini", re.I)
_DESKTOP = re.compile(r"windows nt|macintosh|x11|linux|cros ", re.I)
_TELEVISION = re.compile(
    r"smart-?tv|\btv\b|googletv|appletv|hbbtv|playstation|xbox", re.I
)
# Behaviour: every browser a person uses names itself in one of these ways.
_BROWSER = re.compile(
    r"^(mozilla/\d|opera[/ ]\d|nokia|samsung|blackberry|sonyericsson)", re.I
)


class Agent(NamedTuple):
    device: str
    is_bot: bool


@lru_cache(maxsize=4096)
def recognise(user_agent: str) -> Agent:
    """The agent of a ``User-Agent`` header; remembered, for the list is long."""
    name = user_agent[:_LENGTH]
    if not _BROWSER.match(name) or is_crawler(name):
        return Agent("", True)
    return Agent(_device(name), False)


def _device(name: str) -> str:
    if _TELEVISION.search(name):
        return "other"
    if _TABLET.search(name):
        return "tablet"
    if _MOBILE.search(name):
        return "mobile"
    return "desktop" if _DESKTOP.search(name) else "other"
