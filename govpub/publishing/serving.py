"""What the public is handed, decided at the moment it asks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest

from wagtail.models import Page, ReferenceIndex

from govpub.publishing.models import PublicationMixin, RoundFile


def refuse_what_is_not_public(page: Page, request: HttpRequest) -> None:
    """A page under the procedure is served only while it is public.

    Fails closed: it does not matter whether the scheduler has run.
    """
    if isinstance(page, PublicationMixin) and not page.is_public:
        raise Http404


def refuse_private_file(document: Any, request: HttpRequest) -> None:
    """An attachment is handed out only while a page that uses it is public."""
    if not (is_public_file(document) or _works_in_admin(request.user)):
        raise Http404


def is_public_file(file: Any) -> bool:
    """Whether anything that the public may see uses the document or image."""
    return any(
        _is_public(source)
        for source, _references in ReferenceIndex.get_grouped_references_to(file)
    )


def _is_public(source: Any) -> bool:
    if isinstance(source, PublicationMixin):
        return source.is_public
    if isinstance(source, RoundFile):  # the office's own record of a proposal
        return False
    return source.live if isinstance(source, Page) else True


def _works_in_admin(user: User | AnonymousUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
