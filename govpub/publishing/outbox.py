"""Sends the mails that were written with the acts, and tries again what failed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from govpub.jobs import RecurringJob
from govpub.publishing.models import MailStatus, OutboxMail

logger = logging.getLogger("govpub.outbox")

# A mail server that does not answer must not hold up the person who decided.
TIMEOUT = 10
BATCH = 200


class MailsNotSent(Exception):
    """Some mails could not be sent now; they are kept and tried again."""


def outbox_job() -> RecurringJob:
    return RecurringJob("govpub.publishing.outbox", timedelta(minutes=1), send_due)


def send_due() -> str:
    """Send what waits; says how many were sent, still wait, or were given up."""
    due = OutboxMail.objects.due().values_list("pk", flat=True)
    sent, errors = send(list(due[:BATCH]))
    waiting = OutboxMail.objects.filter(status=MailStatus.NEW).count()
    failed = OutboxMail.objects.filter(status=MailStatus.FAILED).count()
    line = _("mails sent: %(sent)s, waiting: %(waiting)s, given up: %(failed)s") % {
        "sent": sent,
        "waiting": waiting,
        "failed": failed,
    }
    if errors:
        raise MailsNotSent(f"{line}; {errors[0]}")
    return line if sent or waiting or failed else ""


def send(keys: Iterable[int]) -> tuple[int, list[str]]:
    """Try these mails once; how many were sent, and the errors of the others.

    A mail that another process has in hand, or has sent, is left out. When nobody
    answers at all, the rest waits for the next time.
    """
    sent, errors = 0, []
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)
    for key in keys:
        if not OutboxMail.objects.claim(key):
            continue
        error = _send(OutboxMail.objects.get(pk=key), connection)
        if error is None:
            sent += 1
            continue
        errors.append(f"{type(error).__name__}: {error}")
        if isinstance(error, OSError) and not isinstance(error, SMTPException):
            break
    return sent, errors


def _send(mail: OutboxMail, connection: BaseEmailBackend) -> Exception | None:
    """What went wrong, or nothing when the mail server took it."""
    message = EmailMessage(
        mail.subject, mail.body, to=[mail.recipient], connection=connection
    )
    try:
        message.send()
    except Exception as error:
        # Whatever it is, the mail stays and the others still get their turn.
        logger.exception("A mail could not be sent", extra={"mail": mail.pk})
        mail.note_failure(f"{type(error).__name__}: {error}")
        return error
    mail.note_sent()
    return None
