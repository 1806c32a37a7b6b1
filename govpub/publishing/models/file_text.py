from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents import get_document_model_string


class FileProblem(models.TextChoices):
    """Why not every word of a file could be read."""

    MISSING = "missing", _("The file is missing.")
    KIND = "kind", _("Files of this type cannot be read by the system.")
    LOCKED = "locked", _("The file is protected by a password.")
    UNREADABLE = "unreadable", _("The file is damaged or not what its name says.")
    PICTURES = "pictures", _("Some pages are pictures; words in them cannot be read.")
    TOO_LARGE = "too_large", _("The file is too large to be read whole.")
    TOO_LONG = "too_long", _("Reading the file took too long.")


class ExtractedText(models.Model):
    """What was read from a document of the library; goes when the document goes.

    Holds only for the bytes of ``digest``: whoever changes them makes it read again.
    """

    document = models.OneToOneField(
        get_document_model_string(),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="extracted_text",
        verbose_name=_("document"),
    )
    digest = models.CharField(_("SHA-256"), max_length=64)
    reader = models.PositiveSmallIntegerField(_("version of the reader"))
    text = models.TextField(_("text"), blank=True)
    problem = models.CharField(
        _("problem"), max_length=20, blank=True, choices=FileProblem
    )

    # Or a document would count as used, and so as public, because it was read.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.document)
