"""The topics of category 1 that have a kind of information of their own."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from wagtail.models import Page

from govpub.categories.enums import GeneralTopic
from govpub.categories.models import (
    ContactPage,
    ExecutivesPage,
    GeneralInformationPage,
    LocationPage,
    OrganisationPage,
    PlanPage,
    TopicPage,
)
from govpub.categories.spending import Spending
from govpub.publishing import procedure
from govpub.publishing.exceptions import NotApproved, ProcedureError

from .conftest import KINDS, make_draft, make_picture
from .test_public_pages import queries, text_of

pytestmark = pytest.mark.django_db

OWN = {
    GeneralTopic.STRUCTURE: OrganisationPage,
    GeneralTopic.EXECUTIVES: ExecutivesPage,
    GeneralTopic.PLANS: PlanPage,
    GeneralTopic.LOCATION: LocationPage,
    GeneralTopic.CONTACT: ContactPage,
}


def topic(office, number) -> TopicPage:
    root = Page.objects.get(pk=office.root_page_id)
    return TopicPage.objects.descendant_of(root).get(number=number)


def rows(model, field, *values):
    """Rows as the editor stores them."""
    stream = model._meta.get_field(field).stream_block
    (kind,) = stream.child_blocks
    return stream.to_python([{"type": kind, "value": value} for value in values])


def executive(**fields):
    row = {"position": "สาธารณสุขอำเภอ", "name": "ชื่อสมมุติ", "phone": "0 2000 0000"}
    return {**row, "photo": make_picture().pk, **fields}


@pytest.mark.parametrize("number", list(GeneralTopic))
def test_a_topic_takes_its_own_kind_and_plain_text(office, number):
    place = topic(office, number)
    allowed = {model for model in OWN.values() if model.can_exist_under(place)}
    assert allowed == ({OWN[number]} if number in OWN else set())
    assert GeneralInformationPage.can_exist_under(place)


def test_plain_text_below_a_topic_with_a_kind_of_its_own_is_found(
    client, office, people
):
    page = make_draft(office, GeneralInformationPage, people.officer)
    page.move(topic(office, GeneralTopic.EXECUTIVES), "last-child")
    page = GeneralInformationPage.objects.get()
    request = procedure.propose(page, by=people.officer)
    request = procedure.allow(request, by=people.head)
    from govpub.publishing.checklist import ALL_CHECKED

    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    page = GeneralInformationPage.objects.get()
    assert "/general/executives/" in page.url
    assert page.title in text_of(client.get(page.url))


# --- completeness ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "without", "field"),
    [
        (OrganisationPage, {"units": []}, "units"),
        (ExecutivesPage, {"people": []}, "people"),
        (PlanPage, {"fiscal_year": None}, "fiscal_year"),
        (PlanPage, {"kind": "budget", "projects": []}, "projects"),
        (LocationPage, {"latitude": None, "longitude": None}, "map_link"),
        (ContactPage, {"address": " "}, "address"),
        (ContactPage, {"phone": ""}, "phone"),
        (ContactPage, {"fax": ""}, "fax"),
        (ContactPage, {"email": ""}, "email"),
        (ContactPage, {"latitude": None, "longitude": None}, "map_link"),
    ],
)
def test_what_is_missing_is_said_and_cannot_be_proposed(
    office, people, model, without, field
):
    assert make_draft(office, model, people.officer).completeness() == []
    draft = make_draft(office, model, people.officer, **without)
    assert list(draft.own_form_errors()) == [field]
    assert len(draft.completeness()) == 1
    with pytest.raises(ProcedureError):
        procedure.propose(draft, by=people.officer)


@pytest.mark.parametrize("name", ["name", "photo", "phone"])
def test_an_executive_needs_four_of_four(office, people, name):
    empty = None if name == "photo" else " "
    short = rows(ExecutivesPage, "people", executive(), executive(**{name: empty}))
    draft = make_draft(office, ExecutivesPage, people.officer, people=short)
    assert len(draft.completeness()) == 1
    assert "สาธารณสุขอำเภอ" in draft.completeness()[0]
    with pytest.raises(ProcedureError):
        procedure.propose(draft, by=people.officer)


def test_a_vacant_post_needs_nobody(client, publish):
    vacant = {"position": "ผู้ช่วยสาธารณสุขอำเภอ", "vacant": True}
    page = publish(ExecutivesPage, people=rows(ExecutivesPage, "people", vacant))
    assert page.completeness() == []
    html = text_of(client.get(page.url))
    assert "ผู้ช่วยสาธารณสุขอำเภอ" in html
    assert "ตำแหน่งว่าง" in html


def test_a_map_needs_its_words(office, people):
    page = make_draft(office, LocationPage, people.officer, map_picture=make_picture())
    assert list(page.own_form_errors()) == ["map_alternative"]


def test_one_coordinate_alone_is_refused(client, office, people):
    draft = make_draft(office, LocationPage, people.officer)
    draft.longitude = None
    with pytest.raises(Exception, match="longitude"):
        draft.full_clean()


def test_the_editor_names_what_an_executive_lacks(client, office, people):
    """Through Wagtail's screen: saved as a draft, refused as a proposal."""
    from wagtail.test.utils.form_data import streamfield

    from .test_editor import filled

    client.force_login(people.officer)
    place = topic(office, GeneralTopic.EXECUTIVES)
    url = reverse(
        "wagtailadmin_pages:add", args=["govpub_categories", "executivespage", place.pk]
    )
    row = {
        "position": "สาธารณสุขอำเภอ",
        "name": "",
        "photo": "",
        "phone": "",
        "email": "",
    }
    data = filled(people=streamfield([("person", row)]), fiscal_year="")
    response = client.post(url, data | {"action-submit": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"people"}
    assert client.post(url, data).status_code == 302
    assert ExecutivesPage.objects.get().people[0].value["position"] == "สาธารณสุขอำเภอ"


# --- what the public sees -------------------------------------------------------


def test_the_structure_is_a_list_within_lists_with_its_sums(client, publish):
    html = text_of(client.get(publish(OrganisationPage).url))
    chart = html.split('class="gp-organisation"')[1].split("</section>")[0]
    assert chart.count("<ul>") == 3
    assert chart.index("สำนักงาน") < chart.index("กลุ่มงานหนึ่ง") < chart.index("งานย่อย")
    page = OrganisationPage.objects.get()
    assert (page.staff(), page.posts()) == (7, 9)


def test_the_structure_of_no_numbers_has_no_sums(office, people):
    units = rows(OrganisationPage, "units", {"name": "สำนักงาน"})
    page = make_draft(office, OrganisationPage, people.officer, units=units)
    assert (page.staff(), page.posts()) == (None, None)


def test_contact_and_place_ask_nobody_else(client, publish):
    html = text_of(client.get(publish(ContactPage).url))
    for shown in (
        "mailto:office@example.com",
        "geo:13.599100,100.596800",
        "0 2000 0001",
    ):
        assert shown in html
    assert "<iframe" not in html


BUDGET = (
    {"name": "งบดำเนินงาน", "budget": "1000.00", "quarter_1": "250.50"},
    {"name": "งบลงทุน", "budget": "500", "quarter_1": "0", "quarter_2": "100"},
    {"name": "=งบที่ยังไม่รายงาน", "budget": "300"},
)


@pytest.fixture
def budget(publish):
    return publish(
        PlanPage, kind="budget", projects=rows(PlanPage, "projects", *BUDGET)
    )


def test_a_plan_is_added_up(budget):
    total = budget.spending.total
    assert total.budget == Decimal("1800.00")
    assert total.quarters == (Decimal("250.50"), Decimal(100), None, None)
    assert (total.spent, total.left) == (Decimal("350.50"), Decimal("1449.50"))
    assert total.percent == Decimal("19.47")
    assert budget.spending.lines[2].spent is None


def test_no_figure_is_not_nought():
    total = Spending([]).total
    assert (total.budget, total.spent, total.left, total.percent) == (None,) * 4
    assert Spending([]).chart() is None


def test_a_plan_shows_its_table_and_chart_with_its_table(client, budget):
    html = text_of(client.get(budget.url))
    for shown in ("1,800", "350.50", "1,449.50", "19.47", 'class="gp-chart"', "–"):
        assert shown in html
    assert "2,567" not in html


def test_the_table_is_taken_away_as_csv_and_json(client, budget):
    answer = client.get(f"{budget.url}csv/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{budget.slug}.csv" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text[0] == "\ufeff"
    head, first, _second, third = csv.reader(io.StringIO(text[1:]))
    assert first[0] == "งบดำเนินงาน"
    assert "250.50" in first
    assert third[0] == "'=งบที่ยังไม่รายงาน"

    data = json.loads(client.get(f"{budget.url}json/").content)
    assert data["title"] == budget.title
    assert data["rows"][0][head[4]] == 1000
    assert data["rows"][2][head[5]] is None


def test_files_of_what_is_not_public_are_not_handed_out(
    client, office, people, budget, time_machine
):
    draft = make_draft(office, PlanPage, people.officer)
    assert client.get(f"{draft.url}csv/").status_code == 404
    time_machine(days=60)
    for name in ("csv/", "json/", ""):
        notice = client.get(budget.url + name)
        assert notice["Content-Type"].startswith("text/html")
        assert budget.projects[0].value["name"] not in text_of(notice)


def test_a_plan_without_rows_has_no_files(client, publish):
    page = publish(PlanPage, projects=[])
    assert client.get(f"{page.url}csv/").status_code == 404
    assert client.get(f"{page.url}xml/").status_code == 404


def test_a_changed_amount_is_not_what_was_approved(budget):
    changed = PlanPage.objects.get()
    changed.projects[0].value["budget"] = Decimal("1000.01")
    with pytest.raises(NotApproved):
        changed.save()


@pytest.mark.parametrize("model", list(OWN.values()), ids=lambda m: m.__name__)
def test_the_page_of_a_topic_needs_few_queries(client, publish, model):
    assert queries(client, publish(model).url) <= 15


def test_many_executives_need_no_more_queries(client, publish):
    one = publish(ExecutivesPage, people=rows(ExecutivesPage, "people", executive()))
    many = [executive() for _number in range(4)]
    page = publish(ExecutivesPage, people=rows(ExecutivesPage, "people", *many))
    assert queries(client, page.url) == queries(client, one.url) <= 15


def test_a_list_of_plans_is_filtered_by_kind_and_by_its_own_year(client, publish):
    publish(PlanPage, title="แผนปีหน้า", kind="plan", fiscal_year=2599)
    publish(PlanPage, title="ผลปีก่อน", kind="result", fiscal_year=2560)
    html = text_of(client.get("/general/plans/?year=2599"))
    assert "แผนปีหน้า" in html
    assert "ผลปีก่อน" not in html
    assert "ผลปีก่อน" in text_of(client.get("/general/plans/?kind=result"))


def test_every_topic_kind_is_in_the_common_tests():
    assert set(OWN.values()) <= set(KINDS)
