"""Wagtail's own APIs, where a site opens them: they too show only what is public.

They ask ``live`` alone, which stays true until the scheduler has run, and offer no
hook; so the one question they share is replaced. Also where nobody listed their app:
mounting their addresses is enough to open them.
"""

from __future__ import annotations

from functools import wraps
from importlib import import_module
from typing import Any

from wagtail.models import PageQuerySet

# Where the question is asked; the first is what a later version would ask.
ASKING = (
    "wagtail.api.querysets",
    "wagtail.api.v2.views",
    "wagtail.api.v3.querysets",
)
QUESTION = "get_public_pages_queryset"


def close_all() -> None:
    """Called when the apps are ready, before anything is mounted."""
    for module in ASKING:
        close(module)


def close(module: str) -> None:
    """From now on the API leaves out what is not public today."""
    api = import_module(module)
    ask = getattr(api, QUESTION)
    if hasattr(ask, "__wrapped__"):
        return

    @wraps(ask)
    def ask_the_procedure(*args: Any, **kwargs: Any) -> PageQuerySet:
        from govpub.publishing.serving import only_public

        return only_public(ask(*args, **kwargs))

    setattr(api, QUESTION, ask_the_procedure)
