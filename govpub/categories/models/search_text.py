from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .item import ItemPage


class SearchText(models.Model):
    """The words of an item as the search compares them (``search.folded``).

    Kept beside the page, not in it: it is no content that anybody approves.
    """

    item = models.OneToOneField(
        ItemPage,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_text",
        verbose_name=_("item of information"),
    )
    title = models.TextField(_("topic"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self) -> str:
        return self.title
