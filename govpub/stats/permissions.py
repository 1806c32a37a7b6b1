"""Who of the office reads the full statistics, and of which offices."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from wagtail.models import Site
from wagtail.permission_policies.pages import PagePermissionPolicy

VIEW = "govpub_stats.view_subject"


def statistics_permissions() -> QuerySet[Permission]:
    """What an administrator may give to a group."""
    return Permission.objects.filter(
        content_type__app_label="govpub_stats",
        codename__in=["view_subject", "change_statisticssettings"],
    )


def may_read(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(VIEW))


def readable_sites(user: Any) -> list[Site]:
    """The offices whose pages somebody works on, if statistics are open to them."""
    if not may_read(user):
        return []
    sites = Site.objects.select_related("root_page").order_by("hostname", "port")
    if user.is_superuser:
        return list(sites)
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(
        user, {"add", "change", "publish"}
    )
    return [
        site
        for site in sites
        if pages.descendant_of(site.root_page, inclusive=True).exists()
    ]
