from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from govpub.categories import admin
from govpub.categories.findings import dead_links
from govpub.categories.link_checks import link_job
from govpub.categories.link_report import BrokenLinksReport, menu_item
from govpub.categories.retention import retention_kinds
from govpub.categories.start_panel import StartPanel
from govpub.categories.translation_views import TranslateView, offer_translation

admin.register()
hooks.register("register_govpub_retention_kinds", retention_kinds)


@hooks.register("register_admin_urls")
def register_roll_over() -> list[URLPattern]:
    address = "govpub/responsibilities/roll-over/"
    return [path(address, admin.roll_over_view, name="govpub_roll_over")]


@hooks.register("construct_homepage_panels")
def add_start_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(StartPanel())


@hooks.register("register_admin_urls")
def register_broken_links() -> list[URLPattern]:
    view = BrokenLinksReport
    return [
        path("reports/govpub-links/", view.as_view(), name=view.index_url_name),
        path(
            "reports/govpub-links/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_admin_urls")
def register_translate() -> list[URLPattern]:
    address = "govpub/translate/<int:pk>/<slug:language>/"
    return [path(address, TranslateView.as_view(), name="govpub_translate")]


@hooks.register("register_page_header_buttons")
def add_translate_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    return offer_translation(page, user)


@hooks.register("register_page_listing_more_buttons")
def add_translate_button_in_lists(
    page: Page, user: User, next_url: str | None = None
) -> Iterator[Button]:
    return offer_translation(page, user)


hooks.register("register_reports_menu_item", menu_item)
hooks.register("register_govpub_job", link_job)
hooks.register("register_govpub_findings", dead_links)
