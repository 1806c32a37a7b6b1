"""Category 5: the index by clause over items of every category."""

from __future__ import annotations

import pytest

from govpub.categories.clauses import clause_index
from govpub.categories.enums import Clause
from govpub.categories.models import (
    ItemClause,
    LawPage,
    OfficialInformationPage,
    PlanPage,
)
from govpub.publishing.exceptions import NotApproved

from .conftest import make_draft, put_through
from .test_public_pages import queries, text_of

pytestmark = pytest.mark.django_db


def tagged(office, people, model, *tags, **fields):
    """A published item under these clauses: (clause, sub-code, shelf)."""
    draft = make_draft(office, model, people.officer, **fields)
    draft.clauses = [
        ItemClause(clause=clause, sub_code=sub_code, shelf=shelf)
        for clause, sub_code, shelf in tags
    ]
    draft.save_revision(user=people.officer)
    return put_through(draft, people)


def under(office, clause):
    (entry,) = (each for each in clause_index(office) if each.clause == clause)
    return entry


def test_an_item_of_any_category_stands_under_its_clauses(client, office, people):
    plan = tagged(
        office, people, PlanPage, ("9(3)", "", "แฟ้ม ๑"), ("9(8)", "1", ""), title="แผน"
    )
    assert [line.item.pk for line in under(office, Clause.S9_3).lines] == [plan.pk]
    (line,) = under(office, Clause.S9_8).lines
    assert line.code == "9(8)-1"
    html = text_of(client.get("/oia/index/"))
    assert "แฟ้ม ๑" in html
    assert "9(8)-1" in html
    assert 'href="/oia/index/#s9-8"' in text_of(client.get(plan.url))


def test_an_item_of_the_category_stands_under_its_kind_once(office, people):
    page = tagged(office, people, OfficialInformationPage, ("9(3)", "2", ""))
    assert [line.code for line in under(office, Clause.S9_3).lines] == ["9(3)-2"]
    assert page.kind == "9(3)"


def test_what_is_not_public_is_not_in_the_index(office, people, publish, time_machine):
    tagged(office, people, PlanPage, ("9(3)", "", ""))
    draft = make_draft(office, LawPage, people.officer)
    draft.clauses = [ItemClause(clause="7(4)")]
    draft.save_revision(user=people.officer)
    assert under(office, Clause.S7_4).lines == []
    time_machine(days=60)
    assert under(office, Clause.S9_3).lines == []


def test_another_office_is_not_in_the_index(office, second_office, people):
    tagged(office, people, PlanPage, ("9(3)", "", ""))
    assert under(second_office, Clause.S9_3).lines == []


def test_every_clause_is_there_and_says_none_in_words(client, office):
    html = text_of(client.get("/oia/index/"))
    for clause in Clause:
        assert f'id="{clause.anchor}"' in html
    assert html.count("<strong>ไม่มี</strong>") == len(Clause)


def test_the_office_declares_that_it_has_none(client, office, people):
    page = tagged(
        office, people, OfficialInformationPage, kind="9(6)", has_none=True, title="ไม่มี"
    )
    entry = under(office, Clause.S9_6)
    assert (entry.none, entry.lines) == (page, [])
    part = (
        text_of(client.get("/oia/index/")).split('id="s9-6"')[1].split("</section>")[0]
    )
    assert "<strong>ไม่มี</strong>" in part
    assert page.slug in part


def test_another_clause_is_not_what_was_approved(office, people):
    page = tagged(office, people, PlanPage, ("9(3)", "", ""))
    changed = PlanPage.objects.get(pk=page.pk)
    changed.clauses = [ItemClause(clause="9(8)")]
    with pytest.raises(NotApproved):
        changed.save()


@pytest.mark.parametrize("address", ["/oia/index/", "/official-information/"])
def test_the_index_asks_the_database_the_same_however_long(
    client, office, people, address
):
    tagged(office, people, PlanPage, ("9(3)", "", ""))
    count = queries(client, address)
    for _number in range(3):
        tagged(office, people, PlanPage, ("9(3)", "", ""), ("9(8)", "1", ""))
    assert queries(client, address) == count


def test_the_category_leads_to_the_index_and_to_the_request(client, office):
    html = text_of(client.get("/official-information/"))
    assert 'href="/oia/index/"' in html
    assert 'href="/oia/request/"' in html
    assert "มาตรา ๑๑" in text_of(client.get("/oia/request/"))
