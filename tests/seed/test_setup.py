"""``govpub_setup``: makes what is missing, leaves what people changed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from wagtail.models import GroupPagePermission, GroupSitePermission, Page, Workflow

from govpub.categories.models import CategoryPage, SearchText, TopicPage
from govpub.publishing.models import (
    Appointment,
    HeadApprovalTask,
    OfficeSettings,
    ProcedureStep,
    RoleGroup,
)
from govpub.roles import Role
from govpub.seed.run import set_up
from tests.drafts import published_news

pytestmark = pytest.mark.django_db
COUNTED = (
    CategoryPage,
    Group,
    GroupPagePermission,
    HeadApprovalTask,
    Page,
    ProcedureStep,
    RoleGroup,
    TopicPage,
    Workflow,
)


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_makes_the_tree_of_the_announcement(office, client):
    slugs = [
        "general",
        "laws",
        "knowledge",
        "links",
        "official-information",
        "work-manuals",
        "service-manuals",
        "news",
        "statistics",
    ]
    front = Page.objects.get(pk=office.root_page_id)
    pages = CategoryPage.objects.child_of(front).order_by("number")
    assert [page.slug for page in pages] == slugs
    assert TopicPage.objects.child_of(pages[0]).count() == 10
    for slug in slugs:
        assert client.get(f"/{slug}/").status_code == 200


def test_running_it_again_changes_nothing(office):
    before = counts()
    set_up(office)
    assert counts() == before


def test_never_overwrites_what_people_changed(office):
    OfficeSettings.objects.filter(site=office).update(name="ชื่อใหม่")
    ProcedureStep.objects.filter(site=office, step="propose").update(target_minutes=15)
    page = CategoryPage.objects.filter(number=2).first()
    CategoryPage.objects.filter(pk=page.pk).update(title="กฎหมาย")
    group = RoleGroup.objects.get(site=office, role=Role.OFFICER).group
    group.permissions.clear()
    group.name = "เจ้าหน้าที่ทุกคน"
    group.save()
    set_up(office)
    assert OfficeSettings.objects.get(site=office).name == "ชื่อใหม่"
    assert ProcedureStep.objects.get(site=office, step="propose").target_minutes == 15
    assert CategoryPage.objects.get(pk=page.pk).title == "กฎหมาย"
    group.refresh_from_db()
    assert group.name == "เจ้าหน้าที่ทุกคน"
    assert not group.permissions.exists()


def held(group):
    """Everything the group may do, whatever it is given on."""
    return {
        *group.permissions.values_list("codename", flat=True),
        *group.page_permissions.values_list("permission__codename", flat=True),
        *group.collection_permissions.values_list("permission__codename", flat=True),
        *GroupSitePermission.objects.filter(group=group).values_list(
            "permission__codename", flat=True
        ),
    }


def test_an_earlier_installation_gets_the_rights_that_are_new(office, capsys):
    """Its groups were made before the survey and the statistics had rights."""
    row = RoleGroup.objects.get(site=office, role=Role.WEBMASTER)
    complete = held(row.group)
    newer = {"change_surveysettings", "view_statisticssettings"}
    GroupSitePermission.objects.filter(
        group=row.group, permission__codename__in=newer
    ).delete()
    RoleGroup.objects.update(given=[])
    # People had given it something, and taken nothing away.
    own = Permission.objects.get(codename="add_user")
    row.group.permissions.add(own)
    call_command("govpub_setup", site=office.hostname)
    assert held(row.group) == complete | {"add_user"}
    told = [
        line for line in capsys.readouterr().out.splitlines() if str(row.group) in line
    ]
    assert len(told) == 1  # and the other groups had everything
    call_command("govpub_setup", site=office.hostname)
    assert str(row.group) not in capsys.readouterr().out


def test_a_right_that_was_taken_away_is_not_given_again(office):
    row = RoleGroup.objects.get(site=office, role=Role.OFFICER)
    row.group.page_permissions.all().delete()
    GroupSitePermission.objects.filter(group=row.group).delete()
    left = held(row.group)
    set_up(office)
    assert held(row.group) == left


def test_what_the_search_has_not_read_is_read(office, people, capsys):
    page = published_news(office, people, title="ตรวจสุขภาพ")
    SearchText.objects.all().delete()
    call_command("govpub_setup", site=office.hostname)
    assert SearchText.objects.get().item_id == page.pk
    assert ": 1" in capsys.readouterr().out
    call_command("govpub_setup", site=office.hostname)
    assert ": 1" not in capsys.readouterr().out


def test_no_role_may_publish(office, second_office):
    publish = Permission.objects.filter(codename="publish_page")
    groups = [row.group for row in RoleGroup.objects.select_related("group")]
    assert len(groups) == 8
    assert not GroupPagePermission.objects.filter(
        group__in=groups, permission__in=publish
    ).exists()


def test_a_site_with_content_keeps_its_front_page(bare_site):
    front = bare_site.root_page
    front.add_child(instance=Page(title="เดิม", slug="old"))
    set_up(bare_site)
    bare_site.refresh_from_db()
    assert bare_site.root_page_id == front.pk
    assert Page.objects.get(pk=front.pk).get_children().count() == 10


def test_command_sets_up_one_named_site(bare_site, capsys):
    call_command("govpub_setup", site="bare.example")
    assert RoleGroup.objects.filter(site=bare_site).count() == 4
    with pytest.raises(CommandError):
        call_command("govpub_setup", site="nowhere.example")


def test_groups_follow_appointments(office, people):
    group = RoleGroup.objects.get(site=office, role=Role.HEAD).group
    assert people.head in group.user_set.all()
    for appointment in Appointment.objects.filter(user=people.head):
        appointment.delete()
    assert people.head not in group.user_set.all()
