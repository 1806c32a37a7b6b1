from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image

from govpub.evidence.store import PrivateStorage
from govpub.publishing.models import Act

LARGEST = 2 * 1024 * 1024  # bytes
SIDE = 1200  # pixels; larger pictures are made smaller


def validate_picture(file: Any) -> None:
    """A real picture of a reasonable size; what it shows is the person's affair."""
    if file.size > LARGEST:
        raise ValidationError(_("The picture is larger than 2 MB."))
    try:
        with Image.open(file) as picture:
            if picture.format not in ("PNG", "JPEG"):
                raise ValidationError(_("Choose a PNG or JPEG picture."))
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture.")) from error
    finally:
        file.seek(0)


class SignaturePictureQuerySet(models.QuerySet["SignaturePicture"]):
    def of_acts(self, acts: Iterable[Act]) -> dict[int, SignaturePicture]:
        """By the key of the act, the picture its person had given before it."""
        acts = [act for act in acts if act.user_id]
        given = self.filter(user__in={act.user_id for act in acts})
        newest_first: list[SignaturePicture] = list(given.order_by("-given_at"))
        found: dict[int, SignaturePicture] = {}
        for act in acts:
            for picture in newest_first:
                if picture.user_id == act.user_id and picture.given_at <= act.at:
                    found[act.pk] = picture
                    break
        return found


class SignaturePicture(models.Model):
    """A person's own picture of a signature, for the office's copies only.

    Never shown to the public and never exchanged: a new one counts for what is signed
    after it. The person may delete it; papers then say in words who signed, and when.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    file = models.FileField(
        _("picture of the signature"),
        storage=PrivateStorage(),
        upload_to="signatures",
        validators=[
            FileExtensionValidator(["png", "jpg", "jpeg"]),
            validate_picture,
        ],
        help_text=_("PNG or JPEG, at most 2 MB; best on a white ground."),
    )
    digest = models.CharField(_("digest of the bytes"), max_length=64, editable=False)
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    objects = SignaturePictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a signature")
        verbose_name_plural = _("pictures of signatures")
        ordering = ["user", "-given_at"]

    def __str__(self) -> str:
        return str(self.user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.pk:
            self._redraw()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.file.delete(save=False)
        return super().delete(*args, **kwargs)

    @property
    def name(self) -> str:
        """By which papers refer to it: the same as long as the dots are the same."""
        return self.digest[:40]

    def _redraw(self) -> None:
        """Keep the dots of the picture and nothing else (place, camera, owner)."""
        with Image.open(self.file) as picture:
            clean = picture.convert("RGBA")
        clean.thumbnail((SIDE, SIDE))
        stream = io.BytesIO()
        clean.save(stream, "PNG")
        self.digest = hashlib.sha256(stream.getvalue()).hexdigest()
        self.file.save(f"{self.digest}.png", File(stream), save=False)
