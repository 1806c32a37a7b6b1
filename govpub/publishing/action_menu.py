from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.models import Page

# What Wagtail would offer, and the procedure does not know.
FOREIGN = frozenset(
    {
        "action-publish",
        "action-unpublish",
        "action-schedule",
        "action-cancel-workflow",
        "action-restart-workflow",
    }
)


class ProposeMenuItem(SubmitForModerationMenuItem):
    """Saves the draft and proposes it: step 1 of the procedure."""

    order = 0
    icon_name = "upload"

    def get_context_data(
        self, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        context["label"] = _("Propose for publication")
        return context


def edited_model(request: HttpRequest, page: Page | None) -> type[Page] | None:
    """The class of the page in the editor; a new page is known by the address only."""
    if page is not None:
        return type(page)
    match = request.resolver_match
    names = match.kwargs if match else {}
    try:
        return apps.get_model(
            names["content_type_app_name"], names["content_type_model_name"]
        )
    except (KeyError, LookupError):
        return None


def offer_only_the_procedure(menu_items: list[ActionMenuItem]) -> None:
    """Leave saving, proposing and deleting a draft in the editor's menu."""
    proposes = [item for item in menu_items if item.name == "action-submit"]
    menu_items[:] = [
        item
        for item in menu_items
        if item.name not in FOREIGN and item.name != "action-submit"
    ]
    if proposes:
        menu_items.insert(0, ProposeMenuItem(order=0))
