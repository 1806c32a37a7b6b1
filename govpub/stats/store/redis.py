"""The store of many computers: counters in Redis, drained into the same tables.

One hit is one transaction of increments; visitors are HyperLogLogs, so that Redis holds
no list of them. While Redis is away hits go to the spool of their computer.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

from wagtail.models import Site

from govpub.conf import conf
from govpub.stats import ledger
from govpub.stats.bangkok import (
    day_number,
    day_of_hour,
    day_of_number,
    first_hour,
    hour_of,
    moment_of_hour,
)
from govpub.stats.hits import Event, Hit
from govpub.stats.models import DailyCount, Drained, HourlyCount, Loss, Subject
from govpub.stats.presence import GRACE, ONLINE
from govpub.stats.tally import Slot, Tally, counted_slots, visited_slots
from govpub.stats.visitors import SALT_BYTES, DailySalt

from .base import NotKept
from .database import DatabaseStore

PREFIX = "govpub:stats:"
OPEN = f"{PREFIX}open"
CLOSED = f"{PREFIX}closed:"
TIMEOUT = 0.2
REST_SECONDS = 5.0
DRAIN_TIMEOUT = 30


class RedisStore(DatabaseStore):
    """Counts in Redis; falls back to the spool, whose rules it inherits."""

    def __init__(self) -> None:
        super().__init__()
        self._redis = _connect(TIMEOUT)
        self._resting_until: float | None = None
        self._own_salt = self._salt
        self._shared_salt = DailySalt(self._fetch_salt)

    def append(self, hit: Hit) -> None:
        """One round trip. A Redis that fails is left alone for some seconds.

        A hit whose answer got lost may have been counted: it is not counted again but
        told as a loss.
        """
        if hit.event is Event.LOST or self._is_away():
            super().append(hit)
            return
        try:
            self._add(hit)
        except RedisError as error:
            self._rest()
            raise NotKept(Loss.Reason.STORE) from error

    def salt(self, moment: float) -> bytes:
        """Redis's salt; while it is away, this computer's own."""
        if not self._is_away():
            try:
                return self._shared_salt.at(moment)
            except RedisError:
                self._rest()
        return self._own_salt.at(moment)

    def _rest(self) -> None:
        self._resting_until = time.monotonic() + REST_SECONDS

    def _is_away(self) -> bool:
        """After a failure Redis must first answer again before it is given a hit."""
        if self._resting_until is None:
            return False
        if time.monotonic() < self._resting_until:
            return True
        try:
            self._redis.ping()
        except RedisError:
            self._rest()
            return True
        self._resting_until = None
        return False

    def drain(self) -> int:
        """Count what is in Redis, then what is in this computer's spool."""
        redis = _connect(DRAIN_TIMEOUT)
        with suppress(ResponseError):  # nothing was counted since the last time.
            redis.rename(OPEN, f"{CLOSED}{secrets.token_hex(16)}")
        counted = 0
        for key in sorted(redis.scan_iter(f"{CLOSED}*")):
            counted += self._count_closed(redis, key.decode())
        _forget_old_salts(redis)
        return counted + super().drain()

    def online(self, site_id: int) -> int:
        now = time.time()
        try:
            return self._redis.zcount(
                f"{PREFIX}online:{site_id}", now - ONLINE.total_seconds(), "+inf"
            )
        except RedisError as error:
            raise OSError("Redis is away.") from error

    def _fetch_salt(self, day: int) -> bytes:
        """Made by whoever asks first; gone at the next midnight in Bangkok."""
        key = f"{PREFIX}salt:{day}"
        midnight = first_hour(day_of_number(day + 1))
        self._redis.set(key, secrets.token_bytes(SALT_BYTES), nx=True, exat=midnight)
        salt = self._redis.get(key)
        if not salt:
            raise RedisError("The salt of a day that is over.")
        return salt

    def _add(self, hit: Hit) -> None:
        hour = hour_of(hit.at)
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.hincrby(OPEN, "hits", hit.amount)
            for slot in counted_slots(hit):
                pipe.hincrby(OPEN, _field(slot, hour), hit.amount)
            if hit.visitor:
                for slot in visited_slots(hit):
                    # Also a slot without views must be known to the drainer.
                    pipe.hincrby(OPEN, _field(slot, hour), 0)
                    _greet(pipe, slot, hour, hit.visitor)
                self._see(pipe, hit)
            pipe.execute()

    def _see(self, pipe: Any, hit: Hit) -> None:
        key = f"{PREFIX}online:{hit.site}"
        pipe.zadd(key, {str(hit.visitor): hit.at})
        pipe.zremrangebyscore(key, "-inf", hit.at - ONLINE.total_seconds())
        pipe.expire(key, int(ONLINE.total_seconds()))

    def _count_closed(self, redis: Redis, key: str) -> int:
        """Post one closed batch; its name in ``Drained`` makes it exactly once."""
        fields = redis.hgetall(key)
        hits = int(fields.pop(b"hits", 0))
        views = dict(_views(fields, set(Site.objects.values_list("pk", flat=True))))
        try:
            with transaction.atomic():
                Drained.objects.create(name=key, offset=hits)
                ids = ledger.subject_ids({slot for slot, _hour in views})
                ledger.post(views, _newcomers(redis, views, ids), ids)
                ledger.begin_counting(views)
        except IntegrityError:
            hits = 0  # counted before, by somebody who died before removing it.
        redis.delete(key)
        return hits

    def _welcome(self, tally: Tally, ids: dict[Slot, int]) -> ledger.Newcomers:
        """Visitors of the spool join the sketches, which may be told twice."""
        redis = _connect(DRAIN_TIMEOUT)
        with redis.pipeline(transaction=False) as pipe:
            for slot, visitor, hour in tally.seen:
                _greet(pipe, slot, hour, visitor)
            pipe.execute()
        return _newcomers(redis, {(s, hour) for s, _, hour in tally.seen}, ids)


