from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page, PageQuerySet

from govpub.publishing import serving, urls
from govpub.publishing.action_menu import edited_model, offer_only_the_procedure
from govpub.publishing.elsewhere import offer_elsewhere
from govpub.publishing.guards import is_controlled
from govpub.publishing.moderation_panels import leave_out_ours
from govpub.publishing.outbox import outbox_job
from govpub.publishing.outbox_viewset import OutboxViewSet
from govpub.publishing.panels import NoticesPanel, WaitingPanel
from govpub.publishing.personal_data_guard import notice_personal_data
from govpub.publishing.reminders import reminder_job
from govpub.publishing.urgent import lapse_job
from govpub.publishing.views.times import TimesMenuItem
from govpub.publishing.views.urgent import flag_unconfirmed, offer_urgent
from govpub.publishing.viewsets import (
    AppointmentViewSet,
    HolidayTable,
    ProcedureStepTable,
)
from govpub.publishing.wagtail_reports import leave_out


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("govpub/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_requests_menu_item() -> MenuItem:
    return MenuItem(
        _("Publication requests"),
        reverse("govpub_publishing:index"),
        name="govpub-requests",
        icon_name="clipboard-list",
        order=50,
    )


@hooks.register("register_admin_menu_item")
def register_notices_menu_item() -> MenuItem:
    return MenuItem(
        _("Notices"),
        reverse("govpub_publishing:notices"),
        name="govpub-notices",
        icon_name="mail",
        order=55,
    )


@hooks.register("register_reports_menu_item")
def register_times_menu_item() -> MenuItem:
    return TimesMenuItem(
        _("Times of the procedure"),
        reverse("govpub_publishing:times"),
        name="govpub-times",
        icon_name="time",
        order=90,
    )


@hooks.register("register_admin_viewset")
def register_appointments() -> ModelViewSet:
    return AppointmentViewSet("govpub_appointments")


@hooks.register("register_admin_viewset")
def register_procedure_steps() -> ModelViewSet:
    return ProcedureStepTable("govpub_steps")


@hooks.register("register_admin_viewset")
def register_holidays() -> ModelViewSet:
    return HolidayTable("govpub_holidays")


@hooks.register("register_admin_viewset")
def register_outbox() -> ModelViewSet:
    return OutboxViewSet("govpub_outbox")


hooks.register("construct_reports_menu", leave_out)
hooks.register("register_govpub_job", outbox_job)
hooks.register("register_govpub_job", lapse_job)
hooks.register("register_govpub_job", reminder_job)
hooks.register("register_govpub_request_action", offer_elsewhere)
hooks.register("register_govpub_request_action", offer_urgent)
hooks.register("register_govpub_review_notice", flag_unconfirmed)
hooks.register("register_govpub_review_notice", notice_personal_data)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    leave_out_ours(panels)
    panels += [WaitingPanel(), NoticesPanel()]


@hooks.register("construct_page_action_menu", order=100)
def offer_the_procedure(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    if is_controlled(edited_model(request, context.get("page"))):
        offer_only_the_procedure(menu_items)


@hooks.register("before_serve_page", order=-100)
def serve_only_public_pages(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> None:
    serving.refuse_what_is_not_public(page, request)


@hooks.register("before_serve_document", order=-100)
def serve_only_public_documents(document: Any, request: HttpRequest) -> None:
    serving.refuse_private_file(document, request)


@hooks.register("register_govpub_listed_pages")
def name_only_public_pages(pages: PageQuerySet) -> PageQuerySet:
    return serving.only_public(pages)


@hooks.register("register_govpub_listed_documents")
def name_only_public_documents(documents: QuerySet) -> QuerySet:
    return serving.only_public_files(documents)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', static("govpub/css/admin.css")
    )
