from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.models import Site

from govpub.jobs import RecurringJob
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.periods import PeriodRule
from govpub.roles import Role
from govpub.upkeep import admin_urls
from govpub.upkeep.jobs import period_job
from govpub.upkeep.low_ratings import ask_to_verify
from govpub.upkeep.models import RetentionRule
from govpub.upkeep.tables import RetentionTable


@hooks.register("register_govpub_job")
def register_period_job() -> RecurringJob:
    return period_job()


@hooks.register("register_govpub_period_rule")
def period_rule(site: Site, category: str, kind: str) -> PeriodRule | None:
    row = RetentionRule.objects.covering(site, category, kind)
    return row.rule if row else None


@hooks.register("register_admin_viewset")
def register_retention_table() -> RetentionTable:
    return RetentionTable("govpub_retention")


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("govpub/upkeep/", include(admin_urls))]


@hooks.register("register_govpub_request_action")
def offer_upkeep(user: User, request: PublicationRequest) -> list[dict[str, str]]:
    published = request.status == RequestStatus.PUBLISHED
    if not published or not Appointment.objects.of(user, Role.WEBMASTER, request.site):
        return []
    return [
        {
            "url": reverse("govpub_upkeep_admin:verify", args=[request.pk]),
            "label": _("Accurate, complete and current?"),
        },
        {
            "url": reverse("govpub_upkeep_admin:take_down", args=[request.pk]),
            "label": _("Take down from the website"),
        },
    ]


hooks.register("register_govpub_low_rating", ask_to_verify)
