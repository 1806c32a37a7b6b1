"""The third duty of the procedure: keep it right, and take it down when it is over."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from govpub.publishing import procedure, rules
from govpub.publishing.acts import record_act
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import AlreadyDecided
from govpub.publishing.models import PublicationRequest
from govpub.roles import Role


@transaction.atomic
def verify(
    request: PublicationRequest, *, by: User, words: str = ""
) -> PublicationRequest:
    """The Web Master found it accurate, complete and current today."""
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    webmaster = rules.require_role(by, (Role.WEBMASTER,), fresh.site)
    if fresh.status != RequestStatus.PUBLISHED:
        raise AlreadyDecided(_("This information is not on the website."))
    fresh.verified_at = timezone.now()
    fresh.save(update_fields=["verified_at"])
    record_act(
        fresh.current_round,
        Step.KEEP,
        Outcome.VERIFIED,
        webmaster,
        words,
        since=request.verified_at or request.published_at,
    )
    return fresh


def take_down_now(
    request: PublicationRequest, *, by: User, words: str
) -> PublicationRequest:
    """The Web Master takes it down before its period ends, and says why."""
    rules.require_role(by, (Role.WEBMASTER,), request.site)
    rules.require_reasons(words)
    return procedure.take_down(request, by=by, words=words)
