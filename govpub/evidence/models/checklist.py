from __future__ import annotations

from typing import Any

import swapper
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site


class Cadence(models.TextChoices):
    """How often an item of a checklist needs new evidence."""

    ONCE = "once", _("once")
    CHANGE = "change", _("when it changes")
    CONTINUOUS = "continuous", _("all the time")
    YEAR = "year", _("every fiscal year")
    HALF = "half", _("after 6 and 12 months")
    TWELVE = "twelve", _("after 12 months")
    QUARTER = "quarter", _("every quarter")
    MONTH = "month", _("every month")


# In which quarters new evidence is due, and how many pieces in each; other cadences
# need one piece for the whole year.
PIECES: dict[str, dict[int, int]] = {
    Cadence.HALF: {2: 1, 4: 1},
    Cadence.TWELVE: {4: 1},
    Cadence.QUARTER: {1: 1, 2: 1, 3: 1, 4: 1},
    Cadence.MONTH: {1: 3, 2: 3, 3: 3, 4: 3},
}


class Checklist(models.Model):
    """What an assessment asks of an office in one fiscal year, as data.

    The lists change every year, so a list is imported or cloned, never programmed.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
    )
    name = models.CharField(_("name of the assessment"), max_length=100)
    office_kind = models.CharField(
        _("kind of the office"),
        max_length=50,
        blank=True,
        help_text=_("As the list abbreviates it; items for other kinds are left out."),
    )
    deadlines = models.JSONField(_("deadlines"), default=list, blank=True)
    is_public = models.BooleanField(
        _("public page"),
        default=False,
        help_text=_("The website lists the evidence of this year for everybody."),
    )

    class Meta:
        verbose_name = _("checklist of an assessment")
        verbose_name_plural = _("checklists of assessments")
        ordering = ["site", "-fiscal_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "name"],
                name="govpub_one_checklist_per_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.fiscal_year}"

    @property
    def applicable(self) -> models.QuerySet[ChecklistItem]:
        """The items for this kind of office, in their order."""
        items = self.items.order_by("order")
        wanted = [
            item.pk
            for item in items
            if not (self.office_kind and item.applies_to)
            or self.office_kind in item.applies_to
        ]
        return items.filter(pk__in=wanted)


class ChecklistItem(models.Model):
    """One line of a checklist; a heading is a line that asks for nothing itself."""

    checklist = models.ForeignKey(
        Checklist,
        on_delete=models.CASCADE,
        related_name="items",
        verbose_name=_("checklist"),
    )
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("code"), max_length=50)
    title = models.TextField(_("title"))
    heading = models.BooleanField(_("heading"), default=False)
    cadence = models.CharField(
        _("how often"), max_length=20, choices=Cadence, default=Cadence.YEAR
    )
    form_required = models.BooleanField(_("needs the request form"), default=True)
    applies_to = models.JSONField(_("kinds of offices"), default=list, blank=True)
    categories = models.JSONField(_("categories"), default=list, blank=True)
    deadlines = models.JSONField(_("deadlines"), default=list, blank=True)
    explanation = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_("For the assessor: what is found where, and how to get there."),
    )
    pages: Any = models.ManyToManyField(
        swapper.get_model_name("wagtailcore", "Page"),
        through="EvidenceLink",
        related_name="+",
        verbose_name=_("pages"),
    )

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        ordering = ["checklist", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "code"], name="govpub_one_item_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class EvidenceLink(models.Model):
    """A page that is evidence for an item, in one quarter or all year."""

    item = models.ForeignKey(
        ChecklistItem,
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("item of a checklist"),
    )
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), null=True, blank=True, choices=[(n, n) for n in (1, 2, 3, 4)]
    )

    class Meta:
        verbose_name = _("evidence for an item")
        verbose_name_plural = _("evidence for items")
        ordering = ["item", "quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "page", "quarter"],
                name="govpub_one_link_per_quarter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.page}"
