"""The evidence pack: whole, provable, the same every time."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document
from freezegun import freeze_time

from govpub.categories.models import GeneralInformationPage
from govpub.evidence.models import EvidencePack, PackState, SupervisionReport
from govpub.evidence.pack import MANIFEST, Scope, build
from govpub.evidence.pack_jobs import make_packs
from govpub.evidence.store import shelf
from govpub.publishing import procedure
from govpub.publishing.models import LedgerHead
from govpub.roles import Role
from govpub.thai.dates import FiscalYear
from tests.categories.conftest import make_document, make_draft
from tests.conftest import make_person
from tests.evidence.conftest import text_of

pytestmark = pytest.mark.django_db


def packed(site, **options) -> bytes:
    stream = io.BytesIO()
    build(Scope(site, FiscalYear.current().be, **options), stream)
    return stream.getvalue()


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture
def some(office, people, published, proposed):
    """A published request, one with an attachment that was refused and tried again."""
    published(title="เรื่องแรก")
    draft = make_draft(
        office,
        GeneralInformationPage,
        people.officer,
        files=[make_document("แผน.pdf", b"%PDF-1.4 plan")],
    )
    request = procedure.propose(draft, by=people.officer)
    request = procedure.refuse(request, by=people.head, words="ไม่ครบ")
    request = procedure.tell_back(request, by=people.webmaster)
    return procedure.propose(request.page.specific, by=people.officer)


def test_everything_is_in_it(some, office):
    SupervisionReport.objects.create(
        site=office, fiscal_year=some.fiscal_year, problems="ปัญหาของปี"
    )
    pack = opened(packed(office))
    names = pack.namelist()
    year = FiscalYear.current().be
    for name in (f"{year}-00001-1", f"{year}-00002-1", f"{year}-00002-2"):
        assert pack.read(f"forms/{name}.pdf").startswith(b"%PDF-")
        assert pack.read(f"memos/{name}.pdf").startswith(b"%PDF-")
    assert {"register.csv", "register.pdf", "index.html", MANIFEST} <= set(names)
    assert "ปัญหาของปี" in text_of(pack.read("supervision.pdf"))
    report = Document(io.BytesIO(pack.read("supervision.docx")))
    assert "ปัญหาของปี" in [paragraph.text for paragraph in report.paragraphs]
    head = LedgerHead.objects.get(site=office)
    assert pack.read("ledger-head.txt").decode() == f"{head.sequence} {head.hash}\n"
    index = pack.read("index.html").decode()
    assert "เรื่องแรก" in index and head.hash in index
    for link in re.findall(r'href="([^"]+)"', index):
        assert link in names, link
    assert not re.search(r'(src|href)="(https?:)?//', index)


def test_a_long_register_is_several_papers(some, published, office, monkeypatch):
    monkeypatch.setattr("govpub.evidence.register_paper.LINES_OF_A_PAPER", 2)
    published(title="เรื่องที่สาม")
    pack = opened(packed(office))
    assert "register.pdf" not in pack.namelist()
    first, second = (text_of(pack.read(f"register-{number}.pdf")) for number in (1, 2))
    assert "เรื่องแรก" in first and "เรื่องที่สาม" not in first
    assert "เรื่องที่สาม" in second and "เรื่องแรก" not in second
    index = pack.read("index.html").decode()
    assert all(f'href="register-{number}.pdf"' in index for number in (1, 2))
    assert len(pack.read("register.csv").decode().splitlines()) == 4


def test_the_manifest_names_every_file(some, office):
    pack = opened(packed(office, attachments=True))
    lines = pack.read(MANIFEST).decode().splitlines()
    named = {line[66:]: line[:64] for line in lines}
    assert set(named) == set(pack.namelist()) - {MANIFEST}
    for name, digest in named.items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest, name
    (file,) = {n for n in named if n.startswith("files/") and "-00002-1/" in n}
    assert pack.read(file) == b"%PDF-1.4 plan"


def test_files_are_only_named_unless_asked_for(some, office):
    pack = opened(packed(office))
    assert not [name for name in pack.namelist() if name.startswith("files/")]
    digest = some.current_round.files.get().digest
    assert digest in pack.read("index.html").decode()


def test_the_same_records_give_the_same_bytes(some, office):
    first = packed(office)
    for kept in shelf().rglob("*.pdf"):
        kept.unlink()
    with freeze_time("2031-05-05 05:05"):
        stream = io.BytesIO()
        build(Scope(office, some.fiscal_year), stream)
    assert stream.getvalue() == first


def test_another_record_gives_another_pack(some, office, people):
    before = packed(office)
    procedure.allow(some, by=people.head)
    assert packed(office) != before


def test_a_quarter_holds_what_was_opened_in_it(some, office):
    number = FiscalYear.current().quarter(some.opened_at.date()).number
    inside, outside = (
        packed(office, quarter=number),
        packed(office, quarter=number % 4 + 1),
    )
    assert sum(name.startswith("forms/") for name in opened(inside).namelist()) == 3
    assert not [n for n in opened(outside).namelist() if n.startswith("forms/")]


def test_nothing_of_another_office(some, second_office):
    pack = opened(packed(second_office))
    assert not [name for name in pack.namelist() if name.startswith("forms/")]
    assert "เรื่องแรก" not in pack.read("register.csv").decode()


def test_the_command(some, tmp_path, capsys):
    target = tmp_path / "pack.zip"
    year = str(some.fiscal_year)
    call_command("govpub_evidence", "--fiscal-year", year, "--output", str(target))
    assert "index.html" in zipfile.ZipFile(target).namelist()
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["pack.zip"]
    for bad in (
        ["--fiscal-year", "2024", "--output", str(target)],
        ["--fiscal-year", year, "--output", str(tmp_path / "no" / "pack.zip")],
        ["--fiscal-year", year, "--output", str(target), "--site", "no.example"],
        ["--fiscal-year", year, "--output", str(target), "--quarter", "5"],
    ):
        with pytest.raises(CommandError):
            call_command("govpub_evidence", *bad)


def test_asked_for_in_the_admin_and_made_by_the_scheduler(
    some, office, people, client, second_office
):
    packs = reverse("govpub_evidence_admin:packs")
    client.force_login(people.inspector)
    assert client.post(packs, {"fiscal_year": 2024}).status_code == 422
    assert client.post(packs, {"fiscal_year": "x", "quarter": 9}).status_code == 422
    year = some.fiscal_year
    assert client.post(packs, {"fiscal_year": year}).status_code == 302
    pack = EvidencePack.objects.get()
    address = reverse("govpub_evidence_admin:pack", args=[pack.pk])
    assert "http-equiv" in client.get(packs).content.decode()
    assert client.get(address).status_code == 404
    make_packs()
    pack.refresh_from_db()
    assert (pack.state, pack.done, pack.total) == (PackState.READY, 3, 3)
    assert "http-equiv" not in client.get(packs).content.decode()
    content = b"".join(client.get(address).streaming_content)
    assert content == packed(office)
    client.force_login(make_person("other", second_office, Role.HEAD))
    assert client.get(address).status_code == 404


def test_a_pack_that_fails_says_so_and_leaves_nothing(some, office, monkeypatch):
    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr("govpub.evidence.pack.memo_pdf", fail)
    EvidencePack.objects.create(site=office, fiscal_year=some.fiscal_year)
    make_packs()
    pack = EvidencePack.objects.get()
    assert pack.state == PackState.FAILED and "disk full" in pack.error
    assert not list(shelf().glob("packs/*"))
