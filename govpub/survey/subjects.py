"""What a rating under a page is about: a Wagtail page, or a page of the program.

A page of the program (the search, the site map, a policy) has no record of its own; it
is known by its address. Address and title travel in the signed token of the form, so
nobody can rate what this site has not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import swapper
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise

from wagtail.models import Site

from govpub.survey import tokens
from govpub.survey.models import PageRating
from govpub.survey.models.page_rating import LONGEST_ADDRESS

PAGE = "page:"
PLACE = "place:"
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Subject:
    """A public page: one of Wagtail's, or another by its address."""

    title: str
    url: str
    page: Any = None

    @property
    def address(self) -> str:
        """Empty for a Wagtail page, which is found by its key."""
        return "" if self.page else self.url

    @property
    def lookup(self) -> dict[str, Any]:
        """By which fields its ratings and its tally are found."""
        return {"page": self.page, "address": self.address}

    def purpose(self, site: Site) -> str:
        """What the token of the rating under this page is for."""
        if self.page:
            return f"{PAGE}{site.pk}:{self.page.pk}"
        return f"{PLACE}{site.pk}:{self.address}\n{self.title}"


def of_page(page: Any) -> Subject:
    """A Wagtail page as something to rate."""
    return Subject(title=page.title, url=page.url or "", page=page)


def of_place(request: HttpRequest, title: str | Promise) -> Subject | None:
    """The page of the program that is asked for; None if its address is too long.

    Its title is kept in Thai, whatever the reader's language.
    """
    if len(request.path) > LONGEST_ADDRESS:
        return None
    with translation.override("th"):
        return Subject(title=str(title)[:LONGEST_TITLE], url=request.path)


def of_rating(rating: PageRating) -> Subject | None:
    """What a rating is about; None if the page has been deleted since."""
    if rating.page:
        return of_page(rating.page)
    if rating.address:
        return Subject(title=rating.title, url=rating.address)
    return None


def subject_in(token: str, site: Site) -> Subject | None:
    """The subject a token was handed out for, whatever its age; None if not ours."""
    try:
        purpose, _handed_out = tokens.read(token)
    except tokens.TokenRefused:
        return None
    if purpose.startswith(f"{PAGE}{site.pk}:"):
        number = purpose.rpartition(":")[2]
        page = rated_pages(site).filter(pk=number).specific().first()
        shown = page is not None and getattr(page, "is_public", page.live)
        return of_page(page) if shown else None
    prefix = f"{PLACE}{site.pk}:"
    if not purpose.startswith(prefix):
        return None
    address, _newline, title = purpose.removeprefix(prefix).partition("\n")
    return Subject(title=title, url=address)


def rated_pages(site: Site) -> Any:
    """The Wagtail pages of an office that a visitor may rate."""
    pages = swapper.load_model("wagtailcore", "Page").objects.live()
    return pages.descendant_of(site.root_page, inclusive=True)
