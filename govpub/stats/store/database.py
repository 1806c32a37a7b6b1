"""The store of one computer: a spool of files, drained into the database."""

from __future__ import annotations

import socket
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from wagtail.models import Site

from govpub.conf import conf
from govpub.stats import ledger, presence
from govpub.stats.bangkok import day_number
from govpub.stats.hits import DamagedLine, Event, Hit, from_line, to_line
from govpub.stats.models import Drained, Loss
from govpub.stats.spool import Spool, read_lines, remove_if_abandoned
from govpub.stats.tally import Slot, Tally
from govpub.stats.visitors import DailySalt, SaltFile

from .base import NotKept, Store

BATCH_BYTES = 2 << 20
# A drainer that read a file just before another one removed it has long given up.
REMEMBERED = timedelta(days=1)


class AlreadyCounted(Exception):
    """Another drainer counted these lines first; its numbers stand."""


class Part(NamedTuple):
    """Lines of one segment that are not counted yet."""

    name: str
    start: int
    end: int
    lines: list[bytes]


def spool_directory() -> Path:
    """``GOVPUB_STATS_DIR``, or the folder ``spool`` beside the uploaded files."""
    return Path(conf.STATS_DIR or Path(settings.MEDIA_ROOT).parent / "spool")


class DatabaseStore(Store):
    """One append a hit; the numbers and the offset share one transaction."""

    def __init__(self) -> None:
        node = conf.STATS_NODE or socket.gethostname()
        self.spool = Spool(spool_directory(), conf.STATS_SPOOL_MB << 20, node)
        self._salt_file = SaltFile(self.spool.directory)
        self._salt = DailySalt(self._salt_file.fetch)

    def append(self, hit: Hit) -> None:
        try:
            self.spool.append(to_line(hit))
        except OSError as error:
            raise NotKept(Loss.Reason.SPOOL) from error

    def salt(self, moment: float) -> bytes:
        return self._salt.at(moment)

    def drain(self) -> int:
        counted = 0
        while parts := self._read():
            try:
                counted += self._count(parts)
            except AlreadyCounted:
                break
        self._sweep()
        self._salt_file.destroy_before(day_number(time.time()))
        return counted

    def online(self, site_id: int) -> int:
        return presence.online_now(site_id)

    def _read(self) -> list[Part]:
        """About ``BATCH_BYTES`` of lines that no transaction has counted."""
        parts, room = [], BATCH_BYTES
        paths = self.spool.segments()
        offsets = self._offsets(paths)
        for path in paths:
            start = offsets.get(path.name, 0)
            lines, end = read_lines(path, start, room)
            if lines:
                parts.append(Part(path.name, start, end, lines))
                room -= end - start
            if room <= 0:
                break
        return parts

    def _count(self, parts: list[Part]) -> int:
        tally = _tally(parts)
        with transaction.atomic():
            for part in parts:
                _claim(part)
            self._post(tally)
        return tally.hits

    def _post(self, tally: Tally) -> None:
        ids = ledger.subject_ids(tally.slots())
        ledger.post(tally.views, self._welcome(tally, ids), ids)
        ledger.post_losses(tally.losses)
        ledger.begin_counting(tally.views)

    def _welcome(self, tally: Tally, ids: dict[Slot, int]) -> ledger.Newcomers:
        return presence.welcome(tally.seen, ids)

    def _sweep(self) -> None:
        """Remove the files of dead processes, and the notes about removed files."""
        paths = self.spool.segments()
        offsets = self._offsets(paths)
        for path in paths:
            remove_if_abandoned(path, offsets.get(path.name, 0))
        gone = Drained.objects.filter(
            name__startswith=f"{self.spool.node}.", at__lt=timezone.now() - REMEMBERED
        )
        gone.exclude(name__in=[path.name for path in self.spool.segments()]).delete()

    def _offsets(self, paths: list[Path]) -> dict[str, int]:
        rows = Drained.objects.filter(name__in=[path.name for path in paths])
        return dict(rows.values_list("name", "offset"))


def _claim(part: Part) -> None:
    """Move the offset from exactly where it was read, or leave it all to the other."""
    if part.start == 0:
        try:
            Drained.objects.create(name=part.name, offset=part.end)
        except IntegrityError as error:
            raise AlreadyCounted from error
        return
    row = Drained.objects.filter(name=part.name, offset=part.start)
    if not row.update(offset=part.end, at=timezone.now()):
        raise AlreadyCounted


def _tally(parts: list[Part]) -> Tally:
    sites = set(Site.objects.values_list("pk", flat=True))
    tally, now = Tally(), int(time.time())
    for part in parts:
        for line in part.lines:
            try:
                hit = from_line(line)
                if hit.site not in sites and hit.event is not Event.LOST:
                    raise DamagedLine
            except DamagedLine:
                tally.losses[now, Loss.Reason.DAMAGED] += 1
            else:
                tally.add(hit)
    return tally
