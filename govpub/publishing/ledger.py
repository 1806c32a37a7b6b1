"""The office's ledger: one record after another, each sealing all before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Site

from govpub.publishing.models import Act, LedgerEntry, LedgerHead
from govpub.publishing.models.ledger import NOTHING

ACT = "act"


@dataclass(frozen=True)
class Fault:
    """Something wrong with a ledger: the number of the record, and what it is."""

    sequence: int
    problem: str


# --- Writing ------------------------------------------------------------------


@transaction.atomic
def append(
    site: Site,
    action: str,
    data: dict[str, Any],
    *,
    act: Act | None = None,
    at: datetime | None = None,
) -> LedgerEntry:
    """Add a record to the end of the office's ledger, one writer at a time.

    Belongs into the transaction of what it records: both are there, or neither.
    """
    heads = LedgerHead.objects.select_for_update()
    head = heads.filter(site=site).first()
    if head is None:
        LedgerHead.objects.get_or_create(site=site)
        head = heads.get(site=site)
    entry = LedgerEntry(
        site=site,
        sequence=head.sequence + 1,
        at=_whole_milliseconds(at or timezone.now()),
        action=action,
        act=act,
        data=data,
        previous_hash=head.hash,
    )
    entry.hash = entry.fingerprint()
    entry.save()
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return entry


def append_act(act: Act) -> LedgerEntry:
    """Record an act of the procedure, with the account that carried it out."""
    account = act.user.get_username() if act.user else ""
    return append(
        act.round.request.site,
        ACT,
        {**snapshot(act), "account": account},
        act=act,
        at=act.at,
    )


def snapshot(act: Act) -> dict[str, Any]:
    """Everything an act says, as plain data; the same as long as nobody changes it."""
    round_ = act.round
    return {
        "request": round_.request.code,
        "round": round_.number,
        "revision": round_.revision_id,
        "digest": round_.digest,
        "content_digest": round_.content_digest,
        "form": _digest(round_.form),
        "step": act.step,
        "outcome": act.outcome,
        "person": act.person,
        "position": act.position,
        "unit": act.unit,
        "acting": act.acting,
        "order_number": act.order_number,
        "words": act.words,
        "details": act.details,
        "waiting_since": _moment(act.waiting_since),
        "at": _moment(act.at),
        "working_seconds": act.working_seconds,
        "target_minutes": act.target_minutes,
    }


def _moment(at: datetime) -> str:
    """To the millisecond: Django's JSON keeps no more of it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _digest(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# --- Checking -----------------------------------------------------------------


def faults(site: Site) -> Iterator[Fault]:
    """What is wrong with the office's ledger, the first record first.

    After a break in the chain nothing that follows can be trusted, so that is the
    end of it; acts that were changed are named one by one.
    """
    last: LedgerEntry | None = None
    for entry in _entries(site):
        if problem := _break(entry, last):
            yield Fault(_expected(last), problem)
            return
        if problem := _contradiction(entry):
            yield Fault(entry.sequence, problem)
        last = entry
    yield from _faults_at_the_end(site, last)
    yield from _unrecorded(site)


def _entries(site: Site) -> Iterator[LedgerEntry]:
    entries = LedgerEntry.objects.filter(site=site).order_by("sequence", "pk")
    return entries.select_related("act__round__request").iterator(chunk_size=500)


def _expected(last: LedgerEntry | None) -> int:
    return last.sequence + 1 if last else 1


def _whole_milliseconds(moment: datetime) -> datetime:
    """As far as JSON keeps it: moved with ``dumpdata``, a record stays sealed."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _break(entry: LedgerEntry, last: LedgerEntry | None) -> str:
    """Why the record does not continue the chain; empty when it does."""
    if entry.sequence != _expected(last):
        return _("The record is missing.")
    if entry.previous_hash != (last.hash if last else NOTHING):
        elsewhere = LedgerEntry.objects.filter(
            site=entry.site_id, hash=entry.previous_hash
        ).exclude(pk=entry.pk)
        if elsewhere.exists():
            return _("The record stood in another place.")
        return _("The record does not follow the one before it.")
    if entry.hash != entry.fingerprint():
        return _("The record was changed.")
    return ""


def _contradiction(entry: LedgerEntry) -> str:
    """How the act differs from what was recorded of it; empty if it does not."""
    if entry.action != ACT:
        return ""
    if entry.act is None:
        return _("Its act was removed.")
    now = snapshot(entry.act)
    changed = [name for name, value in now.items() if entry.data.get(name) != value]
    if not changed:
        return ""
    return _("Its act was changed: %(request)s, %(fields)s.") % {
        "request": entry.data.get("request"),
        "fields": ", ".join(changed),
    }


def _faults_at_the_end(site: Site, last: LedgerEntry | None) -> Iterator[Fault]:
    head = LedgerHead.objects.filter(site=site).first()
    sequence = head.sequence if head else 0
    if sequence > _expected(last) - 1:
        yield Fault(_expected(last), _("This record and all after it are missing."))
    elif sequence < _expected(last) - 1:
        yield Fault(sequence + 1, _("The record was added past the procedure."))
    elif head and last and head.hash != last.hash:
        yield Fault(last.sequence, _("The record was changed."))


def _unrecorded(site: Site) -> Iterator[Fault]:
    acts = Act.objects.filter(round__request__site=site, ledger_entry=None)
    for act in acts.select_related("round__request"):
        yield Fault(
            0,
            _("An act has no record: %(request)s, %(act)s.")
            % {"request": act.round.request.code, "act": act},
        )
