from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site

from govpub.publishing.models.request import Act, PublicationRequest

LEASE = timedelta(minutes=10)
# How long to wait after each failed attempt; after the last one nobody tries again.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))


class MailStatus(models.TextChoices):
    """What became of a mail."""

    NEW = "new", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    # Read in the admin only: no address, or another person has the same one.
    UNADDRESSED = "unaddressed", _("Shown in the admin, not sent")


class OutboxQuerySet(models.QuerySet["OutboxMail"]):
    def due(self) -> OutboxQuerySet:
        """Mails that wait and whose pause is over, oldest first."""
        now = timezone.now()
        return self.filter(status=MailStatus.NEW, next_try__lte=now).order_by("pk")

    def claim(self, pk: int) -> bool:
        """Take a due mail; of several senders exactly one is told ``True``.

        A sender that dies while it holds the mail gives it back after ``LEASE``.
        """
        now = timezone.now()
        due = self.filter(pk=pk, status=MailStatus.NEW, next_try__lte=now)
        return due.update(next_try=now + LEASE, attempts=F("attempts") + 1) == 1

    def send_again(self) -> int:
        """Let mails that were given up be tried from the beginning; how many."""
        return self.filter(status=MailStatus.FAILED).update(
            status=MailStatus.NEW, attempts=0, next_try=timezone.now()
        )

    def unread(self) -> OutboxQuerySet:
        """Notices that their readers have not opened in the admin."""
        return self.filter(read_at=None)


class OutboxMail(models.Model):
    """A notice to one person: shown in the admin, and sent where there is an address.

    Written in the transaction of what it tells of: an act, or a step that is due.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    act = models.ForeignKey(
        Act,
        on_delete=models.PROTECT,
        null=True,
        related_name="mails",
        verbose_name=_("act"),
    )
    request = models.ForeignKey(
        PublicationRequest,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("publication request"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    recipient = models.EmailField(_("to"), blank=True)
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    status = models.CharField(
        _("state"), max_length=12, choices=MailStatus, default=MailStatus.NEW
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail of the procedure")
        verbose_name_plural = _("mails of the procedure")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "next_try"], name="govpub_outbox_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "user"], name="govpub_one_mail_per_act_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient or self.user}"

    def note_sent(self) -> None:
        self.status, self.sent_at, self.last_error = MailStatus.SENT, timezone.now(), ""
        self.save(update_fields=["status", "sent_at", "last_error"])

    def note_failure(self, error: str) -> None:
        """Keep the error; try again after a pause that grows, or give up."""
        self.last_error = error
        if self.attempts > len(PAUSES):
            self.status = MailStatus.FAILED
        else:
            self.next_try = timezone.now() + PAUSES[max(self.attempts, 1) - 1]
        self.save(update_fields=["status", "next_try", "last_error"])
