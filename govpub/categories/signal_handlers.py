"""Tells the index of the search when an item was put up, changed or taken down."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from govpub.categories import index
from govpub.categories.models import ItemPage


def connect() -> None:
    post_save.connect(remember_words, dispatch_uid="govpub_remember_words")


def remember_words(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """After an item was saved whole, or taken down; drafts save bookkeeping only.

    Files are read after the commit: one that cannot be read, or takes long, must not
    keep information from being published.
    """
    written = kwargs.get("update_fields")
    if not isinstance(instance, ItemPage) or not (written is None or "live" in written):
        return
    index.remember_item(instance)
    if instance.live:

        def remember_files() -> None:
            index.remember_files(instance.pk)

        transaction.on_commit(remember_files, robust=True)
