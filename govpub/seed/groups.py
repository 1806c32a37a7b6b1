"""Groups and permissions of the four roles, for one office."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from govpub.publishing.models import OfficeSettings, RoleGroup
from govpub.roles import Role

GROUP_NAMES = {
    Role.OFFICER: "เจ้าหน้าที่ผู้ประสงค์จะเผยแพร่ข้อมูล",
    Role.HEAD: "ผู้อนุมัติ (หัวหน้าหน่วยงาน)",
    Role.WEBMASTER: "เจ้าหน้าที่ผู้รับผิดชอบ (Web Master)",
    Role.INSPECTOR: "ผู้ตรวจสอบ",
}
# Nobody is given "publish": only the procedure publishes.
PAGE_ACTIONS = {
    Role.OFFICER: ("add",),
    Role.WEBMASTER: ("add", "change"),
}
FILE_ACTIONS = {
    Role.OFFICER: ("add", "choose"),
    Role.WEBMASTER: ("add", "change", "choose"),
}
# What an office sets itself; who is appointed to what is for the administrator.
SETTINGS_OF = {
    Role.HEAD: ("proceduresettings",),
    Role.WEBMASTER: ("officesettings", "proceduresettings"),
}
# Officers need only the numbers beside their own pages.
STATISTICS_ACTIONS = {
    Role.HEAD: ("view",),
    Role.WEBMASTER: ("view", "change"),
    Role.INSPECTOR: ("view",),
}
SURVEY_ACTIONS = {
    Role.OFFICER: ("answer",),
    Role.HEAD: ("view",),
    Role.WEBMASTER: ("change",),
    Role.INSPECTOR: ("view",),
}


def ensure_groups(site: Site) -> int:
    """Make the office's groups that do not exist; returns how many were made."""
    made = 0
    for role, name in GROUP_NAMES.items():
        if RoleGroup.objects.filter(site=site, role=role).exists():
            continue
        group = Group.objects.create(name=_free_name(name, site))
        RoleGroup.objects.create(site=site, role=role, group=group)
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        _allow_pages(group, site, PAGE_ACTIONS.get(role, ()))
        _allow_files(group, site, FILE_ACTIONS.get(role, ()))
        for name in SETTINGS_OF.get(role, ()):
            _allow_on_site(group, site, "govpub_publishing", f"change_{name}")
        if apps.is_installed("govpub.survey"):
            from govpub.survey.setup import allow

            allow(group, site, SURVEY_ACTIONS.get(role, ()))
        if apps.is_installed("govpub.stats"):
            for action in STATISTICS_ACTIONS.get(role, ()):
                codename = f"{action}_statisticssettings"
                _allow_on_site(group, site, "govpub_stats", codename)
        made += 1
    return made


def _free_name(name: str, site: Site) -> str:
    if not Group.objects.filter(name=name).exists():
        return name
    return f"{name} – {OfficeSettings.for_site(site).name}"[:140] + f" #{site.pk}"


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _allow_pages(group: Group, site: Site, actions: tuple[str, ...]) -> None:
    for action in actions:
        GroupPagePermission.objects.create(
            group=group,
            page=Page.objects.get(pk=site.root_page_id),
            permission=_permission("wagtailcore", f"{action}_page"),
        )


def _allow_files(group: Group, site: Site, actions: tuple[str, ...]) -> None:
    collection = ensure_collection(site)
    for model in (get_document_model(), get_image_model()):
        for action in actions:
            GroupCollectionPermission.objects.create(
                group=group,
                collection=collection,
                permission=_permission(
                    model._meta.app_label, f"{action}_{model._meta.model_name}"
                ),
            )


def _allow_on_site(group: Group, site: Site, app_label: str, codename: str) -> None:
    GroupSitePermission.objects.create(
        group=group, site=site, permission=_permission(app_label, codename)
    )


def ensure_collection(site: Site) -> Collection:
    """The office's own shelf for documents and pictures."""
    name = (
        f"{OfficeSettings.for_site(site).name or site.hostname}"[:240] + f" #{site.pk}"
    )
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name__endswith=f" #{site.pk}").first()
    return found or root.add_child(name=name)
