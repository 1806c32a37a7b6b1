from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models import PublicationRequest


class ExtensionStatus(models.TextChoices):
    """Where the wish for a longer period stands."""

    ASKED = "asked", _("Waiting for the head's decision")
    ALLOWED = "allowed", _("Allowed")
    REFUSED = "refused", _("Not allowed")
    DROPPED = "dropped", _("Dropped, because the information was taken down")


class Extension(models.Model):
    """A request that something stays on the website longer, content unchanged."""

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="extensions",
        verbose_name=_("publication request"),
    )
    until = models.DateField(_("new last day"))
    reason = models.TextField(_("reason"))
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ExtensionStatus,
        default=ExtensionStatus.ASKED,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("extension request")
        verbose_name_plural = _("extension requests")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(status=ExtensionStatus.ASKED),
                name="govpub_one_extension_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.code}: {self.until}"
