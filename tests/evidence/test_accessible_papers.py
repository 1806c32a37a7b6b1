"""The office's papers for screen readers and archives: what PDF/UA and PDF/A ask.

No validator of these standards comes as a package, so that this looks at each rule that
can be read from the file itself.
"""

from __future__ import annotations

from itertools import pairwise

import pikepdf
import pytest
from django.utils import timezone

from govpub.categories.models import GeneralInformationPage
from govpub.evidence.models import SupervisionReport
from govpub.evidence.papers import blank_form_pdf, form_pdf, memo_pdf
from govpub.evidence.register import entries, requests_of_year, totals
from govpub.evidence.register_paper import COLUMNS, register_pdf, sheet_of
from govpub.evidence.supervision import report_pdf
from govpub.publishing import procedure
from govpub.publishing.models import FormWords
from tests.categories.conftest import make_document, make_draft
from tests.pdf.tags import elements, fonts, opened, roles, untagged_marks

pytestmark = pytest.mark.django_db
PAPERS = ("form", "by hand", "blank", "memo", "register", "report")


def register_sheet(office, year):
    requests = requests_of_year(office, year)
    return sheet_of(office, year, list(entries(requests)), totals(requests))


@pytest.fixture
def paper(office, people):
    def do(name: str) -> pikepdf.Pdf:
        at = timezone.now()
        files = [make_document("แผนน้ำดื่ม.pdf", b"%PDF-1.4 x")]
        page = make_draft(
            office,
            GeneralInformationPage,
            people.officer,
            files=files,
            title="แผนน้ำดื่ม (Water) พ.ศ. 2567",
            external_link="https://www.example.go.th/a",
        )
        request = procedure.propose(page, by=people.officer)
        round_, year = request.current_round, request.fiscal_year
        draw = {
            "form": lambda: form_pdf(round_),
            "by hand": lambda: form_pdf(round_, by_hand=True),
            "blank": lambda: blank_form_pdf(FormWords.of_year(office, year), at),
            "memo": lambda: memo_pdf(round_),
            "register": lambda: register_pdf([register_sheet(office, year)], year, at),
            "report": lambda: report_pdf(SupervisionReport.of(office, year, 0), at),
        }
        return opened(draw[name]())

    return do


@pytest.mark.parametrize("name", PAPERS)
def test_it_declares_pdf_a_2_and_pdf_ua_1(paper, name):
    pdf = paper(name)
    with pdf.open_metadata() as told:
        assert told["pdfaid:part"] == "2"
        assert told["pdfaid:conformance"] == "A"
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"]
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "th"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert not pdf.is_encrypted
    assert not {"/AA", "/OpenAction"} & set(pdf.Root.keys())
    assert "/JavaScript" not in pdf.Root.get("/Names", {})


@pytest.mark.parametrize("name", PAPERS)
def test_everything_drawn_is_tagged_or_decoration(paper, name):
    pdf = paper(name)
    for page in pdf.pages:
        assert untagged_marks(page) == []
        assert "/StructParents" in page
        assert str(page.get("/Tabs", "/S")) == "/S"


@pytest.mark.parametrize("name", PAPERS)
def test_fonts_are_inside_and_say_which_letters_they_draw(paper, name):
    pdf = paper(name)  # its objects live as long as it does
    found = fonts(pdf)
    assert any("Sarabun" in font for font in found)
    for font in found.values():
        assert "/ToUnicode" in font
        described = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(described.keys())


@pytest.mark.parametrize("name", PAPERS)
def test_headings_go_down_step_by_step(paper, name):
    pdf = paper(name)
    levels = [
        int(str(element.S)[2:])
        for element in elements(pdf)
        if str(element.S)[:2] == "/H" and str(element.S)[2:].isdecimal()
    ]
    assert levels and levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_form_says_its_pictures_and_its_list_and_its_link(paper):
    pdf = paper("form")
    found = roles(pdf)
    assert found["/L"] == 1 and found["/LI"] == 1
    assert found["/Link"] >= 2  # the external link and the address of the check
    figures = [e for e in elements(pdf) if str(e.S) == "/Figure"]
    assert figures
    assert all(str(figure.Alt) for figure in figures)
    assert any("/verify/" in str(figure.Alt) for figure in figures)
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            assert "/StructParent" in note and "/Contents" in note


def test_a_screen_reader_is_told_what_the_head_ticked(proposed, people):
    def ticked(round_):
        pdf = opened(memo_pdf(round_))
        marks = [e for e in elements(pdf) if str(e.S) == "/Figure"]
        return [str(mark.Alt) == "เลือก" for mark in marks]

    request = proposed()
    assert ticked(request.current_round) == [False, False, False]
    procedure.refuse(request, by=people.head, words="ไม่ครบ")
    assert ticked(request.current_round) == [False, False, True]


def test_tables_name_their_columns(paper):
    pdf = paper("register")
    found = roles(pdf)
    assert found["/Table"] == 2 and found["/THead"] == 2
    heads = [e for e in elements(pdf) if str(e.S) == "/TH"]
    assert len(heads) == len(COLUMNS) + 2
    for head in heads:
        kept = head.A if isinstance(head.A, pikepdf.Array) else [head.A]
        assert any(str(a.get("/Scope")) == "/Column" for a in kept)
    report = paper("report")
    assert roles(report)["/Table"] >= 4
