from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site

from govpub.categories.models import FrontPageMixin
from govpub.publishing.models import StructuralPageMixin
from govpub.stats.queries import headline
from home.content import latest_news, satisfaction


class HomePage(FrontPageMixin, StructuralPageMixin, Page):  # type: ignore[django-manager-missing]
    """The front door of one office's site: it carries no text of its own.

    All it shows was approved elsewhere, so nothing can be published around the
    procedure by editing this page.
    """

    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add what the front page lists: news, banner, survey and counter."""
        context = super().get_context(request, *args, **kwargs)
        site = Site.find_for_request(request)
        context["search_in_hero"] = True
        context["news"] = latest_news(site)
        context["banner"] = HomeSettings.for_site(site).public_banner()
        context["satisfaction"] = satisfaction(site)
        context["visits"] = headline(site)
        return context


@register_setting(icon="home", order=20)
class HomeSettings(BaseSiteSetting):
    """Which approved page an office shows in the banner of its home page."""

    banner = models.ForeignKey(
        Page,
        verbose_name=_("integrity banner"),
        help_text=_("A page that is public, such as the No Gift Policy of the office."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [PageChooserPanel("banner")]

    class Meta:
        verbose_name = _("home page settings")
        verbose_name_plural = _("home page settings")

    def public_banner(self) -> Page | None:
        """The chosen page while citizens may see it; a draft never shows here."""
        page = self.banner.specific if self.banner else None
        return page if getattr(page, "is_public", False) else None
