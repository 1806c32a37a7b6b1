from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models import PublicationRequest


class VerificationCall(models.Model):
    """A reason to verify before the date of the table: visitors rated it low.

    One for each item and period of the survey, however the ratings go up and down.
    """

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="verification_calls",
        verbose_name=_("publication request"),
    )
    period = models.CharField(_("period of the ratings"), max_length=30)
    mean = models.DecimalField(_("mean of 5"), max_digits=3, decimal_places=2)
    ratings = models.PositiveIntegerField(_("number of ratings"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("call for verification")
        verbose_name_plural = _("calls for verification")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "period"], name="govpub_one_call_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.code}: {self.mean}"