def _forget_old_salts(redis: Redis) -> None:
    """Once a day: the file in which Redis writes everything down still has them."""
    mark = f"{PREFIX}rewritten:{day_number(time.time())}"
    if redis.set(mark, 1, nx=True, ex=timedelta(days=2)):
        with suppress(ResponseError):  # it is being rewritten already.
            redis.bgrewriteaof()


def _connect(timeout: float) -> Redis:
    """A client that never tries a second time: that might count a hit twice."""
    return Redis.from_url(
        conf.STATS_REDIS_URL,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )


def _field(slot: Slot, hour: int) -> str:
    return f"{slot.site}\t{slot.kind}\t{hour}\t{slot.key}"


def _views(
    fields: dict[bytes, bytes], sites: set[int]
) -> Iterator[tuple[tuple[Slot, int], int]]:
    for field, number in fields.items():
        site, kind, hour, key = field.decode().split("\t", 3)
        if int(site) in sites:
            yield (Slot(int(site), kind, key), int(hour)), int(number)


def _day_key(slot: Slot, day: date) -> str:
    return f"{PREFIX}day:{day}:{slot.site}:{slot.kind}:{slot.key}"


def _hour_key(slot: Slot, hour: int) -> str:
    return f"{PREFIX}hour:{hour}:{slot.site}:{slot.kind}:{slot.key}"


def _greet(pipe: Any, slot: Slot, hour: int, visitor: int) -> None:
    """Add a visitor to the sketches, which are dropped when their day is drained."""
    day = day_of_hour(hour)
    dropped = first_hour(day + timedelta(days=1)) + GRACE
    for key in (_day_key(slot, day), _hour_key(slot, hour)):
        pipe.pfadd(key, visitor)
        pipe.expireat(key, dropped)


def _newcomers(
    redis: Redis, seen: Iterable[tuple[Slot, int]], ids: dict[Slot, int]
) -> ledger.Newcomers:
    """How far the sketches have grown beyond what the tables hold."""
    hours = sorted(seen)
    days = sorted({(slot, day_of_hour(hour)) for slot, hour in hours})
    # Of two drainers at once, the second must see what the first has added.
    rows = Subject.objects.select_for_update().filter(pk__in=ids.values())
    list(rows.order_by("pk").values_list("pk"))
    daily = DailyCount.objects.filter(
        subject__in=ids.values(), day__in={day for _, day in days}
    )
    hourly = HourlyCount.objects.filter(
        subject__in=ids.values(), hour__in={moment_of_hour(h) for _, h in hours}
    )
    known = {
        (subject, when): visitors
        for rows, column in ((daily, "day"), (hourly, "hour"))
        for subject, when, visitors in rows.values_list("subject", column, "visitors")
    }
    with redis.pipeline(transaction=False) as pipe:
        for slot, day in days:
            pipe.pfcount(_day_key(slot, day))
        for slot, hour in hours:
            pipe.pfcount(_hour_key(slot, hour))
        sizes = iter(pipe.execute())
    new = ledger.Newcomers()
    for slot, day in days:
        new.days[slot, day] = max(0, next(sizes) - known.get((ids[slot], day), 0))
    for slot, hour in hours:
        place = (ids[slot], moment_of_hour(hour))
        new.hours[slot, hour] = max(0, next(sizes) - known.get(place, 0))
    return new
