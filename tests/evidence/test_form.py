"""The request form and the memo: what the record says, nothing else, for ever."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from govpub.categories.models import GeneralInformationPage
from govpub.evidence.form import SignatureBlock, request_form
from govpub.evidence.memo import memo
from govpub.evidence.papers import blank_form_pdf, form_pdf, memo_pdf
from govpub.evidence.store import shelf
from govpub.publishing import procedure, urgent
from govpub.publishing.models import (
    Appointment,
    FormWords,
    OfficeSettings,
    PublicationRequest,
    Signing,
)
from govpub.thai.dates import FiscalYear
from tests.categories.conftest import make_document, make_draft
from tests.drafts import draft_news
from tests.evidence.conftest import text_of

pytestmark = pytest.mark.django_db


def test_every_field_stands_on_the_form(published):
    request = published(
        title="แผนปฏิบัติราชการ พ.ศ. 2567",
        unit="กลุ่มงานบริหาร",
        summary="ย่อ",
        remark="หมาย",
        external_link="https://www.example.go.th/a",
        document_date=date(2024, 1, 5),
    )
    form = request_form(request.current_round)
    assert form.unit == "กลุ่มงานบริหาร"
    assert form.day == "๕ มกราคม ๒๕๖๗"
    assert form.topic == "แผนปฏิบัติราชการ พ.ศ. ๒๕๖๗"
    assert (form.summary, form.remark) == ("ย่อ", "หมาย")
    assert form.external_link == "https://www.example.go.th/a"
    assert form.number == f"๑/{FiscalYear.current().be}".translate(
        str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    )
    assert form.digest == request.current_round.digest
    signed = [form.giver, form.approver, form.uploader]
    assert [block.name for block in signed] == ["officer", "head", "webmaster"]
    assert [block.position for block in signed] == [
        "position of officer",
        "position of head",
        "position of webmaster",
    ]
    assert all("ลงนามทางอิเล็กทรอนิกส์เมื่อ" in block.signed for block in signed)
    assert [block.title for block in signed] == [
        "ผู้รับผิดชอบการให้ข้อมูล",
        "ผู้อนุมัติรับรอง",
        "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่",
    ]


def test_empty_fields_say_none(proposed):
    form = request_form(proposed(external_link="", remark=" ").current_round)
    assert (form.external_link, form.remark) == ("ไม่มี", "ไม่มี")


def test_what_nobody_signed_is_left_to_be_signed(proposed):
    form = request_form(proposed().current_round)
    assert form.giver.signed
    assert form.approver == SignatureBlock("ผู้อนุมัติรับรอง")
    assert form.uploader == SignatureBlock("ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่")


def test_a_refusal_stands_on_the_form_with_its_reasons(proposed, people):
    request = procedure.refuse(proposed(), by=people.head, words="ไม่เกี่ยวกับภารกิจ 3")
    form = request_form(request.current_round)
    assert form.approver.decision == "ไม่อนุญาต (เหตุผล) ไม่เกี่ยวกับภารกิจ ๓"
    assert form.uploader.name == ""
    decision = memo(request.current_round).decision
    assert (decision.allowed, decision.refused) == (False, True)
    assert decision.reasons == "ไม่เกี่ยวกับภารกิจ ๓"


def test_who_acted_for_another_says_so(proposed, people, office):
    OfficeSettings.objects.filter(site=office).update(head_title="สาธารณสุขอำเภอ")
    Appointment.objects.filter(user=people.head).update(
        acting=True, position="นักวิชาการสาธารณสุข"
    )
    request = proposed()
    procedure.allow(request, by=people.head)
    position = request_form(request.current_round).approver.position
    assert position == "นักวิชาการสาธารณสุข รักษาราชการแทนสาธารณสุขอำเภอ"


def test_past_forms_never_change(published, office, people):
    request = published()
    before = request_form(request.current_round), form_pdf(request.current_round)
    year = request.fiscal_year
    FormWords.objects.create(
        site=office,
        fiscal_year=year,
        heading="ใหม่",
        box_title="ใหม่",
        approver_title="x",
    )
    OfficeSettings.objects.filter(site=office).update(name="ชื่อใหม่", head_title="y")
    office.hostname = "elsewhere.example"
    office.save()
    Appointment.objects.filter(user=people.head).update(position="อื่น")
    people.head.first_name = "คนอื่น"
    people.head.save()
    again = PublicationRequest.objects.get(pk=request.pk).current_round
    assert (request_form(again), form_pdf(again)) == before
    newer = procedure.propose(draft_news(office, people.officer), by=people.officer)
    assert request_form(newer.current_round).heading == ["ใหม่"]


def test_words_of_a_year_last_until_newer_ones(office):
    for year in (2560, 2567):
        FormWords.objects.create(
            site=office, fiscal_year=year, heading=f"a\n\nb{year}", box_title="t"
        )
    assert FormWords.of_year(office, 2566).frozen()["heading"] == ["a", "b2560"]
    assert FormWords.of_year(office, 2567).frozen()["heading"] == ["a", "b2567"]
    assert FormWords.of_year(office, 2559).pk is None


def test_dotted_lines_are_a_choice_of_the_year(published, office):
    FormWords.objects.create(
        site=office,
        fiscal_year=FiscalYear.current().be,
        heading="h",
        box_title="t",
        signing=Signing.DOTTED,
    )
    form = request_form(published().current_round)
    assert form.approver.signed == form.approver.day == ""
    assert form.approver.name == "head"


def test_attachments_are_listed_with_their_fingerprint(office, people):

    files = [make_document(f"แผนที่ {n}.pdf", b"%PDF-1.4 " + b"x" * n) for n in range(3)]
    page = make_draft(office, GeneralInformationPage, people.officer, files=files)
    request = procedure.propose(page, by=people.officer)
    form = request_form(request.current_round)
    assert [file.title for file in form.files] == [f"แผนที่ {n}.pdf" for n in range(3)]
    assert {file.kind for file in form.files} == {"PDF ๐.๑ KB"}
    digests = request.current_round.files.values_list("digest", flat=True)
    assert {file.digest for file in form.files} == set(digests)
    text = text_of(form_pdf(request.current_round))
    assert "เอกสารแนบ ๓ รายการ" in text
    for file in form.files:
        assert file.digest[:12] in text


def test_the_pdf_says_what_the_form_says(published):
    request = published(title="น้ำดื่ม ดำเนินการ ที่นี่ ผู้ใหญ่ #1 $x$ \\n")
    round_ = request.current_round
    form, text = request_form(round_), text_of(form_pdf(round_))
    flat = text.replace(" ", "").replace("\u200b", "")
    for said in (
        *form.heading,
        form.topic,
        form.giver.name,
        form.approver.decision,
        form.uploader.signed,
        form.code,
        form.digest,
        form.address,
        "ลงนามทางอิเล็กทรอนิกส์เมื่อ",
    ):
        assert said.replace(" ", "") in flat, said


def test_the_memo_says_who_asks_what_and_what_was_decided(
    proposed, people, put_through
):
    request = proposed(title="แผนปฏิบัติราชการ")
    waiting = memo(request.current_round)
    assert not (waiting.decision.allowed or waiting.decision.refused)
    put_through(request)
    allowed = memo(request.current_round)
    assert (allowed.decision.allowed, allowed.decision.refused) == (True, False)
    assert "“แผนปฏิบัติราชการ”" in allowed.body
    assert request.page.full_url in allowed.body
    text = text_of(memo_pdf(request.current_round))
    for said in ("บันทึกข้อความ", "ส่วนราชการ", "เรียน", "จึงเรียนมาเพื่อโปรดพิจารณา"):
        assert said in text
    for choice in ("ทราบ", "อนุญาตเผยแพร่", "ไม่อนุญาต (เหตุผล)"):
        assert choice in text
    by_hand = memo(request.current_round, by_hand=True)
    assert not by_hand.decision.allowed


def test_the_blank_form_has_nobody_in_it(office):
    text = text_of(blank_form_pdf(FormWords.of_year(office, 2567), timezone.now()))
    assert "ชื่อหน่วยงาน" in text and "ผู้อนุมัติรับรอง" in text
    assert "รหัสตรวจสอบ" not in text


def test_a_paper_is_drawn_once(published, monkeypatch):
    round_ = published().current_round
    first = form_pdf(round_)
    kept = list(shelf().rglob("*.pdf"))
    assert len(kept) == 1

    def fail(*args, **kwargs):
        raise AssertionError("drawn again")

    monkeypatch.setattr("govpub.evidence.store.typeset", fail)
    assert form_pdf(round_) == first
    kept[0].unlink()
    with pytest.raises(AssertionError):
        form_pdf(round_)


def test_a_permission_by_word_of_mouth_is_not_a_signature(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    head = Appointment.objects.get(user=people.head)
    request = urgent.permit_verbally(
        request, by=people.webmaster, given_by=head, given_at=timezone.now()
    )
    spoken = request_form(request.current_round).approver
    assert spoken.name == spoken.signed == ""
    assert "อนุญาตทางวาจา โดย head" in spoken.decision
    flat = text_of(form_pdf(request.current_round)).replace(" ", "")
    assert "(รอยืนยันเป็นลายลักษณ์อักษร)" in flat
    urgent.confirm(request, by=people.head)
    signed = request_form(request.current_round).approver
    assert (signed.name, signed.decision) == ("head", "อนุญาตเผยแพร่")
