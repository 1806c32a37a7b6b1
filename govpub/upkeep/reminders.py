"""One mail a day at most: what ends soon, what is to be verified, what is to correct.

A person is written to when something comes 30, 7 or 1 days near, and then every day
while something is overdue; the mail lists everything that is not dealt with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import Site

from govpub.jobs import RecurringJob
from govpub.publishing.enums import RequestStatus
from govpub.publishing.letters import Letter, write_letters
from govpub.publishing.models import PublicationRequest
from govpub.upkeep.models import Correction, Digest, Extension, ExtensionStatus
from govpub.upkeep.people import responsible_for, webmasters
from govpub.upkeep.queue import due_at

NEAR = (30, 7, 1)
# On the office's clock; nobody reads mails of the night.
FIRST_HOUR = 7


@dataclass
class Duties:
    """What one person has to see to at one office."""

    ending: list[PublicationRequest] = field(default_factory=list)
    verifying: list[PublicationRequest] = field(default_factory=list)
    correcting: list[Correction] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ending or self.verifying or self.correcting)

    def is_news(self, today: date, last: date | None) -> bool:
        """Whether something came nearer, or is overdue, since the last mail."""
        days = [request.publish_until for request in self.ending]
        days += [request.verify_by for request in self.verifying]
        overdue = any(day is not None and day < today for day in days)
        near = any(_came_near(day, today, last) for day in days if day is not None)
        return overdue or near or bool(self.correcting)


def _came_near(day: date, today: date, last: date | None) -> bool:
    """Whether ``day`` passed one of the marks after the mail of ``last``."""
    return any(
        (day - today).days <= mark and (last is None or (day - last).days > mark)
        for mark in NEAR
    )


def reminders_job() -> RecurringJob:
    return RecurringJob("govpub.upkeep.reminders", timedelta(hours=1), remind)


def remind() -> str:
    """Write today's mails that were not written yet; says how many."""
    if timezone.localtime().hour < FIRST_HOUR:
        return ""
    written = 0
    for site in Site.objects.order_by("pk"):
        for user, duties in _duties(site):
            written += _remind(site, user, duties)
    return _("reminders: %(count)s") % {"count": written} if written else ""


def _duties(site: Site) -> Iterable[tuple[User, Duties]]:
    """Who has to see to what: those responsible to theirs, Web Masters to all."""
    found: dict[User, Duties] = {}
    keepers = list(webmasters(site))

    def people(request: PublicationRequest) -> set[User]:
        return {*responsible_for(request), *keepers}

    for request in _ending(site):
        for user in people(request):
            found.setdefault(user, Duties()).ending.append(request)
    for request in due_at([site]):
        for user in people(request):
            found.setdefault(user, Duties()).verifying.append(request)
    open_ = Correction.objects.filter(request__site=site, closed_at=None)
    for correction in open_.select_related("request", "verification"):
        for user in people(correction.request):
            found.setdefault(user, Duties()).correcting.append(correction)
    return found.items()


def _ending(site: Site) -> list[PublicationRequest]:
    """What ends within 30 days, and nobody has done anything about it."""
    today = timezone.localdate()
    requests = PublicationRequest.objects.filter(
        site=site,
        status=RequestStatus.PUBLISHED,
        publish_until__range=(today, today + timedelta(days=NEAR[0])),
    )
    asked = Extension.objects.filter(status=ExtensionStatus.ASKED)
    newer = PublicationRequest.objects.open()
    return list(
        requests.exclude(pk__in=asked.values("request"))
        .exclude(page__in=newer.values("page"))
        .order_by("publish_until", "pk")
    )


@transaction.atomic
def _remind(site: Site, user: User, duties: Duties) -> int:
    today = timezone.localdate()
    before = Digest.objects.filter(site=site, user=user).order_by("-day").first()
    if not duties.is_news(today, before.day if before else None):
        return 0
    _digest, is_new = Digest.objects.get_or_create(site=site, user=user, day=today)
    if not is_new:
        return 0
    write_letters(site, [user], lambda: _letter(duties, today))
    return 1


def _letter(duties: Duties, today: date) -> Letter:
    count = len(duties.ending) + len(duties.verifying) + len(duties.correcting)
    subject = ngettext(
        "%(n)s item on the website needs your attention",
        "%(n)s items on the website need your attention",
        count,
    ) % {"n": count}
    context = {
        "duties": duties,
        "today": today,
        "address": settings.WAGTAILADMIN_BASE_URL
        + reverse("govpub_upkeep_admin:queue"),
    }
    return Letter(subject, render_to_string("govpub/upkeep/mail/digest.txt", context))
