"""Takes over the history of an office from the logs of its web server.

What was imported is known by the content of the log, so that no line is counted twice
however often, under whatever name, compressed or not, a log is given. The addresses in
a log are hashed in memory, under a salt that never leaves it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction

from wagtail.models import Site

from . import ledger
from .agents import recognise
from .bangkok import day_number, day_of_hour, day_of_number
from .collector import referring_domain
from .countries import country_of
from .hits import Event, Hit, one_line
from .models import LogImport, StatisticsSettings
from .pages_by_path import Places
from .tally import Presence, Slot, Tally
from .visitors import SALT_BYTES, visitor_hash
from .weblog import BadLine, Request, lines_of, open_log, read_request

BATCH_LINES = 20_000
Progress = Callable[[int], None]


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


@dataclass
class Imported:
    """What became of the lines of one log."""

    lines: int = 0
    known_lines: int = 0
    bad_lines: int = 0
    counted: int = 0
    counted_live: int = 0


class LogDiffers(ValueError):
    """A log that begins like a known one and goes on differently."""


class LogImporter:
    """Imports logs of one office; one object for all the logs of a run.

    It remembers in memory who was where on which day, so that somebody who is in two of
    the logs on the same day is one visitor.
    """

    def __init__(self, site: Site, until: date | None = None) -> None:
        self.site = site
        self._until = until or _live_since(site)
        self._salt = secrets.token_bytes(SALT_BYTES)
        self._places = Places(site)
        self._days: set[tuple[Slot, int, date]] = set()
        self._hours: set[Presence] = set()

    def run(self, path: Path, progress: Progress = lambda octets: None) -> Imported:
        """Count the lines of a log that were not counted yet, batch by batch."""
        result, digest = Imported(), hashlib.sha256()
        row = self._row(path)
        log, raw = open_log(path)
        with raw:
            lines = lines_of(log)
            # Lines of another run: only to know who was there already.
            while part := _take(lines, row.lines - result.lines, digest, result):
                self._newcomers(self._tally(part, Imported()))
                progress(raw.tell())
            result.known_lines = result.lines
            if result.lines < row.lines:
                return result  # a copy from when the log was shorter.
            if row.lines and digest.hexdigest() != row.digest:
                raise LogDiffers(path)
            while part := _take(lines, BATCH_LINES, digest, result):
                bad_before = result.bad_lines
                tally = self._tally(part, result)
                row.bad_lines += result.bad_lines - bad_before
                row.digest, row.lines = digest.hexdigest(), result.lines
                self._post(tally, row)
                progress(raw.tell())
        return result

    def _row(self, path: Path) -> LogImport:
        """What is known of this log, by its first request."""
        head = fingerprint(path)
        known = LogImport.objects.filter(site=self.site, head=head).first()
        return known or LogImport(site=self.site, head=head, lines=0)

    def _tally(self, lines: list[bytes], result: Imported) -> Tally:
        requests = []
        for line in lines:
            try:
                requests.append(read_request(line))
            except BadLine:
                result.bad_lines += 1
        self._places.learn({r.path for r in requests if r.is_read and r.is_page})
        tally = Tally()
        for request in requests:
            if not request.is_read:
                continue
            if self._until and day_of_number(day_number(request.at)) >= self._until:
                result.counted_live += 1
                continue
            hit = self._hit(request)
            if hit:
                result.counted += 1
                tally.add(hit)
        return tally

    def _hit(self, request: Request) -> Hit | None:
        """The hit of a request, by the same rules as of a live one."""
        if request.is_download:
            event, key, category = self._places.download(request.path)
        elif request.is_page:
            event, key, category = self._places.page(request.path)
        else:
            return None
        agent = recognise(request.user_agent)
        if agent.is_bot:
            return Hit(request.at, self.site.pk, Event.BOT)
        return Hit(
            request.at,
            self.site.pk,
            event,
            one_line(key),
            category,
            visitor_hash(self._salt, self.site.pk, request.address, request.user_agent),
            agent.device,
            "",
            country_of(request.address),
            referring_domain(request.referrer, self.site.hostname),
        )

    def _newcomers(self, tally: Tally) -> ledger.Newcomers:
        new = ledger.Newcomers()
        for presence in tally.seen:
            slot, visitor, hour = presence
            if presence not in self._hours:
                self._hours.add(presence)
                new.hours[slot, hour] += 1
            stay = (slot, visitor, day_of_hour(hour))
            if stay not in self._days:
                self._days.add(stay)
                new.days[slot, stay[2]] += 1
        return new

    def _post(self, tally: Tally, row: LogImport) -> None:
        """The numbers, and how far they reach, in one transaction."""
        with transaction.atomic():
            ids = ledger.subject_ids(tally.slots())
            ledger.post(tally.views, self._newcomers(tally), ids)
            row.save()


def fingerprint(path: Path) -> str:
    """Of the first request in a log, without the address it came from."""
    log, raw = open_log(path)
    with raw:
        for line in lines_of(log):
            try:
                read_request(line)
            except BadLine:
                continue
            return hashlib.sha256(_without_address(line)).hexdigest()
    return ""


def _take(
    lines: Iterator[bytes], most: int, digest: Digest, result: Imported
) -> list[bytes]:
    part = list(islice(lines, min(most, BATCH_LINES)))
    for line in part:
        digest.update(_without_address(line))
    result.lines += len(part)
    return part


def _without_address(line: bytes) -> bytes:
    return line.partition(b" ")[2]


def _live_since(site: Site) -> date | None:
    """The day from which this counter counts itself; no day is counted twice."""
    settings = StatisticsSettings.objects.filter(site=site).first()
    return settings.live_since if settings else None
