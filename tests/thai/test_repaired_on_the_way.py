"""Thai that was typed in a wrong order, or with what is not seen, is repaired on save
and on search, whatever the form."""

from __future__ import annotations

import pytest
from django import forms
from django.utils.html import strip_tags

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.survey.models import Comment
from govpub.survey.setup import answer_as_visitor
from govpub.thai.fields import ThaiCharField
from tests.drafts import draft_news, published_news
from tests.publishing.screens import post_editor
from tests.thai.every_field import every_field

# nikhahit + tone + aa, doubled เ, a zero-width space; and how it should be.
TYPED = "นํ้า\u200bดื่ม เเละ"
MEANT = "น้ำดื่ม และ"
SEARCHES = ("search.SearchForm.q", "SearchFilterMixin.q")
# What somebody says with an act is kept in the ledger exactly as it was written; keys,
# passwords and addresses are not Thai.
EXACTLY = (
    *("govpub.publishing.forms.", "govpub.publishing.views.urgent."),
    "govpub.upkeep.evidence_views.",
    *("govpub.upkeep.views.", "govpub.upkeep.extension_views.ExtensionForm.reason"),
    *("govpub.upkeep.takedown_views.RemoveForm.words",),
    *("govpub.upkeep.takedown_views.TakeDownForm.words",),
)


def test_every_text_field_of_ours_and_every_search_repairs_what_is_typed():
    wrong, seen = [], 0
    for name, field in every_field():
        ours = name.startswith(("govpub.", "home.")) or name.endswith(SEARCHES)
        hidden = isinstance(field.widget, forms.HiddenInput)
        is_text = type(field) in (forms.CharField, ThaiCharField)
        if not (ours and is_text) or hidden or name.startswith(EXACTLY):
            continue
        seen += 1
        if field.clean(TYPED) != MEANT:
            wrong.append(name)
    assert seen >= 8
    assert wrong == []


@pytest.mark.django_db
def test_the_editor_saves_it_repaired_in_title_and_text(people, office):
    page = draft_news(office, people.officer)
    heading = {"deleted": "", "order": "0", "type": "heading", "id": "", "value": TYPED}
    block = {f"body-0-{name}": value for name, value in heading.items()}
    typed = dict.fromkeys(("title", "unit", "summary"), TYPED)
    post_editor(people.officer, page, **typed, **block, **{"body-count": "1"})
    saved = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (saved.title, saved.unit, saved.summary) == (MEANT, MEANT, MEANT)
    assert saved.body[0].value == MEANT


@pytest.mark.django_db
def test_a_visitors_comment_is_kept_repaired(office):
    answer_as_visitor(
        office,
        address="198.51.100.1",
        agent="x",
        levels={"overall": 4},
        comment=TYPED,
    )
    assert Comment.objects.get().text == MEANT


@pytest.mark.django_db
def test_a_search_typed_wrongly_finds_what_is_right(client, people, office):
    published_news(office, people, title="เรื่องน้ำดื่ม")
    waiting = draft_news(office, people.officer, title="คำขอน้ำดื่ม")
    procedure.propose(waiting, by=people.officer)
    wrong = "นํ้า\u200bดื่ม"
    found = client.get("/search/", {"q": wrong}).content.decode()
    assert "เรื่องน้ำดื่ม" in strip_tags(found)
    client.force_login(people.head)
    inbox = client.get("/admin/govpub/requests/", {"q": wrong, "view": "all"})
    assert "คำขอน้ำดื่ม" in strip_tags(inbox.content.decode())


@pytest.mark.django_db
def test_the_admins_own_search_looks_inside_thai(client, people, office):
    page = published_news(office, people, title="เรื่องน้ำดื่มสะอาด พ.ศ. 2567")
    client.force_login(people.officer)
    for address in ("/admin/pages/search/results/", "/admin/choose-page/search/"):
        for query in ("น้ำดื่ม", "นํ้า\u200bดื่ม", "สะอาด น้ำ", "๒๕๖๗", "'ดื่ม\""):
            shown = client.get(address, {"q": query}).content.decode()
            assert page.title in shown, (address, query)
        for query in ("น้ำแข็ง", '"', "''", "\\", "%"):
            shown = client.get(address, {"q": query}).content.decode()
            assert page.title not in shown, (address, query)
