"""Permanent addresses: fiscal year and number; slugs lose Thai vowels."""

from __future__ import annotations

from django.db.models.functions import Length

from wagtail.models import Page

from govpub.thai.dates import FiscalYear


def give(page: Page) -> None:
    """Give a new page its address, e.g. ``2569-0012``, once its parent is known."""
    if page.slug and page.slug.isascii():
        return
    if page.path and page.depth > 1:
        page.slug = next_slug(page.get_parent())


def next_slug(parent: Page) -> str:
    """The next free address below ``parent`` in the current fiscal year."""
    year = FiscalYear.current().be
    taken = (
        parent.get_children()
        .filter(slug__regex=rf"^{year}-[0-9]+$")
        .order_by(Length("slug").desc(), "-slug")
        .values_list("slug", flat=True)
        .first()
    )
    last = int(taken.partition("-")[2]) if taken else 0
    return f"{year}-{last + 1:04d}"
