from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.evidence.store import shelf


class PackState(models.TextChoices):
    """How far a pack that somebody asked for has come."""

    WAITING = "waiting", _("Waiting for the scheduler")
    BUILDING = "building", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class EvidencePack(models.Model):
    """A pack of evidence that somebody of the office asked for in the admin."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), null=True, blank=True)
    attachments = models.BooleanField(_("with the attached files"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PackState, default=PackState.WAITING
    )
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    error = models.TextField(_("error"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("evidence pack")
        verbose_name_plural = _("evidence packs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its file lies, on the private shelf."""
        return shelf() / "packs" / f"{self.pk}.zip"

    @property
    def name(self) -> str:
        quarter = f"-q{self.quarter}" if self.quarter else ""
        return f"evidence-{self.fiscal_year}{quarter}.zip"

    @property
    def is_under_way(self) -> bool:
        return self.state in (PackState.WAITING, PackState.BUILDING)
