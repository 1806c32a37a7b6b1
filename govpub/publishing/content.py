"""What exactly was approved: the canonical content of a page and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from govpub.publishing.exceptions import ContentChanged

if TYPE_CHECKING:
    from wagtail.models import Page, Revision

# Bookkeeping of Wagtail and of the tree; none of it is shown as content.
BOOKKEEPING = frozenset(
    {
        "content_type",
        "draft_title",
        "depth",
        "expired",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
        "path",
        "url_path",
        "wagtail_admin_comments",
    }
)
# Bookkeeping of a child row (an attachment, say): it gets its key when it is saved.
CHILD_BOOKKEEPING = frozenset({"pk", "page"})


def canonical(content: dict[str, Any]) -> dict[str, Any]:
    """The part of a page's serialised data that a reader can be shown."""
    return {
        name: [_child(row) for row in value] if _is_children(value) else _plain(value)
        for name, value in content.items()
        if name not in BOOKKEEPING
    }


def _plain(value: Any) -> Any:
    """A StreamField comes as JSON text, and PostgreSQL gives its keys another order."""
    if isinstance(value, str) and value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _is_children(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and "pk" in row for row in value)
    )


def _child(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _plain(value)
        for name, value in row.items()
        if name not in CHILD_BOOKKEEPING
    }


def _sha256(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def content_digest(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical content, without the attachments' bytes."""
    return _sha256(canonical(content))


def full_digest(revision: Revision, files: dict[str, str] | None = None) -> str:
    """SHA-256 (hex) of a revision's content and of every file it uses.

    ``files`` are their digests, if they are known already. Raises ``ContentChanged``
    when one of the files is missing.
    """
    if files is None:
        files = attached_digests(revision.as_object())
    return _sha256({"content": canonical(revision.content), "files": files})


def attached_files(page: Page) -> list[Any]:
    """The documents and images that the page uses anywhere, in a stable order."""
    found: list[Any] = []
    for model in (get_document_model(), get_image_model()):
        keys = {
            int(object_id)
            for content_type_id, object_id in _references(page)
            if content_type_id == _content_type_id(model)
        }
        found += model.objects.filter(pk__in=keys).order_by("pk")
    return found


def attached_digests(page: Page) -> dict[str, str]:
    """SHA-256 (hex) of the bytes of every file the page uses."""
    return {file_key(file): file_digest(file) for file in attached_files(page)}


def file_key(file: Any) -> str:
    """The name by which a digest refers to a document or picture."""
    return f"{file._meta.label_lower}:{file.pk}"


def file_digest(file: Any) -> str:
    """SHA-256 (hex) of one document's or image's bytes."""
    try:
        with file.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, ValueError) as error:
        raise ContentChanged(
            _("The attached file “%(title)s” is missing.") % {"title": file.title}
        ) from error


def _references(page: Page) -> set[tuple[int, str]]:
    return {
        (content_type_id, object_id)
        for content_type_id, object_id, *_path in (
            ReferenceIndex._extract_references_from_object(page)
        )
    }


def _content_type_id(model: type[Any]) -> int:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(model).pk
