"""The responsibility table in the admin, through wagtail-modeladmin."""

from __future__ import annotations

import pytest

from govpub.categories.duties import roll_over
from govpub.categories.enums import Category
from govpub.categories.models import Responsibility
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/govpub/responsibilities/"


@pytest.fixture(autouse=True)
def as_webmaster(client, people):
    client.force_login(people.webmaster)


def year() -> int:
    return FiscalYear.current().be


def row(site, fiscal_year=None, category=Category.NEWS):
    return Responsibility.objects.get(
        site=site, fiscal_year=fiscal_year or year(), category=category
    )


def typed(entry, **fields):
    names = ("category", "fiscal_year", "procedure", "responsible", "inspector")
    return {name: getattr(entry, name) for name in names} | {
        "site": entry.site_id,
        **fields,
    }


def test_the_webmaster_edits_this_years_row(client, office):
    entry = row(office)
    response = client.post(
        f"{ADDRESS}edit/{entry.pk}/", typed(entry, responsible="งานสื่อสาร")
    )
    assert response.status_code == 302
    assert row(office).responsible == "งานสื่อสาร"


def test_past_years_are_read_only(client, office):
    entry = row(office)
    Responsibility.objects.filter(pk=entry.pk).update(fiscal_year=year() - 1)
    entry.refresh_from_db()
    for action in ("edit", "delete"):
        response = client.post(
            f"{ADDRESS}{action}/{entry.pk}/", typed(entry, responsible="x")
        )
        assert response.status_code in (302, 403)
    assert row(office, year() - 1).responsible == entry.responsible
    assert client.get(f"{ADDRESS}inspect/{entry.pk}/").status_code == 200


def test_a_row_cannot_be_moved_into_the_past(client, office):
    entry = row(office)
    response = client.post(
        f"{ADDRESS}edit/{entry.pk}/", typed(entry, fiscal_year=year() - 1)
    )
    assert response.status_code == 200
    assert row(office).pk == entry.pk


def test_one_row_for_each_category_and_year(client, office):
    response = client.post(f"{ADDRESS}create/", typed(row(office)))
    assert response.status_code == 200
    assert Responsibility.objects.filter(site=office, fiscal_year=year()).count() == 9


@pytest.mark.parametrize("person", ["officer", "head", "inspector"])
def test_others_may_not(client, office, people, person):
    client.force_login(getattr(people, person))
    entry = row(office)
    for address in (ADDRESS, f"{ADDRESS}edit/{entry.pk}/"):
        assert client.get(address).status_code in (302, 403)
    client.post(f"{ADDRESS}roll-over/")
    client.post(f"{ADDRESS}edit/{entry.pk}/", typed(entry, responsible="x"))
    assert Responsibility.objects.filter(fiscal_year=year() + 1).count() == 0
    assert row(office).responsible == entry.responsible


def test_a_webmaster_sees_and_rolls_over_only_the_own_office(
    client, office, second_office
):
    Responsibility.objects.filter(site=second_office).update(responsible="คนอื่น")
    other = row(second_office)
    assert "คนอื่น" not in client.get(ADDRESS).content.decode()
    client.post(f"{ADDRESS}edit/{other.pk}/", typed(other, responsible="x"))
    assert row(second_office).responsible == "คนอื่น"
    client.post(f"{ADDRESS}create/", typed(other, fiscal_year=year() + 1))
    client.post(f"{ADDRESS}roll-over/")
    next_year = Responsibility.objects.filter(fiscal_year=year() + 1)
    assert next_year.filter(site=office).count() == 9
    assert not next_year.filter(site=second_office).exists()


def test_one_action_rolls_over_and_keeps_what_is_there(client, office):
    entry = row(office)
    entry.responsible = "งานใหม่"
    entry.save()
    Responsibility.objects.create(
        site=office,
        fiscal_year=year() + 1,
        category=Category.LAWS,
        procedure="ใหม่",
        responsible="นิติกร",
        inspector="หัวหน้า",
    )
    assert client.post(f"{ADDRESS}roll-over/").status_code == 302
    assert row(office, year() + 1).responsible == "งานใหม่"
    assert row(office, year() + 1, Category.LAWS).responsible == "นิติกร"
    assert row(office).responsible == "งานใหม่"
    count = Responsibility.objects.count()
    client.post(f"{ADDRESS}roll-over/")
    assert Responsibility.objects.count() == count


def test_after_the_new_year_it_fills_the_current_one(office):
    Responsibility.objects.filter(site=office).update(fiscal_year=year() - 1)
    assert roll_over(office) == 9
    assert row(office).fiscal_year == year()


def test_roll_over_is_no_link(client, office):
    assert client.get(f"{ADDRESS}roll-over/").status_code == 405


def test_a_webmaster_of_two_offices_looks_after_both(client, office, second_office):
    person = make_person("both", office, Role.WEBMASTER)
    person.govpub_appointments.create(
        site=second_office, role=Role.WEBMASTER, position="x"
    )
    client.force_login(person)
    Responsibility.objects.filter(site=second_office).update(responsible="อีกแห่ง")
    assert "อีกแห่ง" in client.get(ADDRESS).content.decode()
