"""What is due to be verified, by whom, and how well the office keeps up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wagtail.models import Site

from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role
from govpub.upkeep.models import Verification
from govpub.upkeep.people import responsible_for

AHEAD = timedelta(days=30)


def due_at(
    sites: Iterable[Site] | QuerySet[Site], ahead: timedelta = AHEAD
) -> QuerySet[PublicationRequest]:
    """What is on the websites and has to be verified soon, the longest due first."""
    day = timezone.localdate() + ahead
    return (
        PublicationRequest.objects.filter(
            site__in=sites, status=RequestStatus.PUBLISHED, verify_by__lte=day
        )
        .select_related("page", "site", "officer")
        .order_by("verify_by", "pk")
    )


def due_for(user: User) -> list[PublicationRequest]:
    """The person's queue: a Web Master's whole office, an officer's own items."""
    held = Appointment.objects.in_force().filter(user=user)
    kept = held.filter(role=Role.WEBMASTER).values("site")
    offices = held.filter(role=Role.OFFICER).values("site")
    due = due_at(Site.objects.filter(Q(pk__in=kept) | Q(pk__in=offices)))
    whole = set(held.filter(role=Role.WEBMASTER).values_list("site", flat=True))
    return [
        request
        for request in due
        if request.site_id in whole
        or any(person.pk == user.pk for person in responsible_for(request))
    ]


def is_overdue(request: PublicationRequest) -> bool:
    """Whether it should have been verified before today."""
    return request.verify_by is not None and request.verify_by < timezone.localdate()


@dataclass(frozen=True)
class Share:
    """How many verifications of a category came in time."""

    section: str
    in_time: int
    late: int
    overdue: int

    @property
    def percent(self) -> int | None:
        """Of all that were due, in time; what is overdue now counts as late."""
        whole = self.in_time + self.late + self.overdue
        return round(100 * self.in_time / whole) if whole else None


def shares(sites: QuerySet[Site], since: date) -> list[Share]:
    """The share verified in time since a day, by category."""
    found: dict[str, list[int]] = {}
    done = Verification.objects.filter(
        request__site__in=sites, day__gte=since, due_on__isnull=False
    )
    counted = {
        0: done.filter(day__lte=F("due_on")).values_list("request__section", flat=True),
        1: done.filter(day__gt=F("due_on")).values_list("request__section", flat=True),
        2: due_at(sites, timedelta(days=-1)).values_list("section", flat=True),
    }
    for index, sections in counted.items():
        for section in sections:
            found.setdefault(section, [0, 0, 0])[index] += 1
    return [Share(section, *numbers) for section, numbers in sorted(found.items())]
