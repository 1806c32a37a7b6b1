from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.categories.enums import LinkState

from .item import ItemPage


class LinkCheck(models.Model):
    """The last look at an address to which a public item leads.

    Kept beside the page, not in it: it is no content that anybody approves.
    """

    item = models.ForeignKey(
        ItemPage,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("item of information"),
    )
    address = models.URLField(_("address"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=LinkState)
    answer = models.CharField(_("answer"), max_length=255, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked at"), db_index=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)

    objects: ClassVar[models.Manager[LinkCheck]] = models.Manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "address"], name="govpub_one_check_of_a_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {LinkState(self.state).label}"
