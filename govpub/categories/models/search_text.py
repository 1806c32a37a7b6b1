from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents import get_document_model_string

from .item import ItemPage


class SearchText(models.Model):
    """The words of an item as the search compares them (``search.squeezed``).

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


class SearchFile(models.Model):
    """The words of one file of a public item, compared in the same way."""

    item = models.ForeignKey(
        ItemPage,
        on_delete=models.CASCADE,
        related_name="search_files",
        verbose_name=_("item of information"),
    )
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
    )
    title = models.CharField(_("title of the document"), max_length=255)
    text = models.TextField(_("text"))

    # Or a document would count as used, and so as public, because it is looked up.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search text of a file")
        verbose_name_plural = _("search texts of files")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "document"], name="govpub_search_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
