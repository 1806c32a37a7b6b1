"""What people are warned of while they propose and decide: too short a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import PublicationMixin, PublicationRequest, Round
from govpub.publishing.review_notices import ReviewNotice
from govpub.thai.dates import FiscalYear, thai_date
from govpub.upkeep.models import AssessmentDate


def too_short(request: PublicationRequest, dates: Iterable[AssessmentDate]) -> str:
    """Says that the period ends before the year's assessment; empty if it does not."""
    end = request.publish_until
    if end is None:
        return ""
    begin = request.publish_from or timezone.localdate()
    year = FiscalYear.of(begin).be
    gone_by = [
        date
        for date in dates
        if (date.site_id, date.fiscal_year) == (request.site_id, year)
        and date.day > end
    ]
    missed = max(gone_by, key=lambda date: date.day, default=None)
    if missed is None:
        return ""
    return _(
        "The period ends on %(end)s, before the assessment of the fiscal year on "
        "%(day)s (%(label)s). Assessors will not find it on the website."
    ) % {
        "end": thai_date(end),
        "day": thai_date(missed.day),
        "label": missed.label,
    }


def warn_who_proposed(request: HttpRequest, page: Page) -> None:
    """After the editor was saved: tell the officer while it can still be changed."""
    if not isinstance(page, PublicationMixin) or request.method != "POST":
        return
    proposed = PublicationRequest.objects.filter(
        page=page.pk, status=RequestStatus.PROPOSED
    ).first()
    if proposed and (warning := too_short(proposed, AssessmentDate.objects.all())):
        messages.warning(request, warning)


def warn_who_decides(
    user: User, rounds: Sequence[Round]
) -> dict[int, list[ReviewNotice]]:
    """Above the decision: the same, as long as it is to be decided."""
    found: dict[int, list[ReviewNotice]] = {}
    dates = list(AssessmentDate.objects.all())
    for round_ in rounds:
        request = round_.request
        if request.is_in_review and (warning := too_short(request, dates)):
            found[round_.pk] = [ReviewNotice(warning)]
    return found
