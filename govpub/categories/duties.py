"""The responsibility table from year to year, and who looks after it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Max, QuerySet

from wagtail.models import Site

from govpub.categories.models import Responsibility
from govpub.publishing.models import Appointment
from govpub.roles import Role
from govpub.thai.dates import FiscalYear


def offices_in_care_of(user: User | AnonymousUser) -> QuerySet[Site]:
    """The offices whose table the person may edit: the Web Master's own, or all."""
    if user.is_superuser:
        return Site.objects.all()
    appointments = Appointment.objects.in_force().filter(
        user=user.pk, role=Role.WEBMASTER
    )
    return Site.objects.filter(pk__in=appointments.values("site"))


@transaction.atomic
def roll_over(site: Site) -> int:
    """Copy the newest table to the year after it, at most to the next fiscal year.

    Rows the new year has already stay; the old year stays as it was. Returns how many
    rows were copied.
    """
    rows = Responsibility.objects.filter(site=site)
    newest = rows.filter(fiscal_year__lte=FiscalYear.current().be).aggregate(
        year=Max("fiscal_year")
    )["year"]
    if newest is None:
        return 0
    current = FiscalYear.current().be
    target = current if newest < current else current + 1
    present = set(rows.filter(fiscal_year=target).values_list("category", flat=True))
    copies = [
        Responsibility(
            site=site,
            fiscal_year=target,
            category=row.category,
            procedure=row.procedure,
            responsible=row.responsible,
            inspector=row.inspector,
        )
        for row in rows.filter(fiscal_year=newest)
        if row.category not in present
    ]
    return len(Responsibility.objects.bulk_create(copies))
