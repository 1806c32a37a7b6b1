"""Keeps the search text of an item in step with what is public of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from govpub.categories import search
from govpub.categories.models import ItemPage, SearchText


def connect() -> None:
    post_save.connect(remember_words, dispatch_uid="govpub_remember_words")


def remember_words(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """After a live item was saved whole; its drafts save bookkeeping only."""
    if not isinstance(instance, ItemPage) or kwargs.get("update_fields") is not None:
        return
    if instance.live:
        title = search.folded(instance.title)
        text = f"{title} {search.folded(instance.words())}"
        SearchText.objects.update_or_create(
            item_id=instance.pk, defaults={"title": title, "text": text}
        )
