from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=10)


class JobQuerySet(models.QuerySet["Job"]):
    def claim(self, name: str) -> bool:
        """Take a due job; of several schedulers exactly one is told ``True``.

        A scheduler that dies while it holds the job gives it back after ``LEASE``.
        """
        now = timezone.now()
        due = self.filter(name=name, next_run__lte=now)
        return due.update(next_run=now + LEASE, last_started=now) == 1


class Job(models.Model):
    """When a recurring job of the scheduler runs next, and how it went last."""

    name = models.CharField(_("name"), max_length=100, primary_key=True)
    next_run = models.DateTimeField(_("next run"), default=timezone.now)
    last_started = models.DateTimeField(_("last started"), null=True)
    last_finished = models.DateTimeField(_("last finished"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self) -> str:
        return self.name
