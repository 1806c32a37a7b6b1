"""Writes notices into the outbox: one to each person, in that person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from wagtail.models import Site

from govpub.publishing import outbox
from govpub.publishing.models import Act, MailStatus, OutboxMail, PublicationRequest

_sent_at_once = ContextVar("govpub_mails_sent_at_once", default=True)


class Letter(NamedTuple):
    """What a notice says."""

    subject: str
    body: str


@contextmanager
def left_in_the_outbox() -> Iterator[None]:
    """Within it mails are only written; the scheduler's next round of mails sends them.

    For work on many items: a mail server that does not answer must not hold it up.
    """
    before = _sent_at_once.set(False)
    try:
        yield
    finally:
        _sent_at_once.reset(before)


def write_letters(
    site: Site,
    users: Iterable[Any],
    compose: Callable[[], Letter],
    *,
    request: PublicationRequest | None = None,
    act: Act | None = None,
) -> int:
    """Tell each of these people; returns how many notices were written.

    ``compose`` is called once in each person's language. People who share an address
    get one mail there, and each a notice in the admin. What is written belongs to the
    transaction that is running; the mails leave after its commit, unless they are
    :func:`left_in_the_outbox`.
    """
    mails: list[OutboxMail] = []
    addressed: set[str] = set()
    for user in users:
        recipient = "" if user.email in addressed else user.email
        addressed.add(recipient)
        letter = _in_language_of(user, compose)
        mails.append(
            OutboxMail(
                site=site,
                act=act,
                request=request,
                user=user,
                recipient=recipient,
                subject=letter.subject[:255],
                body=letter.body,
                status=MailStatus.NEW if recipient else MailStatus.UNADDRESSED,
            )
        )
    written = OutboxMail.objects.bulk_create(mails)
    keys = [mail.pk for mail in written if mail.recipient]
    if keys and _sent_at_once.get():
        transaction.on_commit(lambda: outbox.send(keys), robust=True)
    return len(written)


def _in_language_of(user: Any, compose: Callable[[], Letter]) -> Letter:
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        return compose()


def review_address(request: PublicationRequest) -> str:
    """The full address of a request's page in the admin, for a mail."""
    path = reverse("govpub_publishing:review", args=[request.pk])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
