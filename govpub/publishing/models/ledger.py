from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.publishing.models.request import Act

NOTHING = ""  # what the first record of an office follows


class LedgerHead(models.Model):
    """The end of an office's ledger: held while a record is added.

    It remembers the last record, so that one taken from the end is missed.
    """

    site = models.OneToOneField(
        Site,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name=_("office"),
    )
    sequence = models.PositiveBigIntegerField(_("last number"), default=0)
    hash = models.CharField(_("last fingerprint"), max_length=64, default=NOTHING)

    class Meta:
        verbose_name = _("end of a ledger")
        verbose_name_plural = _("ends of ledgers")

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("A record of the ledger is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("A record of the ledger is never deleted.")


class LedgerEntry(models.Model):
    """One record of an office's ledger; each carries the fingerprint of the last.

    ``data`` is what was done, as plain data. Written once, never changed; what
    Python cannot prevent, ``govpub.publishing.ledger.faults`` finds.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    sequence = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    action = models.CharField(_("action"), max_length=40)
    act = models.OneToOneField(
        Act,
        on_delete=models.PROTECT,
        null=True,
        related_name="ledger_entry",
        verbose_name=_("act"),
    )
    data = models.JSONField(_("what was done"))
    previous_hash = models.CharField(
        _("fingerprint of the record before"), max_length=64, blank=True
    )
    hash = models.CharField(_("fingerprint"), max_length=64)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of the ledger")
        verbose_name_plural = _("records of the ledger")
        ordering = ["site", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "sequence"], name="govpub_ledger_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A record of the ledger is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A record of the ledger is never deleted.")

    def fingerprint(self) -> str:
        """SHA-256 (hex) over everything the record says, and over the one before."""
        said = {
            "site": self.site_id,
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(),
            "action": self.action,
            "act": self.act_id,
            "data": self.data,
            "previous": self.previous_hash,
        }
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
