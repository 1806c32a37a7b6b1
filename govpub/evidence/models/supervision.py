from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.thai.dates import FiscalYear


class SupervisionReport(models.Model):
    """The office's own words for its supervision report of a year or a quarter.

    The figures are counted anew from the records whenever the report is drawn.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
    )
    # 0 is the whole year: a unique constraint does not see that two NULLs are equal.
    quarter = models.PositiveSmallIntegerField(_("quarter"), default=0)
    problems = models.TextField(_("problems and obstacles"), blank=True)
    suggestions = models.TextField(_("suggestions"), blank=True)
    reporter = models.CharField(_("name of the reporter"), max_length=255, blank=True)
    position = models.CharField(_("position"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("supervision report")
        verbose_name_plural = _("supervision reports")
        ordering = ["site", "-fiscal_year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "quarter"],
                name="govpub_one_supervision_report",
            )
        ]

    def __str__(self) -> str:
        return self.period_label

    @classmethod
    def of(cls, site: Site, fiscal_year: int, quarter: int) -> SupervisionReport:
        """What was written for this year or quarter; nothing yet is not saved."""
        which = {"site": site, "fiscal_year": fiscal_year, "quarter": quarter}
        return cls.objects.filter(**which).first() or cls(**which)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day the report is about."""
        year = FiscalYear(self.fiscal_year)
        if not self.quarter:
            return year.start, year.end
        found = year.quarters()[self.quarter - 1]
        return found.start, found.end

    @property
    def period_label(self) -> str:
        year = FiscalYear(self.fiscal_year)
        return str(year.quarters()[self.quarter - 1] if self.quarter else year)
