from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, Site

from govpub.jobs import RecurringJob
from govpub.publishing.periods import PeriodRule
from govpub.upkeep import admin_urls, endings, warnings
from govpub.upkeep.appear import put_up_if_due
from govpub.upkeep.health import UpkeepPanel, scheduler_banner
from govpub.upkeep.jobs import period_job
from govpub.upkeep.low_ratings import ask_to_verify
from govpub.upkeep.models import RetentionRule
from govpub.upkeep.offers import offer_upkeep
from govpub.upkeep.public import after_the_end
from govpub.upkeep.reminders import reminders_job
from govpub.upkeep.tables import AssessmentTable, RetentionTable, RulesTable


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


@hooks.register("register_admin_viewset")
def register_assessment_dates() -> AssessmentTable:
    return AssessmentTable("govpub_assessments")


@hooks.register("register_admin_viewset")
def register_rules() -> RulesTable:
    return RulesTable("govpub_after_the_end")


# Before the procedure's own hook, which knows only "not found".
@hooks.register("before_serve_page", order=-200)
def say_that_it_ended(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponseBase | None:
    if fresh := put_up_if_due(page):
        return fresh.serve(request, *args, **kwargs)
    return after_the_end(page, request)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_officer(request: HttpRequest, page: Page) -> None:
    warnings.warn_who_proposed(request, page)


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(UpkeepPanel())


@hooks.register("register_admin_menu_item")
def register_queue_menu_item() -> MenuItem:
    return MenuItem(
        _("To be verified"),
        reverse("govpub_upkeep_admin:queue"),
        name="govpub-verify",
        icon_name="check",
        order=55,
    )


hooks.register("register_govpub_job", reminders_job)
hooks.register("register_govpub_admin_notice", scheduler_banner)
hooks.register("register_govpub_file_exception", endings.is_kept_as_evidence)
hooks.register("register_govpub_review_notice", warnings.warn_who_decides)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("govpub/upkeep/", include(admin_urls))]


hooks.register("register_govpub_low_rating", ask_to_verify)
hooks.register("register_govpub_request_action", offer_upkeep)
