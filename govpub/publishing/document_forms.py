"""The forms with which files are uploaded.

Named by ``WAGTAILDOCS_DOCUMENT_FORM_BASE`` and ``WAGTAILIMAGES_IMAGE_FORM_BASE``.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import File

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from govpub.publishing.attachments import why_bound
from govpub.publishing.uploads import validate_upload


class AttachmentForm(BaseDocumentForm):
    """Wagtail's form for documents, with our check of what is uploaded."""

    def clean_file(self) -> File[bytes]:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            if why := why_bound(self.instance):
                raise ValidationError(why)
            validate_upload(file)
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures; one that was proposed is not exchanged."""

    def clean_file(self) -> File[bytes]:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data and (why := why_bound(self.instance)):
            raise ValidationError(why)
        return file
