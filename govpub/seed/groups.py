"""Groups and permissions of the four roles, for one office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

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


class Scope(StrEnum):
    """On what a right counts: everything, or what belongs to one office."""

    ALL = "all"
    PAGES = "pages"
    FILES = "files"
    OFFICE = "office"


class Right(NamedTuple):
    """A permission that a role has at its office."""

    scope: Scope
    app_label: str
    codename: str

    @property
    def key(self) -> str:
        """Its name in the record of what was given."""
        return f"{self.scope}:{self.app_label}.{self.codename}"

    @property
    def permission(self) -> Permission:
        return Permission.objects.get(
            content_type__app_label=self.app_label, codename=self.codename
        )


def rights_of(role: Role) -> Iterator[Right]:
    """What a role is given, as far as the apps for it are installed."""
    yield Right(Scope.ALL, "wagtailadmin", "access_admin")
    for action in PAGE_ACTIONS.get(role, ()):
        yield Right(Scope.PAGES, "wagtailcore", f"{action}_page")
    for model in (get_document_model(), get_image_model()):
        meta = model._meta
        for action in FILE_ACTIONS.get(role, ()):
            name = f"{action}_{meta.model_name}"
            yield Right(Scope.FILES, meta.app_label, name)
    for name in SETTINGS_OF.get(role, ()):
        yield Right(Scope.OFFICE, "govpub_publishing", f"change_{name}")
    if apps.is_installed("govpub.survey"):
        for action in SURVEY_ACTIONS.get(role, ()):
            yield Right(Scope.OFFICE, "govpub_survey", f"{action}_surveysettings")
    if apps.is_installed("govpub.stats"):
        for action in STATISTICS_ACTIONS.get(role, ()):
            yield Right(Scope.OFFICE, "govpub_stats", f"{action}_statisticssettings")


def ensure_groups(site: Site) -> int:
    """Make the office's groups that do not exist; returns how many were made."""
    made = 0
    for role, name in GROUP_NAMES.items():
        if RoleGroup.objects.filter(site=site, role=role).exists():
            continue
        group = Group.objects.create(name=_free_name(name, site))
        _give(RoleGroup(site=site, role=role, group=group))
        made += 1
    return made


def ensure_rights(site: Site) -> list[str]:
    """Give groups made earlier what set-up never gave them; says what, group by group.

    What people took away from a group was given once, and is not given again.
    """
    lines = []
    for found in RoleGroup.objects.filter(site=site).select_related("group"):
        if names := _give(found):
            lines.append(f"{found.group}: {', '.join(names)}")
    return lines


def _give(role_group: RoleGroup) -> list[str]:
    """Give what was not given yet, and remember it; the names of what is new."""
    fresh = [
        right
        for right in rights_of(Role(role_group.role))
        if right.key not in role_group.given
    ]
    if not fresh:
        return []
    role_group.given = [*role_group.given, *(right.key for right in fresh)]
    role_group.save()
    added = [right for right in fresh if GIVE[right.scope](role_group, right)]
    return [str(right.permission.name) for right in added]


def _free_name(name: str, site: Site) -> str:
    if not Group.objects.filter(name=name).exists():
        return name
    return f"{name} – {OfficeSettings.for_site(site).name}"[:140] + f" #{site.pk}"


def _for_all(to: RoleGroup, right: Right) -> bool:
    held = to.group.permissions.filter(pk=right.permission.pk).exists()
    to.group.permissions.add(right.permission)
    return not held


def _on_pages(to: RoleGroup, right: Right) -> bool:
    page = Page.objects.get(pk=to.site.root_page_id)
    _row, is_new = GroupPagePermission.objects.get_or_create(
        group=to.group, page=page, permission=right.permission
    )
    return is_new


def _on_files(to: RoleGroup, right: Right) -> bool:
    _row, is_new = GroupCollectionPermission.objects.get_or_create(
        group=to.group,
        collection=ensure_collection(to.site),
        permission=right.permission,
    )
    return is_new


def _at_office(to: RoleGroup, right: Right) -> bool:
    _row, is_new = GroupSitePermission.objects.get_or_create(
        group=to.group, site=to.site, permission=right.permission
    )
    return is_new


# Each gives a right, and says whether the group did not have it.
GIVE: dict[Scope, Callable[[RoleGroup, Right], bool]] = {
    Scope.ALL: _for_all,
    Scope.PAGES: _on_pages,
    Scope.FILES: _on_files,
    Scope.OFFICE: _at_office,
}


def ensure_collection(site: Site) -> Collection:
    """The office's own shelf for documents and pictures."""
    name = (
        f"{OfficeSettings.for_site(site).name or site.hostname}"[:240] + f" #{site.pk}"
    )
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name__endswith=f" #{site.pk}").first()
    return found or root.add_child(name=name)
