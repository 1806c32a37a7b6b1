"""Packs that people ask for in the admin, made by the scheduler one after another."""

from __future__ import annotations

import logging
import os
from datetime import timedelta

from django.utils.translation import gettext as _

from govpub.evidence.models import EvidencePack, PackState
from govpub.evidence.pack import Scope, build
from govpub.jobs import RecurringJob

logger = logging.getLogger("govpub.evidence")
KEPT = 5  # packs of an office; older ones can be made again


def pack_job() -> RecurringJob:
    return RecurringJob("govpub.evidence.packs", timedelta(seconds=20), make_packs)


def make_packs() -> str:
    """Make what was asked for; says how many packs were made."""
    made = 0
    for pack in EvidencePack.objects.filter(state=PackState.WAITING).order_by("pk"):
        # Whoever sets the state first makes it; another scheduler leaves it alone.
        mine = EvidencePack.objects.filter(pk=pack.pk, state=PackState.WAITING)
        if mine.update(state=PackState.BUILDING) == 1:
            make(pack)
            made += 1
    return _("evidence packs: %(count)s") % {"count": made} if made else ""


def make(pack: EvidencePack) -> None:
    found = EvidencePack.objects.filter(pk=pack.pk)

    def tell(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            found.update(done=done, total=total)

    scope = Scope(pack.site, pack.fiscal_year, pack.quarter, pack.attachments)
    part = pack.path.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as stream:
            build(scope, stream, tell)
        os.replace(part, pack.path)
    except Exception as error:
        logger.exception("An evidence pack failed", extra={"pack": pack.pk})
        part.unlink(missing_ok=True)
        found.update(state=PackState.FAILED, error=f"{type(error).__name__}: {error}")
        return
    found.update(state=PackState.READY)
    for old in EvidencePack.objects.filter(site=pack.site).order_by("-pk")[KEPT:]:
        if not old.is_under_way:
            old.path.unlink(missing_ok=True)
            old.delete()
