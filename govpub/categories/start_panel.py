"""The way in for an officer: which kind of information shall be proposed?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from govpub.categories.enums import Category
from govpub.categories.models import CategoryPage, TopicPage
from govpub.publishing.models import Appointment
from govpub.roles import Role


class StartPanel(Component):
    """On the dashboard of those who may propose: the categories, one click each."""

    name = "govpub_start"
    template_name = "govpub/categories/admin/start_panel.html"
    order = 20

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"categories": categories_open_to(parent_context["request"].user)}


def categories_open_to(user: User) -> list[dict[str, Any]]:
    """The categories of the person's offices in which information can be proposed.

    The first category is divided into topics; information is added to a topic.
    """
    found = []
    for front in _front_pages(user):
        pages = CategoryPage.objects.child_of(front).order_by("number")
        topics = list(TopicPage.objects.descendant_of(front).order_by("path"))
        for page in pages.exclude(number=Category.STATISTICS):
            below = [topic for topic in topics if topic.path.startswith(page.path)]
            found.append({"page": page, "topics": below})
    return found


def _front_pages(user: User) -> list[Page]:
    may_propose = Appointment.objects.in_force().filter(
        user=user.pk, role__in=[Role.OFFICER, Role.WEBMASTER]
    )
    fronts = may_propose.values("site__root_page")
    return list(Page.objects.filter(pk__in=fronts).order_by("path"))
