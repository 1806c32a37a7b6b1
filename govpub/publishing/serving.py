"""What the public is handed, decided at the moment it asks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest

from wagtail import hooks
from wagtail.models import Page, PageQuerySet, ReferenceIndex

from govpub.publishing.models import (
    PublicationMixin,
    PublicationQuerySet,
    RoundFile,
    controlled_types,
    is_below_hidden,
    outside_hidden_branches,
)


def refuse_what_is_not_public(page: Page, request: HttpRequest) -> None:
    """A page under the procedure is served only while it is public.

    Fails closed: it does not matter whether the scheduler has run.
    """
    hidden = (
        not page.is_public
        if isinstance(page, PublicationMixin)
        else is_below_hidden(page)
    )
    if hidden:
        raise Http404


def refuse_private_file(document: Any, request: HttpRequest) -> None:
    """An attachment is handed out only while a page that uses it is public."""
    if not (is_public_file(document) or _works_in_admin(request.user)):
        raise Http404


def is_public_file(file: Any) -> bool:
    """Whether anything that the public may see uses the document or image.

    Apps may let out more by the hook ``register_govpub_file_exception``:
    ``(document or image) -> bool``.
    """
    used = any(
        is_public_source(source)
        for source, _references in ReferenceIndex.get_grouped_references_to(file)
    )
    exceptions = hooks.get_hooks("register_govpub_file_exception")
    return used or any(allow(file) for allow in exceptions)


def only_public(pages: PageQuerySet) -> PageQuerySet:
    """``pages`` without those under the procedure that are not public now."""
    for content_type in controlled_types():
        model: Any = content_type.model_class()
        shown = PublicationQuerySet(model).in_period().values("pk")
        pages = pages.exclude(Q(content_type=content_type) & ~Q(pk__in=shown))
    return outside_hidden_branches(pages)


def only_public_files(files: QuerySet) -> QuerySet:
    """``files`` (documents or images) that a public page uses, in one question."""
    of_model = ContentType.objects.get_for_model
    pages = only_public(Page.objects.live()).annotate(key=Cast("pk", CharField()))
    used = ReferenceIndex.objects.filter(
        base_content_type=of_model(Page),
        to_content_type=of_model(files.model),
        object_id__in=pages.values("key"),
    )
    named = files.annotate(key=Cast("pk", CharField()))
    return named.filter(key__in=used.values("to_object_id"))


def is_public_source(source: Any) -> bool:
    """Whether the public may see this page, or whatever else uses a file, now."""
    if isinstance(source, Page):
        source = source.specific  # the index knows only that it is a page
    if isinstance(source, PublicationMixin):
        return source.is_public
    if isinstance(source, RoundFile):  # the office's own record of a proposal
        return False
    return source.live if isinstance(source, Page) else True


def _works_in_admin(user: User | AnonymousUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
