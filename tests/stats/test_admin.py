"""The numbers in the admin: dashboard, report with XLSX, beside the page editor."""

from __future__ import annotations

import io
import time

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from openpyxl import load_workbook

from wagtail.models import GroupPagePermission, GroupSitePermission, Page

from govpub.stats import collector, names
from govpub.stats.hits import Event, Hit
from govpub.stats.models import Kind, Loss, StatisticsSettings, Subject
from govpub.stats.periods import last_days
from govpub.stats.permissions import readable_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(office):
    return office.root_page.add_child(instance=Page(title="Good news", slug="news"))


@pytest.fixture
def read(person, drain, news):
    """Three views by two people, one of whom came from the ministry."""
    reader = person()
    reader.reads(news.url, HTTP_REFERER="https://moph.go.th/")
    reader.reads(news.url)
    person(address="198.51.100.9").reads(news.url)
    drain()


def staff(office, *, may_read):
    """Somebody who edits the pages of one office only."""
    group = Group.objects.create(name=f"staff {office.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if may_read:
        GroupSitePermission.objects.create(
            group=group,
            site=office,
            permission=Permission.objects.get(codename="view_statisticssettings"),
        )
    GroupPagePermission.objects.create(
        group=group,
        page=office.root_page,
        permission=Permission.objects.get(codename="change_page"),
    )
    user = User.objects.create_user(f"staff{office.pk}", password="x")
    user.groups.add(group)
    return user


def report(client, **query):
    response = client.get(reverse("govpub_statistics_report"), query)
    assert response.status_code == 200
    return response


def test_the_report_lists_everything_that_is_counted(admin_client, read):
    html = report(admin_client).content.decode()
    assert "Good news" in html
    assert "moph.go.th" in html


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"kind": Kind.REFERRER}, "moph.go.th", "Good news"),
        ({"kind": Kind.PAGE}, "Good news", "moph.go.th"),
        ({"q": "good"}, "Good news", "moph.go.th"),
        ({"day_from": "2100-01-01"}, "", "Good news"),
        ({"day_to": "2020-01-01"}, "", "Good news"),
    ],
)
def test_the_report_has_filters(admin_client, read, query, there, not_there):
    html = report(admin_client, **query).content.decode()
    assert there in html
    assert f"<td>{not_there}" not in html.replace("\n", "").replace("  ", "")
    listing = html.split("<tbody>")[-1] if "<tbody>" in html else ""
    assert not_there not in listing


def test_everything_has_the_name_that_people_use(admin_client, office, read):
    Subject.objects.create(site=office, kind=Kind.LANGUAGE, key="xx")
    names = {str(subject) for subject in Subject.objects.all()}
    assert {"คอมพิวเตอร์", "ไทย", "xx"} <= names
    html = report(admin_client, kind=Kind.DEVICE).content.decode()
    row = html.split("<tbody>")[-1]
    assert "คอมพิวเตอร์" in row
    assert "desktop" not in row
    # Of a device only views are counted: no number is better than a wrong one.
    assert "–" in row


def test_a_category_has_the_title_of_its_page(office, drain, monkeypatch):
    news = office.root_page.add_child(instance=Page(title="ข่าว", slug="press"))
    monkeypatch.setattr(
        names, "category_of", lambda page: 8 if page.pk == news.pk else 0
    )
    hit = Hit(int(time.time()), office.pk, Event.VIEW, str(news.pk), category=8)
    collector.get_collector().store.append(hit)
    drain()
    assert str(Subject.objects.get(kind=Kind.CATEGORY, key="8")) == "ข่าว"


def test_the_office_is_named_only_to_those_who_read_several(
    client, people, admin_client, read, office, other_office
):
    office.site_name = "The office itself"
    office.save()
    client.force_login(people.head)
    listing = report(client).content.decode().split("<tbody>")[-1]
    assert "The office itself" not in listing
    listing = report(admin_client).content.decode().split("<tbody>")[-1]
    assert "The office itself" in listing


def test_days_are_added_up_within_the_filter_only(admin_client, read):
    day = last_days(1).first.isoformat()
    response = report(admin_client, day_from=day, day_to=day, kind=Kind.PAGE)
    (subject,) = response.context["object_list"]
    assert (subject.views, subject.visitors) == (3, 2)


def test_bad_filters_are_no_error(admin_client, read):
    report(admin_client, day_from="soon", kind="nonsense", site="x", p="y")


@pytest.mark.parametrize("order", ["views", "-visitors", "kind", "-site", "nonsense"])
def test_the_report_is_sorted(admin_client, read, order):
    report(admin_client, ordering=order)


