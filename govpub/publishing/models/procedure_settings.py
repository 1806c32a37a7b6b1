from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from govpub.publishing.working_time import WorkingHours
from govpub.thai.holidays import holiday_name

SATURDAY, SUNDAY = 5, 6


@register_setting(icon="time", order=20)
class ProcedureSettings(BaseSiteSetting):
    """How an office wants its procedure: hours, escalation, returns, urgent cases."""

    opens_at = models.TimeField(_("office opens"), default=time(8, 30))
    break_from = models.TimeField(
        _("break from"), default=time(12), null=True, blank=True
    )
    break_until = models.TimeField(
        _("break until"), default=time(13), null=True, blank=True
    )
    closes_at = models.TimeField(_("office closes"), default=time(16, 30))
    works_saturday = models.BooleanField(_("works on Saturdays"), default=False)
    works_sunday = models.BooleanField(_("works on Sundays"), default=False)
    pass_on_automatically = models.BooleanField(
        _("pass refusals on automatically"),
        default=False,
        help_text=_(
            "The officer gets the head's reasons at once; otherwise the Web Master "
            "passes them on."
        ),
    )
    escalate_after_minutes = models.PositiveIntegerField(
        _("escalate after"),
        default=60,
        validators=[MinValueValidator(1)],
        help_text=_("Working minutes after the target time of a step."),
    )
    escalate_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("escalate to"),
        help_text=_("Empty means: whoever is acting for the head."),
    )
    verbal_working_days = models.PositiveSmallIntegerField(
        _("confirm verbal permission within"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Working days until the head must have confirmed in writing; then it is "
            "taken down."
        ),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("break_from"), FieldPanel("break_until")]),
                FieldRowPanel(
                    [FieldPanel("works_saturday"), FieldPanel("works_sunday")]
                ),
            ],
            heading=_("Office hours"),
        ),
        MultiFieldPanel(
            [FieldPanel("escalate_after_minutes"), FieldPanel("escalate_to")],
            heading=_("When a step takes too long"),
        ),
        MultiFieldPanel(
            [FieldPanel("pass_on_automatically"), FieldPanel("verbal_working_days")],
            heading=_("Refusals and urgent cases"),
        ),
    ]

    class Meta:
        verbose_name = _("rules of the procedure")
        verbose_name_plural = _("rules of the procedure")

    def __str__(self) -> str:
        return str(self.site)

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("It closes before it opens.")})
        if (self.break_from is None) != (self.break_until is None):
            raise ValidationError({"break_until": _("Give both ends of the break.")})
        if self.break_from and self.break_until:
            in_order = (
                self.opens_at <= self.break_from < self.break_until <= self.closes_at
            )
            if not in_order:
                raise ValidationError(
                    {"break_until": _("The break lies outside the office hours.")}
                )

    def working_hours(self) -> WorkingHours:
        """When the office works, with its own holidays and the national ones."""
        own = set(
            OfficeHoliday.objects.filter(site=self.site_id).values_list(
                "day", flat=True
            )
        )
        return WorkingHours(self.working_spans(), lambda day: self._is_closed(day, own))

    def working_spans(self) -> tuple[tuple[time, time], ...]:
        """From when to when the office is open on a working day."""
        ends = [self.opens_at, self.closes_at]
        if self.break_from and self.break_until:
            ends[1:1] = [self.break_from, self.break_until]
        return tuple(zip(ends[::2], ends[1::2], strict=True))

    def _is_closed(self, day: date, own: set[date]) -> bool:
        if day in own or holiday_name(day):
            return True
        return (day.weekday() == SATURDAY and not self.works_saturday) or (
            day.weekday() == SUNDAY and not self.works_sunday
        )


class OfficeHoliday(models.Model):
    """A day on which an office is closed besides the national holidays."""

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("reason"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("further holiday")
        verbose_name_plural = _("further holidays")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day"], name="govpub_one_holiday_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}".strip()
