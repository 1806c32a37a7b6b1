"""What the admin's own screens of the survey have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Site

from govpub.survey.permissions import MANAGE, office_of, offices_of, works_somewhere


class DeskMenuItem(MenuItem):
    """Shown to those who may read the survey of some office."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_somewhere(request.user)


class DeskViewSet(ViewSet):
    """A screen of the survey with its place in the menu."""

    menu_item_class = DeskMenuItem


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A screen for the survey of one office; 403 for people who may read none."""

    site: Site
    icon = ""
    may_manage = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.site = office_of(request)
        managed = offices_of(request.user, MANAGE)
        self.may_manage = managed.filter(pk=self.site.pk).exists()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def breadcrumbs(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return self.breadcrumbs

    def get_header_icon(self) -> str:
        return self.icon
