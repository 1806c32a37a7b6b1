"""Search inside attached files, ranking, and what is offered when nothing is found."""

from __future__ import annotations

import html
import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from govpub.categories import index
from govpub.categories.enums import Category
from govpub.categories.models import LawPage, SearchFile, SearchText
from govpub.publishing import file_text, procedure, readers
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import ExtractedText
from tests.publishing.test_file_text import MADE

from .conftest import make_document, make_draft, put_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(office, people, django_capture_on_commit_callbacks):
    """As it is with a real commit: what listens to it is run."""

    def do(model=LawPage, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            draft = make_draft(office, model, people.officer, **fields)
            return put_through(draft, people)

    return do


def page_of(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def found(client, query):
    rows = re.findall(r'class="gp-row__title"[^>]*>(.*?)</a>', page_of(client, query))
    return [html.unescape(re.sub("</?(mark|span)[^>]*>", "", row)) for row in rows]


@pytest.mark.parametrize("name", MADE)
def test_words_in_a_file_are_found_and_the_file_is_named(client, publish, name):
    document = make_document(name, MADE[name]("หลักเกณฑ์การเบิกจ่ายปี ๒๕๖๗"))
    publish(title="เรื่องมีไฟล์", files=[document])
    publish(title="เรื่องอื่น")
    assert found(client, "เบิกจ่าย") == ["เรื่องมีไฟล์"]
    assert found(client, "2567 หลักเกณฑ์ มีไฟล์") == ["เรื่องมีไฟล์"]
    shown = page_of(client, "2567 เบิกจ่าย")
    assert "<mark>เบิกจ่าย</mark>" in shown
    assert "<mark>๒๕๖๗</mark>" in shown
    named = re.sub("</?span[^>]*>", "", shown)
    assert f'<a href="{document.url}">{name}</a>' in named


def test_a_line_may_end_within_a_word(client, publish):
    document = make_document("a.txt", "การประ\nชาสัม พันธ์ค\u0e4d\u0e32ขอ".encode())
    publish(title="เรื่องมีไฟล์", files=[document], summary="พ.ศ. 2540 เรื่องขออนุ ญาต")
    for query, shown in {
        "ประชาสัมพันธ์": "<mark>ประ ชาสัม พันธ์</mark>",
        "คำขอ": "<mark>คำขอ</mark>",
        "อนุญาต": "<mark>อนุ ญาต</mark>",
        "พ.ศ.๒๕๔๐": "<mark>พ.ศ. 2540</mark>",
    }.items():
        assert shown in page_of(client, query), query


def test_files_of_what_is_not_public_are_never_found(
    client, office, people, publish, django_capture_on_commit_callbacks, time_machine
):
    with django_capture_on_commit_callbacks(execute=True):
        secret = make_document("secret.txt", "ความลับเรื่องหนึ่ง".encode())
        draft = make_draft(office, LawPage, people.officer, files=[secret])
        request = procedure.propose(draft, by=people.officer)
    assert found(client, "ความลับเรื่องหนึ่ง") == []
    index.remember_files(draft.pk)
    assert not SearchFile.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        request = procedure.allow(request, by=people.head)
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert found(client, "ความลับเรื่องหนึ่ง") == [draft.title]

    time_machine(days=40)  # past its period, and no scheduler has run
    assert found(client, "ความลับเรื่องหนึ่ง") == []
    assert "secret.txt" not in page_of(client, "ความลับเรื่องหนึ่ง")


def test_what_is_taken_down_leaves_the_index(client, publish):
    page = publish(title="จะหมดอายุ", files=[make_document("a.txt", b"alpha")])
    assert SearchFile.objects.count() == 1
    page.live = False
    index.remember_item(page)
    assert not SearchFile.objects.exists()
    assert not SearchText.objects.exists()


def test_a_file_put_aside_by_the_next_round_is_not_found(
    client, people, publish, django_capture_on_commit_callbacks
):
    page = publish(title="เรื่อง", files=[make_document("old.txt", b"alpha")])
    assert found(client, "alpha") == ["เรื่อง"]
    page.attachments = []
    page.save_revision(user=people.officer)
    assert found(client, "alpha") == ["เรื่อง"]
    with django_capture_on_commit_callbacks(execute=True):
        put_through(page, people)
    assert found(client, "alpha") == []


def test_a_file_that_cannot_be_read_keeps_nothing_from_being_published(
    client, publish, monkeypatch, caplog
):
    def fails(document):
        raise RuntimeError("broken reader")

    monkeypatch.setattr(index, "text_of", fails)
    with caplog.at_level(logging.ERROR):
        page = publish(title="ขึ้นแล้ว", files=[make_document("a.pdf", b"%PDF-1.4")])
    assert page.live
    assert found(client, "ขึ้นแล้ว") == ["ขึ้นแล้ว"]


def test_the_command_makes_the_index_anew(client, publish, capsys, monkeypatch):
    publish(title="เรื่อง", files=[make_document("a.txt", b"alpha")])
    SearchText.objects.all().delete()
    SearchFile.objects.all().delete()
    asked = []
    monkeypatch.setattr(readers, "read", lambda *args: asked.append(args))
    call_command("govpub_index")
    assert "1" in capsys.readouterr().out
    assert found(client, "alpha เรื่อง") == ["เรื่อง"]
    assert asked == []  # the file was read once
    assert ExtractedText.objects.get().reader == file_text.READER


def test_the_likeliest_comes_first(client, publish):
    """Topic before text before files; whole before in pieces; then the newest."""
    publish(title="แผน ก", summary="ข้อมูล", files=[make_document("a.txt", b"open data")])
    publish(title="เรื่อง ก", summary="open the data")
    publish(title="เรื่อง ข", summary="on open data today")
    publish(title="data that is open")
    publish(title="open data old")
    publish(title="Open Data")
    publish(title="open data new")
    assert found(client, "open data") == [
        "Open Data",
        "open data new",
        "open data old",
        "data that is open",
        "เรื่อง ข",
        "เรื่อง ก",
        "แผน ก",
    ]


def test_similar_topics_are_offered_when_nothing_is_found(client, publish):
    publish(title="Open Data ของสำนักงาน")
    publish(title="ปิดทำการ")
    shown = page_of(client, "opendata")
    offered = shown[shown.index('role="status"') :]
    assert "ของสำนักงาน</a>" in offered
    assert "ปิดทำการ" not in offered
    assert Category.NEWS.official_title in offered


def test_the_query_without_one_word_is_offered_with_its_number(client, publish):
    publish(title="วัคซีนไข้หวัดใหญ่")
    publish(title="วัคซีนโควิด")
    shown = html.unescape(page_of(client, "วัคซีน ฟรีหรือไม่"))
    offer = re.search(r'href="(/search/\?q=[^"]+)">([^<]+)</a> \(2', shown)
    address, words = offer.groups()
    assert words == "วัคซีน"
    assert len(re.findall("gp-row__title", client.get(address).content.decode())) == 2


def test_nothing_that_is_not_public_is_offered(client, office, people):
    make_draft(office, LawPage, people.officer, title="แผนลับสุดยอด")
    assert "แผนลับสุดยอด" not in page_of(client, "แผนลับสุดยอค")


ODD = [
    "\ud800",
    "ก\udfffข",
    "\0",
    "'; DROP TABLE x; --",
    '"ไข้',
    "(?P<a>",
    "[ก-",
    "\\",
    "\\p{Thai}",
    "*+?{9}",
    "%_%",
    "ก" * 10_000,
    "๑ " * 5_000,
    "\u0e4d\u0e32" * 300,
    "\u0e4d",
    "ๆ",
    "\u202e<b>",
    "&lt;&#0;",
]


@pytest.mark.parametrize("number", range(len(ODD)))
def test_no_input_breaks_the_search_or_its_suggestions(client, publish, number):
    publish(title="ไข้หวัด", files=[make_document("a.txt", "ไข้ [ก-ข] 100%".encode())])
    query = ODD[number].encode("utf-8", "surrogatepass")
    quoted = "".join(f"%{byte:02x}" for byte in query)
    for address in (f"/search/?q={quoted}", f"/search/?q={quoted}&page={quoted}"):
        response = client.get(address)
        assert response.status_code == 200
        assert b"<b>" not in response.content


def test_queries_do_not_grow_with_the_results(client, publish):
    def queries():
        client.get("/search/", {"q": "alpha"})
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": "alpha"})
        return len(captured)

    publish(title="เรื่อง", files=[make_document("a.txt", b"alpha")])
    few = queries()
    for number in range(4):
        publish(title="เรื่อง", files=[make_document(f"{number}.txt", b"alpha")])
    assert queries() == few
