from __future__ import annotations

import swapper
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from govpub.publishing.models import PublicationRequest


class EndKind(models.TextChoices):
    """Why information is no longer on the website."""

    OVER = "over", _("Its publication period is over")
    TAKEN_DOWN = "taken-down", _("Taken down before its end")
    REMOVED = "removed", _("Removed: nothing of it is shown any more")


class Ending(models.Model):
    """What the public is told at the address of an item after its end."""

    request = models.OneToOneField(
        PublicationRequest,
        on_delete=models.PROTECT,
        related_name="ending",
        verbose_name=_("publication request"),
    )
    kind = models.CharField(_("why it ended"), max_length=20, choices=EndKind)
    public_reason = models.TextField(_("explanation for the public"), blank=True)
    successor = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what takes its place"),
    )
    ended_on = models.DateField(_("last day on the website"))
    keep_files_until = models.DateField(
        _("documents reachable until"), null=True, blank=True
    )

    # Empty while those concerned are still to be told, of several ends together.
    told_at = models.DateTimeField(
        _("told"), null=True, default=timezone.now, db_index=True
    )

    class Meta:
        verbose_name = _("end of a publication")
        verbose_name_plural = _("ends of publications")

    def __str__(self) -> str:
        return f"{self.request.code}: {self.get_kind_display()}"

    @property
    def files_are_kept(self) -> bool:
        """Whether its documents can still be opened today."""
        until = self.keep_files_until
        kept = until is not None and until >= timezone.localdate()
        return kept and self.kind != EndKind.REMOVED
