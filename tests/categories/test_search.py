"""Search inside unspaced Thai, through the public page."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from wagtail import hooks

from govpub.categories import search
from govpub.categories.models import LawPage, NewsPage, SearchText
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED

from .conftest import make_document

pytestmark = pytest.mark.django_db


def found(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    titles = re.findall(
        r'class="gp-row__title"[^>]*>(.*?)</a>', response.content.decode()
    )
    return [re.sub("</?(mark|span)[^>]*>", "", title) for title in titles]


@pytest.fixture
def pages(publish):
    return [
        publish(
            LawPage,
            title="พระราชบัญญัติข้อมูลข่าวสารของราชการพ.ศ.๒๕๔๐",
            summary="ให้ประชาชนมีสิทธิเข้าตรวจดูข้อมูลข่าวสารของราชการได้",
        ),
        publish(
            NewsPage,
            title="แผนงานโครงการและงบประมาณประจำปี 2567",
            summary="เอกสารแสดงแผนปฏิบัติราชการ",
            body=[("paragraph", "<p>การจัดสรรเงิน<b>รายจ่าย</b>ของหน่วยงาน</p>")],
            files=[make_document("สรุปไตรมาส.pdf")],
        ),
        publish(NewsPage, title="Open Data <b>", summary="ข้าวสารและโภชนาการ"),
    ]


FOUND = {
    "งบประมาณ": [1],
    "ข้อมูล": [0],
    "2540": [0],
    "๒๕๔๐": [0],
    "๒๕๖๗": [1],
    "open data": [2],
    "OPEN": [2],
    "จัดสรร": [1],
    "รายจ่าย": [1],
    "ไตรมาส": [1],
    "แผนงาน ประจำปี": [1],
    '"แผนงาน"': [1],
    "ข่าวสาร": [0],
    "ข้าวสาร": [2],
    "ราชการ": [0, 1],
    "ราช\u200bการ": [0, 1],
    "ไม่มีคำนี้": [],
}


def test_words_are_found_inside_unspaced_text(client, pages):
    for query, hits in FOUND.items():
        expected = [_escaped(pages[hit].title) for hit in hits]
        assert found(client, query) == expected, query


CLOSEST = {
    "ข้าวสารเป็นอย่างไร": [2],
    "แผนงานปีไหน 2567": [1],
    "สิทธิตรวจดูข้อมูล": [0],
    "แผนงาน ข้าวสาร": [1, 2],
    "นี้มีไหม": [],  # says nothing
    "สถานีอวกาศ": [],
}


def test_what_nothing_has_as_it_was_typed_is_looked_for_word_by_word(client, pages):
    for query, hits in CLOSEST.items():
        expected = [_escaped(pages[hit].title) for hit in hits]
        assert found(client, query) == expected, query
        html = client.get("/search/", {"q": query}).content.decode()
        assert ("ตรงตามที่พิมพ์" in html) == bool(hits), query
    assert (
        "<mark>ข้าวสาร</mark>"
        in client.get("/search/", {"q": "ข้าวสารเป็นอย่างไร"}).content.decode()
    )


def _escaped(title):
    return title.replace("<", "&lt;").replace(">", "&gt;")


ODD = [
    '"',
    "'",
    "\0",
    "ก\0ข",
    "%",
    "_",
    "\\",
    "*",
    "(",
    "[",
    "<script>",
    "ก" * 5000,
    "๑" * 5000,
    " ".join(["ก"] * 500),
    "\u200b",
    "\ufffd",
    "🙂",
    "-",
    "\u0e4d\u0e32",
]


def test_no_input_breaks_the_search(client, pages):
    for query in ODD:
        response = client.get("/search/", {"q": query})
        assert response.status_code == 200, query
        assert b"<script>" not in response.content


@pytest.mark.parametrize("address", ["/search/", "/search/?q=", "/search/?q=%ff%fe"])
def test_nothing_asked_or_broken_bytes_are_no_error(client, office, address):
    assert client.get(address).status_code == 200


def test_signs_of_the_database_are_only_signs(client, pages):
    assert [found(client, sign) for sign in ("%", "_", "\\")] == [[], [], []]


def test_what_was_found_is_marked_as_it_is_written(client, pages):
    html = client.get("/search/", {"q": "2540"}).content.decode()
    assert "<mark>๒๕๔๐</mark>" in html
    html = client.get("/search/", {"q": "รายจ่าย"}).content.decode()
    assert "<mark>รายจ่าย</mark>" in html


def test_words_in_the_topic_come_first_then_the_newest(client, publish):
    publish(title="วัคซีนไข้หวัดใหญ่")
    publish(title="ข่าวทั่วไป", summary="เรื่องวัคซีน")
    publish(title="ฉีดวัคซีน")
    assert found(client, "วัคซีน") == ["ฉีดวัคซีน", "วัคซีนไข้หวัดใหญ่", "ข่าวทั่วไป"]


def test_an_edit_that_was_not_approved_is_not_found(client, publish, people):
    page = publish(title="หัวข้อเดิม")
    draft = page.get_latest_revision_as_object()
    draft.title = "หัวข้อลับ"
    draft.save_revision(user=people.officer)
    assert found(client, "ลับ") == []
    assert found(client, "เดิม") == ["หัวข้อเดิม"]

    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert found(client, "ลับ") == ["หัวข้อลับ"]
    assert found(client, "เดิม") == []
    assert SearchText.objects.count() == 1


def test_listeners_hear_the_query_and_the_number_of_hits(client, pages):
    heard = []

    def listen(request, query, hits):
        heard.append((query, hits))

    with hooks.register_temporarily("register_govpub_search_listener", listen):
        client.get("/search/", {"q": "ราชการ"})
        client.get("/search/", {"q": "ไม่มีคำนี้"})
        client.get("/search/", {"q": "  "})
    assert heard == [("ราชการ", 2), ("ไม่มีคำนี้", 0)]


def test_results_have_pages_that_keep_the_query(client, publish, monkeypatch):
    monkeypatch.setattr("govpub.categories.views.HITS_PER_PAGE", 1)
    publish(title="วัคซีน ๑")
    publish(title="วัคซีน ๒")
    html = client.get("/search/", {"q": "วัคซีน"}).content.decode()
    assert "&amp;page=2" in html
    html = client.get("/search/?q=วัคซีน&page=2").content.decode()
    assert "<mark>วัคซีน</mark> ๑</a>" in html


def test_an_excerpt_does_not_cut_a_letter_in_two():
    text = "ก้ำกึ่งล่าช้า" * 100
    for length in range(40, 60):
        shown = search.excerpt(text, [], length).rstrip("…")
        assert text.startswith(shown)
        assert text[len(shown)] in "กงลช"


@given(text=st.text(), query=st.text())
def test_marking_changes_nothing_but_the_marks(text, query):
    words = search.terms(query)
    shown = search.highlighted(text, words)
    assert shown.replace("<mark>", "").replace("</mark>", "") == escape(text)
    search.excerpt(text, words)
