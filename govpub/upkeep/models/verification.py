from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models import Act, PublicationRequest


class Verification(models.Model):
    """One look at an item: three answers, a note, and what the machine had found."""

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="verifications",
        verbose_name=_("publication request"),
    )
    act = models.OneToOneField(
        Act, on_delete=models.PROTECT, related_name="+", verbose_name=_("act")
    )
    due_on = models.DateField(_("was due"), null=True)
    day = models.DateField(_("verified on"), default=timezone.localdate)
    accurate = models.BooleanField(_("accurate"))
    complete = models.BooleanField(_("complete"))
    current = models.BooleanField(_("current"))
    note = models.TextField(_("note"), blank=True)
    findings = models.JSONField(_("what the machine found"), default=list, blank=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.request.code}: {self.day}"

    @property
    def in_time(self) -> bool:
        """Whether it came no later than it was due."""
        return self.due_on is None or self.day <= self.due_on


class Correction(models.Model):
    """What was found wrong and has to be corrected by a new proposal."""

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("publication request"),
    )
    verification = models.OneToOneField(
        Verification,
        on_delete=models.PROTECT,
        related_name="correction",
        verbose_name=_("verification"),
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who corrects it"),
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        ordering = ["opened_at", "pk"]

    def __str__(self) -> str:
        return str(self.verification)
