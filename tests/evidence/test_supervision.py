"""The supervision report: counted from the records, in the office's own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from govpub.evidence.models import SupervisionReport
from govpub.evidence.supervision import report_of, report_pdf
from govpub.publishing import procedure
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from govpub.upkeep.jobs import keep_periods
from tests.conftest import make_person
from tests.evidence.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(office):
    year = FiscalYear.current().be
    return SupervisionReport(site=office, fiscal_year=year, problems="น้ำท่วม #1")


def rows(words, title):
    (table,) = [t for t in report_of(words).tables if t.title == title]
    return {row[0]: row[1:] for row in table.rows}


def test_requests_are_counted_by_category_and_decision(
    words, published, proposed, people
):
    published()
    procedure.refuse(proposed(), by=people.head, words="ไม่ครบ")
    proposed()
    found = rows(words, "คำขอเผยแพร่")
    news = found["๘. ข่าวประชาสัมพันธ์ (Public Relations)"]
    assert news == ["๓", "๑", "๑", "๑"] == found["รวม"]
    assert len(found) == 10


def test_another_quarter_and_office_count_nothing(words, published, second_office):
    published()
    quarter = FiscalYear.current().quarter(timezone.localdate()).number
    words.quarter = quarter
    assert rows(words, "คำขอเผยแพร่")["รวม"][0] == "๑"
    words.quarter = quarter % 4 + 1
    assert rows(words, "คำขอเผยแพร่")["รวม"][0] == "๐"
    words.quarter, words.site = 0, second_office
    assert rows(words, "คำขอเผยแพร่")["รวม"][0] == "๐"


@pytest.mark.parametrize(
    ("late", "said"),
    [(1, ["๑", "๐", "๐"]), (3, ["๐", "๑", "๐"]), (None, ["๐", "๐", "๑"])],
)
def test_take_downs_on_time_late_and_missing(published, office, late, said):
    with freeze_time("2026-11-02 03:00"):
        published(publish_until=timezone.localdate() + timedelta(days=2))
    if late:
        with freeze_time(f"2026-11-0{4 + late} 03:00"):
            keep_periods()
    with freeze_time("2026-11-20 03:00"):
        found = rows(
            SupervisionReport(site=office, fiscal_year=2570),
            "การตรวจสอบและการนำข้อมูลลง",
        )
    assert found["ข้อมูลที่ครบระยะเวลาการเผยแพร่ (เรื่อง)"] == ["๑"]
    counted = [values[0] for name, values in found.items() if "ลง" in name][-3:]
    assert counted == said


def test_use_and_satisfaction_come_by_hook(words):
    titles = [table.title for table in report_of(words).tables]
    assert len(titles) == 5
    assert len(set(titles)) == 5


def test_the_paper_has_memo_figures_words_and_signature(words, published):
    published()
    text = text_of(report_pdf(words))
    for said in (
        "บันทึกข้อความ",
        "รายงานผลการกำกับติดตามการเผยแพร่ข้อมูลต่อสาธารณะ",
        "จึงเรียนมาเพื่อโปรดทราบ",
        "น้ำท่วม #๑",
        "ข้อเสนอแนะ ไม่มี",
        "ผู้รายงาน",
    ):
        assert said in text, said


def test_the_web_master_writes_the_office_reads(
    words, people, client, office, second_office
):
    year = words.fiscal_year
    address = reverse("govpub_evidence_admin:supervision_of", args=[year, 1])
    given = {"problems": "ปัญหา <b>", "suggestions": "ข้อเสนอ"}
    client.force_login(people.inspector)
    assert client.get(address).status_code == 200
    assert client.post(address, given).status_code in (302, 403)
    assert not SupervisionReport.objects.exists()
    client.force_login(people.webmaster)
    for _twice in range(2):
        assert client.post(address, given).status_code == 302
    report = SupervisionReport.objects.get()
    assert (report.quarter, report.suggestions) == (1, "ข้อเสนอ")
    page = client.get(address, {"format": "html"}).content.decode()
    assert "ปัญหา &lt;b&gt;" in page
    assert client.get(address, {"format": "pdf"}).content.startswith(b"%PDF-")
    client.force_login(make_person("other", second_office, Role.HEAD))
    assert "ปัญหา &lt;b" not in client.get(address, {"format": "html"}).content.decode()
    for bad in ((99999, 1), (year, 9)):
        odd = reverse("govpub_evidence_admin:supervision_of", args=bad)
        assert client.get(odd).status_code == 200
