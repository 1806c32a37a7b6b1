from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site

from govpub.categories.enums import Category
from govpub.categories.models import FrontPageMixin, ItemPage
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


class PolicyPage(ItemPage):  # type: ignore[django-manager-missing]
    """The office's own wording of one of its website's policies.

    Like everything the public reads it goes through the procedure; until it has, the
    wording that comes with the software is shown.
    """

    category = Category.GENERAL
    may_have_no_end = True
    is_creatable = (
        False  # only from the list of policies, with the wording to start from
    )
    parent_page_types = ["home.HomePage"]

    class Meta:
        verbose_name = _("policy of the website")
        verbose_name_plural = _("policies of the website")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        return isinstance(parent.specific, HomePage)

    @staticmethod
    def slug_of(policy: str) -> str:
        """The address of an office's own wording below its home page."""
        return f"policy-{policy}"

    @classmethod
    def of(cls, site: Site, policy: str) -> PolicyPage | None:
        """The office's own wording, draft or public, if there is one."""
        pages = cls.objects.child_of(site.root_page)
        return pages.filter(slug=cls.slug_of(policy)).first()


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
        if page is None or not getattr(page, "is_public", False):
            return None
        return page.in_language(get_language())
