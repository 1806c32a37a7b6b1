from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.publishing.periods import DefaultEnd, PeriodRule

MONTHS = (MinValueValidator(1), MaxValueValidator(600))


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def covering(self, site: Site, category: str, kind: str) -> RetentionRule | None:
        """The row of the kind, or else of its whole category."""
        rows = self.filter(site=site, category=category, kind__in={kind, ""})
        return rows.order_by("-kind").first()


class RetentionRule(models.Model):
    """One row of an office's retention table: how long, and how often it is verified.

    ``category`` and ``kind`` are the words by which a page names itself
    (``PublicationMixin.retention_key``); an empty kind stands for all of a category.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    category = models.CharField(_("category"), max_length=20)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    default_end = models.CharField(
        _("usual end"),
        max_length=20,
        choices=DefaultEnd,
        help_text=_("What the form suggests to the officer."),
    )
    default_months = models.PositiveSmallIntegerField(
        _("usual period in months"), null=True, blank=True, validators=MONTHS
    )
    maximum_months = models.PositiveSmallIntegerField(
        _("longest period in months"), validators=MONTHS
    )
    may_have_no_end = models.BooleanField(
        _("may have no end"),
        default=False,
        help_text=_("Until it is changed or repealed, and verified from time to time."),
    )
    verify_months = models.PositiveSmallIntegerField(
        _("verified every so many months"),
        null=True,
        blank=True,
        validators=MONTHS,
        help_text=_("Empty means: only when somebody sees a reason."),
    )

    keep_files_years = models.PositiveSmallIntegerField(
        _("documents reachable after the end, in fiscal years"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(50)],
        help_text=_(
            "1 means: until the end of the next fiscal year; 0: not at all. Empty: as "
            "the office does in general (After the end)."
        ),
    )

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention table")
        ordering = ["site", "category", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "category", "kind"], name="govpub_one_retention_rule"
            )
        ]

    def __str__(self) -> str:
        return self.kind or self.category

    def clean(self) -> None:
        """The row does not contradict itself."""
        errors = {}
        if self.default_end == DefaultEnd.MONTHS and not self.default_months:
            errors["default_months"] = _("Write the number of months.")
        if self.default_end == DefaultEnd.NONE and not self.may_have_no_end:
            errors["default_end"] = _("This kind must have an end.")
        if self.may_have_no_end and not self.verify_months:
            errors["verify_months"] = _("What has no end must be verified.")
        longest, usual = self.maximum_months, self.default_months
        if usual and longest and usual > longest:
            errors["default_months"] = _("It is longer than the longest period.")
        if errors:
            raise ValidationError(errors)

    @property
    def rule(self) -> PeriodRule:
        """The row as the procedure applies it."""
        return PeriodRule(
            may_have_no_end=self.may_have_no_end,
            default_end=DefaultEnd(self.default_end),
            default_months=self.default_months,
            maximum_months=self.maximum_months,
            verify_months=self.verify_months,
        )
