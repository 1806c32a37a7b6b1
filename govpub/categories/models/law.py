from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldRowPanel, PageChooserPanel

from govpub.categories.enums import Category, LawKind, LawStatus
from govpub.publishing.periods import LegalDate, add_months
from govpub.thai.text import is_blank

from .item import ItemPage

EVALUATED_EVERY = 60  # months


class LawPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 2: a law, regulation or rule, with where and when it was promulgated."""

    category = Category.LAWS
    kinds = LawKind
    kind_name = _("Kind of law")
    may_have_no_end = True
    details_template = "govpub/categories/details/law.html"

    law_number = models.CharField(
        _("number of the law"),
        max_length=100,
        blank=True,
        help_text=_("Its own number or year, as it is quoted."),
    )
    enacted_on = models.DateField(_("date of the law"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    gazette_reference = models.CharField(
        _("Government Gazette"),
        max_length=255,
        blank=True,
        help_text=_("Volume, part, page and date of publication."),
    )
    status = models.CharField(
        _("status of the law"),
        max_length=20,
        choices=LawStatus,
        default=LawStatus.IN_FORCE,
    )

    replaced_by = models.ForeignKey(
        "govpub_categories.LawPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaced by, on this website"),
    )
    replaced_by_name = models.CharField(
        _("replaced by, elsewhere"),
        max_length=255,
        blank=True,
        help_text=_("Name and number of the newer law, if it is not on this website."),
    )

    own_panels = (
        FieldRowPanel(["law_number", "status"]),
        FieldRowPanel(["enacted_on", "effective_on"]),
        "gazette_reference",
        PageChooserPanel("replaced_by", "govpub_categories.LawPage"),
        "replaced_by_name",
    )

    class Meta:
        verbose_name = _("law or regulation")
        verbose_name_plural = _("laws and regulations")

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> LawPage | None:
        """A draft that names a newer law goes on without it once that is deleted.

        Only a newer law that was never proposed can be deleted; what is public is kept
        by the database.
        """
        newer = data.get("replaced_by")
        if check_fks and newer and not LawPage.objects.filter(pk=newer).exists():
            data = {**data, "replaced_by": None}
        return super().from_serializable_data(data, check_fks, strict_fks)

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors() | self.source_errors()
        replaced = self.status == LawStatus.REPLACED
        if replaced and not self.replaced_by_id and is_blank(self.replaced_by_name):
            errors["replaced_by_name"] = _now("Say by what it was replaced.")
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            errors["replaced_by"] = _now("A law does not replace itself.")
        return errors

    @property
    def next_legal_date(self) -> LegalDate | None:
        """Every five years a law that applies is to be evaluated, section 34 says."""
        applies = self.status in {LawStatus.IN_FORCE, LawStatus.AMENDED}
        if self.effective_on is None or not applies:
            return None
        words = _now("Legislative Drafting and Evaluation of Law Act, section 34")
        return LegalDate(_next_evaluation(self.effective_on), words)

    @cached_property
    def replacement(self) -> LawPage | None:
        """The newer law, while the public may see it."""
        if not self.replaced_by_id:
            return None
        return LawPage.objects.public().filter(pk=self.replaced_by_id).first()


def _next_evaluation(effective_on: date) -> date:
    """The first five-year day after it came into force that is not over."""
    today, months = timezone.localdate(), EVALUATED_EVERY
    while (day := add_months(effective_on, months)) < today:
        months += EVALUATED_EVERY
    return day
