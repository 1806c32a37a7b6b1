from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.models import Site


class WhileExtending(models.TextChoices):
    """What happens at the end of a period while an extension is being decided."""

    TAKE_DOWN = "take-down", _("Take it down until the head has decided")
    KEEP_UP = "keep-up", _("Keep it up until the head has decided, 30 days at most")


class UpkeepSettings(models.Model):
    """How an office keeps what it published: files after the end, extensions."""

    site = models.OneToOneField(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    keep_files = models.BooleanField(
        _("keep the documents reachable after the end"),
        default=False,
        help_text=_(
            "From the notice at the item's address, until the end of the next fiscal "
            "year, because assessors open the links later."
        ),
    )
    while_extending = models.CharField(
        _("while an extension is being decided"),
        max_length=20,
        choices=WhileExtending,
        default=WhileExtending.TAKE_DOWN,
    )

    class Meta:
        verbose_name = _("rule for what has ended")
        verbose_name_plural = _("rules for what has ended")

    def __str__(self) -> str:
        return str(self.site)

    @classmethod
    def of(cls, site: Site) -> UpkeepSettings:
        """The office's choices, or the defaults if it has made none."""
        return cls.objects.filter(site=site).first() or cls(site=site)
