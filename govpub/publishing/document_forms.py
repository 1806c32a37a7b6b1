"""The form with which documents are uploaded; named by WAGTAILDOCS_DOCUMENT_FORM_BASE."""

from __future__ import annotations

from django.core.files.base import File

from wagtail.documents.forms import BaseDocumentForm

from govpub.publishing.uploads import validate_upload


class AttachmentForm(BaseDocumentForm):
    """Wagtail's form for documents, with our check of what is uploaded."""

    def clean_file(self) -> File[bytes]:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            validate_upload(file)
        return file
