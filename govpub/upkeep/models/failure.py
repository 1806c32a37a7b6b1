from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models import PublicationRequest


class DueFailure(models.Model):
    """An item that was due and could not be handled; tried again at each pass."""

    request = models.OneToOneField(
        PublicationRequest,
        on_delete=models.CASCADE,
        related_name="due_failure",
        verbose_name=_("publication request"),
    )
    error = models.TextField(_("error"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    first_at = models.DateTimeField(_("first time"), default=timezone.now)
    last_at = models.DateTimeField(_("last time"), default=timezone.now)
    told_at = models.DateTimeField(_("Web Master told"), null=True)

    class Meta:
        verbose_name = _("item that could not be handled")
        verbose_name_plural = _("items that could not be handled")

    def __str__(self) -> str:
        return f"{self.request.code}: {self.error}"
