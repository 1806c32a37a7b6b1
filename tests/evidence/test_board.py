"""The board: what a checklist asks, what is there and what is missing."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from govpub.evidence import lists
from govpub.evidence.board import State, board, gaps, paste_table, sums
from govpub.evidence.models import Cadence, Checklist, EvidenceLink
from govpub.publishing.models import PublicationRequest
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from tests.conftest import make_person
from tests.drafts import category

pytestmark = pytest.mark.django_db
YEAR = FiscalYear(2567)
Q1, Q2, Q3, Q4 = (quarter.end for quarter in YEAR.quarters())


@pytest.fixture
def shipped(office):
    data = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    return lists.load(office, "MOPH ITA", 2567, data)


@pytest.fixture
def one(office):
    """A checklist with one item of the given kind."""

    def do(**fields):
        checklist = Checklist.objects.create(site=office, fiscal_year=2567, name="x")
        return checklist.items.create(order=1, code="1", title="t", **fields)

    return do


@pytest.fixture
def published_on(published):
    def do(day: date) -> PublicationRequest:
        request = published()
        at = timezone.make_aware(datetime.combine(day, time()))
        PublicationRequest.objects.filter(pk=request.pk).update(published_at=at)
        return request

    return do


def states(item, today):
    (row,) = board(item.checklist, today)
    return row.states


def test_the_shipped_list_is_that_of_2567(shipped):
    codes = list(shipped.items.values_list("code", flat=True))
    assert [code for code in codes if "ข้อ" not in code] == [
        f"MOIT {number}" for number in range(1, 23)
    ]
    second = [code for code in codes if code.startswith("MOIT 2 ")]
    numbers = [code.removeprefix("MOIT 2 ข้อ ") for code in second]
    top = [str(number) for number in range(2, 18)]
    assert numbers == [
        *(f"1.{number}" for number in range(1, 9)),
        *top,
        *(f"18.{number}" for number in range(1, 5)),
    ]
    without = shipped.items.filter(form_required=False)
    assert [item.code for item in without] == ["MOIT 2 ข้อ 6"]
    quarterly = shipped.items.filter(code__startswith="MOIT 2 ", cadence="quarter")
    assert [item.code[11:] for item in quarterly] == ["10", "11", "18.3"]


def test_dates_belong_to_their_year(office, shipped):
    assert len(shipped.deadlines) == 4
    data = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    later = lists.load(office, "MOPH ITA", 2570, data)
    assert later.deadlines == []
    assert not later.items.exclude(deadlines=[]).exists()


def test_items_for_other_kinds_of_offices_are_left_out(shipped):
    code = "MOIT 2 ข้อ 15"
    for kind, asked in (("", True), ("สสอ.", True), ("รพ.", False)):
        shipped.office_kind = kind
        assert (code in {row.item.code for row in board(shipped)}) is asked, kind


def test_missing_then_incomplete_then_complete(one, proposed, put_through):
    item = one(cadence=Cadence.YEAR)
    item.checklist.fiscal_year = FiscalYear.current().be
    item.checklist.save()
    quarter = FiscalYear.current().quarter(timezone.localdate()).number - 1
    (row,) = board(item.checklist)
    assert row.states[quarter] == State.MISSING
    request = proposed()
    item.links.create(page=request.page)
    assert board(item.checklist)[0].states[quarter] == State.PARTIAL
    put_through(request)
    assert board(item.checklist)[0].states[quarter] == State.COMPLETE


def test_a_quarter_looks_at_what_was_public_by_its_end(one, published_on):
    item = one(cadence=Cadence.YEAR)
    item.links.create(page=published_on(Q2 - timedelta(days=1)).page)
    assert states(item, YEAR.end) == [
        State.PARTIAL,
        State.COMPLETE,
        State.COMPLETE,
        State.COMPLETE,
    ]
    assert states(item, Q2) == [
        State.PARTIAL,
        State.COMPLETE,
        State.LATER,
        State.LATER,
    ]


def test_quarterly_items_need_something_in_each_quarter(one, published_on):
    item = one(cadence=Cadence.QUARTER)
    item.links.create(page=published_on(Q1).page, quarter=1)
    item.links.create(page=published_on(Q4).page, quarter=3)  # too late for the third
    assert states(item, YEAR.end) == [
        State.COMPLETE,
        State.MISSING,
        State.PARTIAL,
        State.MISSING,
    ]


def test_monthly_items_need_three_a_quarter(one, published_on):
    item = one(cadence=Cadence.MONTH)
    for _n in range(2):
        item.links.create(page=published_on(Q1).page, quarter=1)
    assert states(item, Q1)[0] == State.PARTIAL
    item.links.create(page=published_on(Q1).page, quarter=1)
    assert states(item, Q1)[0] == State.COMPLETE


def test_a_page_without_a_form_is_incomplete_where_a_form_is_asked(one, office):
    item = one(cadence=Cadence.ONCE)
    item.links.create(page=office.root_page)
    page = office.root_page
    page.first_published_at = timezone.make_aware(timezone.datetime(2023, 10, 2))
    page.save()
    assert states(item, YEAR.end) == [State.PARTIAL] * 4
    item.form_required = False
    item.save()
    assert states(item, YEAR.end) == [State.COMPLETE] * 4


def test_one_page_may_serve_several_items(shipped, published):
    page = published().page
    first, second = shipped.items.filter(heading=False)[:2]
    for item in (first, second):
        item.links.create(page=page)
    rows = [row for row in board(shipped) if row.evidence]
    assert [row.item for row in rows] == [first, second]
    table = paste_table(board(shipped))
    assert [line[0] for line in table[1:]] == [first.code, second.code]
    assert table[1][3] == page.full_url
    assert sum(sum(count.values()) for count in sums(board(shipped))) == 4 * 50


def test_json_and_csv_come_back_as_they_were(shipped, second_office):
    first = shipped.items.filter(heading=False).first()
    first.explanation = "=1+1\nหน้าหลัก > ข้อมูล"
    first.save()
    before = lists.as_data(shipped)
    files = {"a.json": lists.as_json(shipped), "a.csv": lists.as_csv(shipped)}
    for name, text in files.items():
        data = lists.read_list(text.encode(), name)
        again = lists.load(second_office, name, 2567, data)
        assert lists.as_data(again)["items"] == before["items"], name


BAD = [
    b"",
    b"\xff\xfe",
    b"[]",
    b'{"items": 5}',
    b'{"items": []}',
    b'{"items": [{"code": "1"}]}',
    b'{"items": [{"code": "1", "title": "t", "cadence": "x"}]}',
    b'{"items": [{"code": "1", "title": "t"}, {"code": "1", "title": "t"}]}',
    b'{"items": [{"code": "1", "title": "t", "categories": ["x"]}]}',
    b'{"items": [{"code": "1", "title": "t", "deadlines": [{"date": "x"}]}]}',
    b'{"items": [null]}',
    b'{"fiscal_year": "x", "items": [{"code": "1", "title": "t"}]}',
    b'{"fiscal_year": 2024, "items": [{"code": "1", "title": "t"}]}',
    b"[" * 100_000,
    b"x" * (lists.LARGEST + 1),
]


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_what_is_no_checklist_is_refused(content, people, client, office):
    for name in ("x.json", "x.csv"):
        with pytest.raises(ValidationError):
            lists.read_list(content, name)
    client.force_login(people.webmaster)
    response = client.post(
        reverse("govpub_evidence_admin:import"),
        {"fiscal_year": 2567, "file": SimpleUploadedFile("x.json", content)},
        follow=True,
    )
    assert response.status_code == 200
    assert not Checklist.objects.exists()


def test_importing_again_keeps_the_evidence(shipped, published):
    item = shipped.items.get(code="MOIT 2 ข้อ 1.2")
    item.links.create(page=published().page)
    data = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    data["items"] = [row for row in data["items"] if row["code"] == "MOIT 3"]
    lists.load(shipped.site, "MOPH ITA", 2567, data)
    assert set(shipped.items.values_list("code", flat=True)) == {
        "MOIT 3",
        "MOIT 2 ข้อ 1.2",
    }
    assert item.links.count() == 1


def test_the_next_year_begins_with_the_list_and_what_lasts(shipped, published):
    once = shipped.items.get(code="MOIT 2 ข้อ 3")
    yearly = shipped.items.get(code="MOIT 2 ข้อ 1.2")
    page = published().page
    for item in (once, yearly):
        item.links.create(page=page)
    copy = lists.clone(shipped, 2568)
    assert copy.items.count() == shipped.items.count() == 52
    linked = EvidenceLink.objects.filter(item__checklist=copy)
    assert [link.item.code for link in linked] == [once.code]
    with pytest.raises(ValidationError):
        lists.clone(shipped, 2568)


@pytest.fixture
def address(shipped):
    return reverse("govpub_evidence_admin:board_of", args=[shipped.pk])


def test_the_board_on_the_screen(shipped, published, people, client, address):
    request = published()
    shipped.items.get(code="MOIT 2 ข้อ 1.6").links.create(page=request.page)
    client.force_login(people.inspector)
    content = client.get(address).content.decode()
    for word in ("ยังไม่มี", "ยังไม่ถึงกำหนด"):
        assert word in content, content[content.index("gp-mark") :][:600]
    assert request.page.full_url in content
    assert reverse("govpub_evidence_admin:import") not in content
    sheet = load_workbook(
        io.BytesIO(client.get(address, {"format": "xlsx"}).content)
    ).active
    assert sheet["A2"].value == "MOIT 2 ข้อ 1.6"
    assert sheet["D2"].value == request.page.full_url
    text = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][3] == request.page.full_url
    data = json.loads(client.get(address, {"format": "list-json"}).content)
    assert len(data["items"]) == 52


def test_only_what_lacks_something(shipped, published, people, client, address):
    item = shipped.items.get(code="MOIT 2 ข้อ 1.6")
    item.links.create(page=published().page)
    listed = [row.item.code for row in gaps(board(shipped))]
    # Published after the year was over: incomplete to the end.
    assert item.code in listed and listed[0] == "MOIT 1"
    PublicationRequest.objects.update(
        published_at=timezone.make_aware(datetime.combine(YEAR.start, time()))
    )
    listed = [row.item.code for row in gaps(board(shipped))]
    assert item.code not in listed
    shipped.items.exclude(pk=item.pk).exclude(heading=True).delete()
    assert gaps(board(shipped)) == []
    client.force_login(people.head)
    content = client.get(address, {"show": "gaps"}).content.decode()
    assert "ครบทุกข้อแล้ว" in content
    assert "<strong>MOIT 2 ข้อ 1.6</strong>" not in content


def test_a_gap_leads_to_where_this_person_may_propose(
    shipped, people, client, address, office
):
    def offered(user):
        client.force_login(user)
        content = client.get(address, {"show": "gaps"}).content.decode()
        (row,) = re.findall(r"<tr>(?:(?!</tr>).)*MOIT 2 ข้อ 4<.*?</tr>", content, re.S)
        return re.findall(r'href="([^"]*/pages/[^"]*)"', row)

    law = category(office, 2)
    (begin,) = offered(people.officer)
    names = ("govpub_categories", "lawpage", law.pk)
    assert begin.startswith(reverse("wagtailadmin_pages:add", args=names))
    assert offered(people.head) == []


def test_one_click_gives_the_line_to_paste(shipped, published, people, client, address):
    request = published(title="ข่าว\tหนึ่ง\nสอง")
    item = shipped.items.get(code="MOIT 2 ข้อ 1.6")
    item.links.create(page=request.page)
    client.force_login(people.officer)
    content = client.get(address).content.decode()
    line, whole = (
        html.unescape(found).split("\t")
        for found in sorted(re.findall(r'data-copy="([^"]*)"', content))
    )
    route = f"หน้าแรก > {request.page.get_parent().title} > ข่าว หนึ่ง สอง"
    assert line == whole == [item.code, item.title, request.page.full_url, route]
    item.explanation = "กดเมนูข่าว"
    item.save()
    content = client.get(address).content.decode()
    assert content.count("กดเมนูข่าว") == 2
    table = paste_table(board(shipped))
    assert table[1][5] == "กดเมนูข่าว"


def test_fiscal_years_in_titles_move_with_the_list(shipped, second_office):
    titles = dict(lists.clone(shipped, 2568).items.values_list("code", "title"))
    assert titles["MOIT 5"].endswith("ประจำปีงบประมาณ พ.ศ. 2568")
    assert "ปีงบประมาณ พ.ศ. 2567 และปีงบประมาณ พ.ศ. 2568" in titles["MOIT 7"]
    assert "ปีงบประมาณ พ.ศ. 2567-2568" in titles["MOIT 13"]
    assert titles["MOIT 2 ข้อ 3"].endswith("พ.ศ. 2562")  # the year of a law
    data = lists.read_list(lists.as_bytes("moph-ita-2567"), "x.json")
    later = lists.load(second_office, "x", 2570, data)
    assert later.items.get(code="MOIT 5").title.endswith("2570")


def test_the_board_is_the_offices_own(
    shipped, published, people, client, address, second_office
):
    item = shipped.items.get(code="MOIT 3")
    other = make_person("other", second_office, Role.WEBMASTER)
    for user, reads, keeps in (
        (people.officer, 200, 404),
        (people.webmaster, 200, 200),
        (other, 404, 404),
    ):
        client.force_login(user)
        assert client.get(address).status_code == reads
        link = reverse("govpub_evidence_admin:item", args=[item.pk])
        assert client.get(link).status_code == keeps
        clone = reverse("govpub_evidence_admin:clone", args=[shipped.pk])
        assert client.post(clone).status_code == (302 if keeps == 200 else 404)


def test_the_web_master_links_and_explains(shipped, published, people, client):
    item = shipped.items.get(code="MOIT 3")
    page = published().page
    address = reverse("govpub_evidence_admin:item", args=[item.pk])
    client.force_login(people.webmaster)
    for _twice in range(2):
        client.post(address, {"page": page.pk, "quarter": ""})
    assert item.links.count() == 1
    client.post(address, {"page": page.pk, "quarter": 2})
    assert item.links.count() == 2
    for bad in ({"page": 999999}, {"page": page.pk, "quarter": 9}, {"page": "x"}):
        assert client.post(address, bad).status_code == 422
    client.post(address, {"explanation": "หน้าหลัก > แผน"})
    item.refresh_from_db()
    assert item.explanation == "หน้าหลัก > แผน"
    client.post(address, {"remove": item.links.first().pk})
    assert item.links.count() == 1


def test_no_page_of_another_office_is_evidence(shipped, people, client, second_office):
    item = shipped.items.get(code="MOIT 3")
    client.force_login(people.webmaster)
    address = reverse("govpub_evidence_admin:item", args=[item.pk])
    response = client.post(address, {"page": second_office.root_page_id})
    assert response.status_code == 422


def test_the_public_page_lists_what_can_be_opened(shipped, published, proposed, client):
    public, waiting = published(title="เปิดแล้ว"), proposed(title="ยังไม่เปิด")
    item = shipped.items.get(code="MOIT 3")
    for request in (public, waiting):
        item.links.create(page=request.page)
    assert client.get("/evidence/2567/").status_code == 404
    Checklist.objects.update(is_public=True)
    content = client.get("/evidence/2567/").content.decode()
    assert "เปิดแล้ว" in content and "ยังไม่เปิด" not in content
    assert f"/forms/{public.fiscal_year}/{public.number}/" in content
    for other in ("/evidence/2566/", "/evidence/99999999999999999999/"):
        assert client.get(other).status_code == 404
    assert client.get("/evidence/2567/", HTTP_HOST="second.example").status_code == 404
