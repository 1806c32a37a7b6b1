from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site


class AssessmentDate(models.Model):
    """A day of a fiscal year until which what was published must be there to see."""

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
    )
    day = models.DateField(_("date"))
    label = models.CharField(_("what is assessed"), max_length=255)

    class Meta:
        verbose_name = _("assessment date")
        verbose_name_plural = _("assessment dates")
        ordering = ["-fiscal_year", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "day"],
                name="govpub_one_assessment_per_day",
            )
        ]

    def __str__(self) -> str:
        return self.label
