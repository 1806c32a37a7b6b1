"""From a request to a hit, and never an error to the visitor.

Other apps count through ``record_search``; what they served is recognised by itself.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from govpub.conf import conf

from .agents import recognise
from .countries import country_of
from .hits import KEY_LENGTH, Event, Hit, one_line, search_term
from .models import Loss, StatisticsSettings
from .offices import office_of
from .store.base import NotKept, Store
from .visitors import visitor_hash

logger = logging.getLogger("govpub.stats")

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")
_DOMAIN = re.compile(r"(?=.{4,100}$)([a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]+")


class Collector:
    """Hands hits to the store and remembers what the store could not take.

    It also remembers the settings that every request needs: asking for one that is not
    set costs more than the rest of a hit.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.counts_pages = conf.STATS_PAGES_BY == "server"
        self.address_header = conf.STATS_ADDRESS_HEADER
        self.knows_countries = bool(conf.STATS_COUNTRY_DB)
        self._lost: Counter[Loss.Reason] = Counter()

    def keep(self, hit: Hit) -> None:
        """Append ``hit``; a refusal is counted and told as soon as the store can."""
        try:
            self.store.append(hit)
        except NotKept as refusal:
            self.lose(refusal.reason)
        else:
            if self._lost:
                self._tell_losses()

    def lose(self, reason: Loss.Reason, hits: int = 1) -> None:
        if not self._lost:
            logger.warning("Visits are being lost", extra={"reason": reason.value})
        self._lost[reason] += hits

    def _tell_losses(self) -> None:
        lost, self._lost = self._lost, Counter()
        for reason, hits in lost.items():
            note = Hit(int(time.time()), 0, Event.LOST, reason.value, amount=hits)
            try:
                self.store.append(note)
            except NotKept:
                self._lost[reason] += hits


_collector: Collector | None = None


def get_collector() -> Collector:
    """The collector of this process, on the store of ``GOVPUB_STATS_STORE``."""
    global _collector
    if _collector is None:
        _collector = Collector(import_string(conf.STATS_STORE)())
    return _collector


def reset_collector(*, setting: str = "", **kwargs: Any) -> None:
    """A setting was changed, as tests do."""
    global _collector
    if setting.startswith("GOVPUB_STATS") or setting == "MEDIA_ROOT":
        _collector = None


def record(request: HttpRequest, event: Event, key: str, category: int = 0) -> None:
    """Count what this request did. Whatever goes wrong is a loss, never an error."""
    try:
        collector = get_collector()
        hit = _hit(collector, request, event, key, category)
        if hit:
            collector.keep(hit)
    except Exception:
        lose_quietly()


def record_search(request: HttpRequest, query: str, hits: int) -> None:
    """Count a search on the site, and whether it found nothing."""
    term = search_term(query)
    if term:
        record(request, Event.SEARCH if hits else Event.SEARCH_IN_VAIN, term)


def lose_quietly() -> None:
    """Called while an error is handled: note it for the operator, and go on."""
    logger.exception("A visit could not be counted")
    try:
        get_collector().lose(Loss.Reason.ERROR)
    except Exception:
        logger.exception("The store of visits could not be opened")


def _hit(
    collector: Collector, request: HttpRequest, event: Event, key: str, category: int
) -> Hit | None:
    site = office_of(request)
    if site is None or _is_uncounted_editor(request, site):
        return None
    meta, at = request.META, time.time()
    name = meta.get("HTTP_USER_AGENT", "")
    agent = recognise(name)
    # Every browser says which languages its owner reads; few scripts do.
    if agent.is_bot or not meta.get("HTTP_ACCEPT_LANGUAGE"):
        return Hit(int(at), site, Event.BOT)
    key = one_line(key, KEY_LENGTH)
    if meta.get("HTTP_DNT") == "1" or meta.get("HTTP_SEC_GPC") == "1":
        return Hit(int(at), site, event, key, category)
    address = visitor_address(meta, collector.address_header)
    return Hit(
        int(at),
        site,
        event,
        key,
        category,
        visitor_hash(collector.store.salt(at), site, address, name),
        agent.device,
        _language(meta),
        country_of(address) if collector.knows_countries else "",
        referring_domain(meta.get("HTTP_REFERER", ""), meta.get("HTTP_HOST", "")),
    )


def visitor_address(meta: dict[str, Any], header: str) -> str:
    """The address the nearest proxy saw; used at once and kept nowhere."""
    seen = meta.get(header) or meta.get("REMOTE_ADDR", "")
    return seen.rpartition(",")[2].strip()


def _language(meta: dict[str, Any]) -> str:
    found = _LANGUAGE.match(meta["HTTP_ACCEPT_LANGUAGE"])
    return found[0].lower() if found else ""


def referring_domain(referrer: str, own_host: str) -> str:
    """The domain of another website, without ``www.``; never its path or a number."""
    if not referrer:
        return ""
    try:
        host = urlsplit(referrer[:2000]).hostname or ""
    except ValueError:
        return ""
    if host == own_host.partition(":")[0].lower() or not _DOMAIN.fullmatch(host):
        return ""
    return host.removeprefix("www.")


def _is_uncounted_editor(request: HttpRequest, site: int) -> bool:
    """Somebody signed in, at an office that counts only the public."""
    cookies = request.COOKIES
    if not cookies or settings.SESSION_COOKIE_NAME not in cookies:
        return False
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    return not StatisticsSettings.objects.filter(
        site_id=site, count_editors=True
    ).exists()
