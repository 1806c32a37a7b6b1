from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models.request import PublicationRequest


class ReminderKind(models.TextChoices):
    """What is told of a step that takes long."""

    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    ESCALATED = "escalated", _("Overdue for long")


class StepReminder(models.Model):
    """That people were reminded of a waiting step; there is one of each kind."""

    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="reminders",
        verbose_name=_("publication request"),
    )
    waiting_since = models.DateTimeField(_("waiting since"))
    kind = models.CharField(_("kind"), max_length=12, choices=ReminderKind)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a step")
        verbose_name_plural = _("reminders of steps")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "waiting_since", "kind"],
                name="govpub_one_reminder_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request.code} {self.get_kind_display()}"