def test_the_report_is_a_spreadsheet_too(admin_client, read):
    response = report(admin_client, export="xlsx", kind=Kind.PAGE)
    content = b"".join(response.streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert len(rows) == 2
    assert rows[1][0] == "Good news"
    assert rows[1][-2:] == (3, 2)


def test_the_report_is_for_those_who_may(client, office, read):
    client.force_login(staff(office, may_read=False))
    response = client.get(reverse("govpub_statistics_report"))
    assert response.status_code == 302
    assert b"govpub-statistics" not in client.get("/admin/").content


def test_whoever_reads_one_office_does_not_read_another(
    client, office, other_office, read
):
    assert list(readable_sites(staff(office, may_read=True))) == [office]
    stranger = staff(other_office, may_read=True)
    assert list(readable_sites(stranger)) == [other_office]
    client.force_login(stranger)
    assert "Good news" not in report(client).content.decode()
    html = report(client, site=office.pk).content.decode()
    assert "Good news" not in html
    response = report(client, export="xlsx", site=office.pk)
    content = b"".join(response.streaming_content)
    assert len(list(load_workbook(io.BytesIO(content)).active.values)) <= 1


@pytest.mark.parametrize("name", ["head", "webmaster", "inspector"])
def test_head_webmaster_and_inspector_read_their_own_office(
    client, people, name, read, other_office, person, drain
):
    other = other_office.root_page.add_child(
        instance=Page(title="Their own business", slug="business")
    )
    person(HTTP_HOST="other.example").reads(
        other.url.replace("http://other.example", "")
    )
    drain()
    client.force_login(getattr(people, name))
    html = report(client).content.decode()
    assert "Good news" in html
    assert "Their own business" not in html
    assert "Their own business" not in (
        report(client, site=other_office.pk).content.decode()
    )
    response = report(client, export="xlsx")
    content = b"".join(response.streaming_content)
    names = [row[0] for row in load_workbook(io.BytesIO(content)).active.values]
    assert "Good news" in names
    assert "Their own business" not in names
    dashboard = client.get("/admin/").content.decode()
    assert reverse("govpub_statistics_report") in dashboard
    panel = dashboard.split("govpub-statistics")[-1]
    assert "<td>3</td>" in panel
    assert "Other office" not in panel
    client.force_login(people.superuser)
    assert "Their own business" in report(client).content.decode()
    assert "Other office" in client.get("/admin/").content.decode()


def test_an_officer_reads_no_report(client, people, read):
    client.force_login(people.officer)
    assert client.get(reverse("govpub_statistics_report")).status_code == 302
    assert reverse("govpub_statistics_report") not in (
        client.get("/admin/").content.decode()
    )


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("officer", False),
        ("head", False),
        ("inspector", False),
        ("webmaster", True),
    ],
)
def test_only_the_webmaster_takes_the_old_counter_over(
    client, people, name, may, office, other_office
):
    client.force_login(getattr(people, name))
    for site, allowed in ((office, may), (other_office, False)):
        url = reverse(
            "wagtailsettings:edit",
            args=["govpub_stats", "statisticssettings", site.pk],
        )
        client.post(url, {"opening_views": "500", "opening_visitors": "0"})
        views = StatisticsSettings.for_site(site).opening_views
        assert views == (500 if allowed else 0)


def test_the_form_of_a_group_says_whose_statistics_it_reads(
    admin_client, office, other_office
):
    group = Group.objects.create(name="Readers")
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    form = admin_client.get(url)
    assert "govpub-stats-readers" in form.content.decode()
    data = {"name": "Readers", "govpub_stats_readers-sites": [office.pk]}
    for panel in form.context["permission_panels"]:
        if hasattr(panel, "management_form"):
            prefix = panel.management_form.prefix
            data |= {
                f"{prefix}-TOTAL_FORMS": 0,
                f"{prefix}-INITIAL_FORMS": 0,
                f"{prefix}-MAX_NUM_FORMS": 1000,
            }
    assert admin_client.post(url, data).status_code == 302
    user = User.objects.create_user("reader")
    user.groups.add(group)
    assert list(readable_sites(user)) == [office]
    html = admin_client.get(url).content.decode()
    panel = html.split("govpub-stats-readers", 1)[1]
    chosen = [part for part in panel.split("<input") if "checked" in part.split(">")[0]]
    assert len(chosen) == 1


def test_the_dashboard_has_the_counter(admin_client, read, office):
    StatisticsSettings.objects.filter(site=office).update(opening_views=1_000_000)
    html = admin_client.get("/admin/").content.decode()
    assert "govpub-statistics" in html
    assert "1,000,003" in html


def test_losses_are_told_to_the_operator(admin_client, read):
    Loss.objects.create(day=last_days(1).first, reason=Loss.Reason.SPOOL, hits=4711)
    assert "4711" in admin_client.get("/admin/").content.decode()
    assert "4711" in report(admin_client).content.decode()


def test_beside_the_page_editor_are_the_numbers_of_the_page(admin_client, read, news):
    html = admin_client.get(
        reverse("wagtailadmin_pages:edit", args=[news.pk])
    ).content.decode()
    panel = html.split('data-side-panel="govpub-statistics"')[1]
    assert "<td>3</td><td>2</td>" in panel.split("</table>")[0]


def test_a_page_without_an_office_has_an_empty_panel(admin_client, office):
    homeless = Page.get_first_root_node().add_child(
        instance=Page(title="Homeless", slug="homeless")
    )
    url = reverse("wagtailadmin_pages:edit", args=[homeless.pk])
    assert admin_client.get(url).status_code == 200


def test_the_office_changes_its_own_settings(admin_client, office):
    url = reverse(
        "wagtailsettings:edit",
        args=["govpub_stats", "statisticssettings", office.pk],
    )
    response = admin_client.post(
        url,
        {
            "opening_views": "7694178",
            "opening_visitors": "0",
            "counting_since": "2014-09-01",
        },
    )
    assert response.status_code == 302
    assert StatisticsSettings.for_site(office).opening_views == 7_694_178
