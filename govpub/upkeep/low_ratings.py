"""What visitors rate low is to be looked at: the Web Master is asked to verify it.

The survey tells by the hook ``register_govpub_low_rating``; neither knows the other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from govpub.publishing import rules
from govpub.publishing.enums import RequestStatus
from govpub.publishing.letters import Letter, write_letters
from govpub.publishing.models import PublicationRequest
from govpub.thai.dates import thai_date
from govpub.upkeep.models import VerificationCall
from govpub.upkeep.people import webmasters

TIME_TO_LOOK = timedelta(days=7)


class Rating(Protocol):
    """What visitors say of a page: the number of ratings and their mean of 5."""

    n: int
    mean: object


@transaction.atomic
def ask_to_verify(page: Page, rating: Rating, period: str) -> None:
    """Put an item that visitors rate low into the queue, once in each ``period``.

    The Web Masters are told. A page that is not under the procedure concerns nobody.
    """
    published = PublicationRequest.objects.filter(
        page=page.pk, status=RequestStatus.PUBLISHED
    )
    if not published.exists():
        return
    rules.hold_page(page.pk)
    request = published.select_related("site").first()
    called = VerificationCall.objects.filter(request__page=page.pk, period=period)
    if request is None or called.exists():
        return
    VerificationCall.objects.create(
        request=request, period=period, mean=str(rating.mean), ratings=rating.n
    )
    soon = timezone.localdate() + TIME_TO_LOOK
    if request.verify_by is None or request.verify_by > soon:
        request.verify_by = soon
        request.save(update_fields=["verify_by"])
    write_letters(
        request.site,
        webmasters(request.site).select_related("wagtail_userprofile"),
        lambda: _letter(request, rating),
        request=request,
    )


def _letter(request: PublicationRequest, rating: Rating) -> Letter:
    subject = _("Please verify, rated low: request %(code)s") % {"code": request.code}
    body = _(
        "Visitors rate “%(title)s” low: %(mean)s out of 5, %(n)s ratings.\n"
        "Please check by %(day)s whether it is accurate, complete and current:\n"
        "%(address)s"
    ) % {
        "title": request.topic,
        "mean": rating.mean,
        "n": rating.n,
        "day": thai_date(request.verify_by),
        "address": settings.WAGTAILADMIN_BASE_URL
        + reverse("govpub_upkeep_admin:verify", args=[request.pk]),
    }
    return Letter(subject, body)
