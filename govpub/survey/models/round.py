from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.survey.enums import BandScheme, Period, RoundStatus
from govpub.thai.dates import FiscalYear, Quarter


class SurveyRound(models.Model):
    """One round of the survey of one office: a fiscal year or a quarter of it.

    The scheduler opens it on its first day and closes it after its last one. At the
    close the results are frozen and the salt, with which visitors were told apart, is
    destroyed.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office"),
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year"), help_text=_("Buddhist Era, for example 2567.")
    )
    period = models.PositiveSmallIntegerField(
        _("period"), choices=Period, default=Period.YEAR
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=RoundStatus,
        default=RoundStatus.PLANNED,
        editable=False,
    )
    salt = models.CharField(_("salt"), max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    last_answer_at = models.DateTimeField(_("last answer"), null=True, editable=False)
    scheme = models.CharField(
        _("how a mean is read"),
        max_length=1,
        choices=BandScheme,
        blank=True,
        editable=False,
    )
    frozen = models.JSONField(_("frozen results"), null=True, editable=False)

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year", "period"],
                name="govpub_survey_round_period",
                violation_error_message=_("There is a round for this period already."),
            ),
            models.UniqueConstraint(
                fields=["site"],
                condition=models.Q(status=RoundStatus.OPEN),
                name="govpub_survey_round_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="govpub_survey_round_days",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        year = FiscalYear(self.fiscal_year)
        return str(Quarter(year, self.period) if self.period else year)

    @property
    def is_open(self) -> bool:
        return self.status == RoundStatus.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == RoundStatus.CLOSED
