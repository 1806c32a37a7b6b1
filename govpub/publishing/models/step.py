from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.publishing.enums import Step
from govpub.roles import Role

ROLES = {Step.PROPOSE: Role.OFFICER, Step.CONSIDER: Role.HEAD}


class ProcedureStep(models.Model):
    """One row of the office's procedure table: what is done, by whom, how long.

    The office edits words and times; ``step`` ties the row to what the software does.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    step = models.CharField(_("step"), max_length=20, choices=Step)
    text = models.TextField(_("what is done"))
    responsible = models.CharField(_("responsible"), max_length=255)
    target_minutes = models.PositiveIntegerField(
        _("target time in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty means: all the time."),
    )

    class Meta:
        verbose_name = _("step of the procedure")
        verbose_name_plural = _("steps of the procedure")
        ordering = ["site", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "step"], name="govpub_one_row_per_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_step_display()}"

    @property
    def role(self) -> Role:
        """Who carries it out: the Web Master all that the other two do not."""
        return ROLES.get(Step(self.step), Role.WEBMASTER)

    @classmethod
    def target_of(cls, site: Site, step: Step) -> int | None:
        """The office's target time of a step in minutes, if it set one."""
        return (
            cls.objects.filter(site=site, step=step)
            .values_list("target_minutes", flat=True)
            .first()
        )
