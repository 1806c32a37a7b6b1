"""The register: what happened, readable by the office, changed by nobody."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from govpub.categories.enums import Category
from govpub.categories.models import (
    GeneralInformationPage,
    ItemPage,
    LawPage,
    NewsPage,
)
from govpub.evidence.register import entries, headings, requests_of_year, totals
from govpub.publishing import procedure
from govpub.publishing.models import OfficeSettings, PublicationRequest
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from govpub.upkeep.takedown import take_down_now
from tests.categories.conftest import make_draft, publish  # noqa: F401
from tests.conftest import make_person
from tests.drafts import draft_news
from tests.evidence.conftest import text_of

pytestmark = pytest.mark.django_db
INDEX = "govpub_register_modeladmin_index"


def lines(site):
    return list(entries(requests_of_year(site, FiscalYear.current().be)))


@pytest.fixture
def address():
    return reverse(INDEX)


def test_a_line_says_what_happened(proposed, put_through, people, office):
    request = proposed(title="แผน")
    procedure.refuse(request, by=people.head, words="ไม่ครบ")
    request = procedure.tell_back(request, by=people.webmaster)
    request = procedure.propose(request.page.specific, by=people.officer)
    request = put_through(request)
    take_down_now(
        request, by=people.webmaster, words="ครบกำหนด", public_reason="ยุติการเผยแพร่"
    )
    (line,) = lines(office)
    assert line.number == request.code
    assert line.category == Category.NEWS
    assert line.topic == "แผน"
    assert line.outcome == "อนุญาตเผยแพร่"
    assert line.rounds == 2
    assert set(line.minutes) == {"propose", "consider", "put_up", "tell_back"}
    assert line.in_time is True
    assert line.state == "นำข้อมูลลงแล้ว" or line.state
    assert line.taken_down is not None
    assert line.why_down == "ครบกำหนด"


def test_sums_agree_with_the_pages(publish, office, proposed):  # noqa: F811
    for model in (NewsPage, NewsPage, LawPage, GeneralInformationPage):
        publish(model)
    proposed()
    counted = totals(requests_of_year(office, FiscalYear.current().be))
    assert set(counted) == set(map(int, Category))
    for category in Category:
        on_the_website = [
            page
            for page in ItemPage.objects.public().specific()
            if page.govpub_category == category
        ]
        waiting = 1 if category == Category.NEWS else 0
        assert counted[category] == len(on_the_website) + waiting, category


def test_everybody_of_the_office_reads_it_and_nobody_else(
    published, people, client, second_office, address
):
    request = published(title="เรื่องของหน่วยงานหนึ่ง")
    other = make_person("other", second_office, Role.HEAD)
    for user in (people.officer2, people.head, people.webmaster, people.inspector):
        client.force_login(user)
        content = client.get(address).content.decode()
        assert request.topic in content
        assert f"/requests/{request.pk}/" in content
    client.force_login(other)
    response = client.get(address)
    assert response.status_code == 200
    assert request.topic not in response.content.decode()
    for kind in ("csv", "xlsx", "pdf"):
        assert (
            request.topic.encode() not in client.get(address, {"export": kind}).content
        )


@pytest.mark.parametrize("name", ["create", "edit", "delete"])
def test_nobody_changes_it(published, people, client, name):
    request = published()
    for user in (people.webmaster, people.superuser):
        client.force_login(user)
        route = INDEX.replace("_index", f"_{name}")
        args = [] if name == "create" else [request.pk]
        response = client.post(reverse(route, args=args), {"topic": "x"})
        assert response.status_code in (302, 403)
    assert PublicationRequest.objects.get().topic == request.topic


def test_filters_and_search(published, proposed, people, client, address):
    public, waiting = published(title="ประกาศแรก"), proposed(title="ประกาศที่สอง")
    client.force_login(people.head)

    def found(**query):
        content = client.get(address, query).content.decode()
        return [r.topic in content for r in (public, waiting)]

    assert found() == [True, True]
    assert found(status__exact="published") == [True, False]
    assert found(q="ที่สอง") == [False, True]
    assert found(category=8) == [True, True]
    assert found(category=2) == [False, False]
    assert found(fiscal_year=FiscalYear.current().be - 1) == [False, False]
    for bad in ("x", "99999999999999999999", "-1", "\x00"):
        assert client.get(address, {"fiscal_year": bad}).status_code in (200, 302)
        assert client.get(address, {"category": bad}).status_code in (200, 302)
        assert client.get(address, {"q": bad}).status_code in (200, 302)


EVIL = '=HYPERLINK("http://x")'


def test_csv_opens_in_a_spreadsheet_and_computes_nothing(
    published, people, client, address
):
    published(title=EVIL, unit="+1")
    client.force_login(people.head)
    response = client.get(address, {"export": "csv"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head == headings()
    assert line[4] == f"'{EVIL}"
    assert line[2] == "'+1"


def test_xlsx_is_read_back(published, proposed, people, client, address):
    published(title=EVIL)
    proposed(title="น้ำดื่ม")
    client.force_login(people.head)
    content = client.get(address, {"export": "xlsx"}).content
    sheet = load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == headings()
    assert [row[4].value for row in rows[1:]] == [EVIL, "น้ำดื่ม"]
    assert rows[1][4].data_type == "s"
    assert rows[1][6].value == 1


def test_the_export_is_what_is_filtered(published, proposed, people, client, address):
    published(title="หนึ่ง")
    proposed(title="สอง")
    client.force_login(people.head)
    query = {"export": "csv", "status__exact": "published"}
    text = client.get(address, query).content.decode()
    assert "หนึ่ง" in text and "สอง" not in text


def test_the_register_on_paper(published, people, client, address):
    published(title="แผนน้ำดื่ม")
    client.force_login(people.inspector)
    response = client.get(address, {"export": "pdf"})
    text = text_of(response.content)
    assert "ทะเบียนคำขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน" in text
    assert "แผนน้ำดื่ม" in text
    assert "ข่าวประชาสัมพันธ์ (Public Relations)" in text


def test_reading_does_not_ask_more_for_each_line(
    proposed, office, django_assert_max_num_queries
):
    for _n in range(3):
        proposed()
    with django_assert_max_num_queries(4):
        assert len(lines(office)) == 3


@pytest.fixture
def two_offices(published, second_office):
    """A request of each office; both have the number 1 of their year."""
    mine = published(title="เรื่องของหน่วยงานหนึ่ง")
    officer = make_person("officer-b", second_office, Role.OFFICER)
    draft = draft_news(second_office, officer, title="เรื่องของหน่วยงานสอง")
    OfficeSettings.objects.filter(site=second_office).update(name="หน่วยงานที่สอง")
    return mine, procedure.propose(draft, by=officer)


def test_each_office_has_its_own_register_on_paper(
    two_offices, people, client, address, office
):
    OfficeSettings.objects.filter(site=office).update(name="หน่วยงานที่หนึ่ง")
    client.force_login(people.superuser)
    text = text_of(client.get(address, {"export": "pdf"}).content)
    places = [
        text.index(said)
        for said in (
            "หน่วยงานที่หนึ่ง",
            "เรื่องของหน่วยงานหนึ่ง",
            "หน่วยงานที่สอง",
            "เรื่องของหน่วยงานสอง",
        )
    ]
    assert places == sorted(places)
    assert text.count("ข่าวประชาสัมพันธ์ (Public Relations)") == 2  # sums of each
    query = {"export": "pdf", "site": two_offices[1].site_id}
    text = text_of(client.get(address, query).content)
    assert "หน่วยงานที่สอง" in text and "หน่วยงานที่หนึ่ง" not in text


def test_lines_of_several_offices_name_their_office(
    two_offices, people, client, address
):
    client.force_login(people.superuser)
    text = client.get(address, {"export": "csv"}).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[1:] == headings()
    assert {row[5]: row[0] for row in rows}["เรื่องของหน่วยงานสอง"] == "หน่วยงานที่สอง"
    content = client.get(address, {"export": "xlsx"}).content
    sheet = load_workbook(io.BytesIO(content)).active
    assert len({row[0].value for row in list(sheet.iter_rows())[1:]}) == 2
    client.force_login(people.head)
    text = client.get(address, {"export": "csv"}).content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == headings()


def test_a_long_register_is_printed_on_several_papers(
    two_offices, published, people, client, address, monkeypatch
):
    monkeypatch.setattr("govpub.evidence.register_paper.LINES_OF_A_PAPER", 2)
    published(title="เรื่องสุดท้ายของหน่วยงานหนึ่ง")
    client.force_login(people.superuser)
    content = client.get(address).content.decode()
    printed = re.findall(r'href="([^"]*export=pdf[^"]*)"', content)
    assert len(printed) == 2
    papers = [
        text_of(client.get(address + html.unescape(one)).content) for one in printed
    ]
    said = ["เรื่องของหน่วยงานหนึ่ง", "เรื่องสุดท้ายของหน่วยงานหนึ่ง", "เรื่องของหน่วยงานสอง"]
    assert [[words in paper for words in said] for paper in papers] == [
        [True, True, False],
        [False, False, True],
    ]
    assert "ฉบับที่ ๒ จาก ๒" in papers[1]
    # Behind the last line of an office: the sums of all its papers.
    sums = [paper.count("ข่าวประชาสัมพันธ์ (Public Relations)") for paper in papers]
    assert sums == [1, 1]
    monkeypatch.setattr("govpub.evidence.register_paper.LINES_OF_A_PAPER", 1)
    papers = [
        text_of(client.get(address, {"export": "pdf", "part": part}).content)
        for part in ("๑", "2", "99")
    ]
    sums = [paper.count("ข่าวประชาสัมพันธ์ (Public Relations)") for paper in papers]
    assert sums == [0, 1, 1]
    assert "ข่าวประชาสัมพันธ์ (Public Relations) ๒" in papers[1]


def test_every_cell_says_what_it_is_on_a_phone(published, people, client, address):
    published()
    client.force_login(people.head)
    content = client.get(address).content.decode()
    cells = re.findall(r'<td[^>]*class="field-[^>]*>', content)
    labels = [re.search(r'data-label="([^"]+)"', cell)[1] for cell in cells]
    assert len(set(labels)) == 9


def test_a_choice_that_fits_nothing_says_so(published, people, client, address):
    published()
    client.force_login(people.head)
    content = client.get(address, {"q": "ไม่มีเรื่องนี้แน่นอน"}).content.decode()
    assert "ไม่พบรายการในทะเบียนตามที่เลือก" in content
