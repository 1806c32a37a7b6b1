from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site


class Digest(models.Model):
    """That a person was reminded on a day; there is at most one such mail a day."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="+", verbose_name=_("office")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    day = models.DateField(_("date"))

    class Meta:
        verbose_name = _("reminder of the day")
        verbose_name_plural = _("reminders of the day")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "user", "day"], name="govpub_one_digest_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.day}"
