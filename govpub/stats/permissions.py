"""Who of the office reads the full statistics, and of which offices.

Whoever may view or change an office's statistics settings. Both are given per site, in
Wagtail's own form for groups; given without a site they hold for every office.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wagtail.contrib.settings.forms import SitePermissionForm
from wagtail.models import Site
from wagtail.permissions import policy_registry

from .models import StatisticsSettings

VIEW = "view_statisticssettings"


def view_permission() -> QuerySet[Permission]:
    """What an administrator may give to a group for every office."""
    return Permission.objects.filter(
        content_type__app_label="govpub_stats", codename=VIEW
    )


def readable_sites(user: Any) -> QuerySet[Site]:
    """The offices whose full statistics somebody may read."""
    policy = policy_registry.get_by_type(StatisticsSettings)
    sites = policy.sites_user_has_any_permission_for(user, ["view", "change"])
    return sites.select_related("root_page").order_by("hostname", "port")


def may_read(user: Any) -> bool:
    policy = policy_registry.get_by_type(StatisticsSettings)
    return policy.user_has_any_permission(user, ["view", "change"])


class ReadersForm(SitePermissionForm):
    """The offices whose statistics a group may read, in the form of the group."""

    settings_model = StatisticsSettings
    icon = "view"

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = kwargs.get("prefix") or "govpub_stats_readers"
        super().__init__(*args, instance=instance, **kwargs)
        # Wagtail's form is about changing; this one is about reading.
        self.permission = view_permission().get()
        if instance and instance.pk is not None:
            given = self.get_existing_permissions().select_related("site")
            self.initial["sites"] = [found.site for found in given]

    def as_admin_panel(self) -> str:
        return render_to_string(
            self.template_name,
            {
                "heading": _("Reading the visitor statistics"),
                "form": self,
                "panel_id": "govpub-stats-readers",
            },
        )
