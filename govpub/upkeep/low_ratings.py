"""What visitors rate low is to be looked at: the Web Master is asked to verify it.

The survey tells by the hook ``register_govpub_low_rating``; neither knows the other.
"""

from __future__ import annotations

from typing import Protocol

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Page

from govpub.publishing.enums import RequestStatus
from govpub.publishing.letters import Letter, review_address, write_letters
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role


class Rating(Protocol):
    """What visitors say of a page: the number of ratings and their mean of 5."""

    n: int
    mean: object


@transaction.atomic
def ask_to_verify(page: Page, rating: Rating) -> None:
    """Ask the Web Masters to verify an item that visitors rate low.

    A page that is not under the procedure concerns nobody here.
    """
    published = PublicationRequest.objects.filter(
        page=page.pk, status=RequestStatus.PUBLISHED
    )
    request = published.select_related("site").first()
    if request is None:
        return
    holders = Appointment.objects.in_force().filter(
        site=request.site, role=Role.WEBMASTER
    )
    users = get_user_model().objects.filter(pk__in=holders.values("user"))
    write_letters(
        request.site,
        users.select_related("wagtail_userprofile"),
        lambda: _letter(request, rating),
        request=request,
    )


def _letter(request: PublicationRequest, rating: Rating) -> Letter:
    subject = _("Please verify, rated low: request %(code)s") % {"code": request.code}
    body = _(
        "Visitors rate “%(title)s” low: %(mean)s out of 5, %(n)s ratings.\n"
        "Please check whether it is accurate, complete and current:\n%(address)s"
    ) % {
        "title": request.topic,
        "mean": rating.mean,
        "n": rating.n,
        "address": review_address(request),
    }
    return Letter(subject, body)
