from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.categories.enums import Category
from govpub.thai.dates import FiscalYear


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    def of_year(self, site: Site, year: FiscalYear) -> ResponsibilityQuerySet:
        """The table of one office in one fiscal year, category by category."""
        return self.filter(site=site, fiscal_year=year.be).order_by("category")


class Responsibility(models.Model):
    """Who publishes and who checks a category of an office in a fiscal year.

    One row of the table "วิธีการและขั้นตอนเปิดเผยข้อมูล" of the announcement.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
    )
    category = models.PositiveSmallIntegerField(_("category"), choices=Category)
    procedure = models.TextField(_("how it is published and kept up to date"))
    responsible = models.CharField(_("responsible"), max_length=255)
    inspector = models.CharField(_("inspector"), max_length=255)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility for a category")
        verbose_name_plural = _("responsibilities for categories")
        ordering = ["-fiscal_year", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "category"],
                name="govpub_one_responsibility_per_category",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}/{self.category} {self.responsible}"

    @classmethod
    def current(cls, site: Site, category: int) -> Responsibility | None:
        """The row of a category in this fiscal year, if the office has filled it in."""
        rows = cls.objects.of_year(site, FiscalYear.current())
        return rows.filter(category=category).first()

    @property
    def is_past(self) -> bool:
        """Whether its fiscal year is over; such rows stay as they were."""
        return self.fiscal_year < FiscalYear.current().be
