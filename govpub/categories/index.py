"""Keeps what the search compares in step with what is public."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from wagtail.documents import get_document_model
from wagtail.models import Site

from govpub.categories.models import Attachment, ItemPage, SearchFile, SearchText
from govpub.categories.search import squeezed
from govpub.publishing.content import attached_files
from govpub.publishing.file_text import text_of

# Of a long file only the beginning is compared, or each search would read a library.
FILE_CHARS = 200_000


def remember_item(item: ItemPage) -> None:
    """The words of a live item; one that is not live is forgotten with its files."""
    if not item.live:
        SearchText.objects.filter(item=item.pk).delete()
        SearchFile.objects.filter(item=item.pk).delete()
        return
    title = squeezed(item.title)
    text = f"{title} {squeezed(item.words())}"
    SearchText.objects.update_or_create(
        item_id=item.pk, defaults={"title": title, "text": text}
    )


def remember_files(key: int) -> None:
    """The words in the files of the live item with this key; others are forgotten."""
    item = ItemPage.objects.filter(pk=key, live=True).first()
    if item is None:
        return
    titles = {file.document_id: str(file) for file in item.files}
    documents = [
        file
        for file in attached_files(item.specific)
        if isinstance(file, get_document_model())
    ]
    # Read first, write then: reading may take seconds.
    texts = {file: squeezed(text_of(file).text)[:FILE_CHARS] for file in documents}
    with transaction.atomic():
        # One that was taken down meanwhile stays forgotten.
        if not ItemPage.objects.select_for_update().filter(pk=key, live=True).exists():
            return
        SearchFile.objects.filter(item=key).exclude(document__in=documents).delete()
        for file, text in texts.items():
            SearchFile.objects.update_or_create(
                item_id=key,
                document=file,
                defaults={"title": titles.get(file.pk, file.title), "text": text},
            )


def complete(site: Site) -> int:
    """Index what is live at an office and was never indexed; how many items."""
    items = ItemPage.objects.live().descendant_of(site.root_page)
    unread = Attachment.objects.exclude(
        Exists(
            SearchFile.objects.filter(
                item=OuterRef("page"), document=OuterRef("document")
            )
        )
    )
    known = SearchText.objects.values("item")
    missing = items.filter(~Q(pk__in=known) | Q(pk__in=unread.values("page")))
    keys = list(missing.values_list("pk", flat=True))
    for key in keys:
        remember_item(ItemPage.objects.get(pk=key).specific)
        remember_files(key)
    return len(keys)


def rebuild() -> Iterator[ItemPage]:
    """Every live item anew, and nothing of the others; yields each when it is done."""
    SearchText.objects.exclude(item__live=True).delete()
    SearchFile.objects.exclude(item__live=True).delete()
    for item in ItemPage.objects.live().specific().iterator():
        remember_item(item)
        remember_files(item.pk)
        yield item
