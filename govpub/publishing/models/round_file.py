from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model, get_image_model_string

from govpub.publishing.enums import RequestStatus
from govpub.publishing.models.record import Record
from govpub.publishing.models.request import Round

# The officer works on it again, so it may still be exchanged.
BACK_WITH_OFFICER = frozenset({RequestStatus.RETURNED, RequestStatus.WITHDRAWN})


class RoundFileQuerySet(models.QuerySet["RoundFile"]):
    def of(self, file: models.Model) -> RoundFileQuerySet:
        """The rounds in which this document or picture was proposed."""
        name = "image" if isinstance(file, get_image_model()) else "document"
        return self.filter(**{name: file.pk})

    def delete(self) -> NoReturn:
        raise TypeError("A record of the procedure is never deleted.")

    def binding(self) -> RoundFileQuerySet:
        """Those whose request the office decides on, or has decided on."""
        return self.exclude(round__request__status__in=BACK_WITH_OFFICER)


class RoundFile(Record):
    """A document or picture that belonged to a proposal, with its fingerprint then.

    Keeps the file from being deleted, and from being exchanged unnoticed.
    """

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="files", verbose_name=_("round")
    )
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("document"),
    )
    image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("image"),
    )
    title = models.CharField(_("title"), max_length=255)
    digest = models.CharField(_("digest of the bytes"), max_length=64)
    kind = models.CharField(_("file type"), max_length=20, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True)

    objects = RoundFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a round")
        verbose_name_plural = _("files of rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None, image__isnull=False)
                | Q(document__isnull=False, image=None),
                name="govpub_round_file_is_one_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.title}"

    @property
    def file(self) -> Any:
        """The document or picture itself."""
        return self.document or self.image
