"""The evidence pack: everything an auditor asks for, in one ZIP that proves itself.

The same records give the same bytes: nothing in it depends on when, or by whom, it is
made. Each file is drawn and written before the next, so that memory stays flat.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from wagtail.models import Site

from govpub.evidence.board import board, paste_table
from govpub.evidence.codes import code_of
from govpub.evidence.lists import as_json
from govpub.evidence.models import Checklist, SupervisionReport
from govpub.evidence.papers import form_pdf, memo_pdf
from govpub.evidence.register import entries, requests_of_year, table, totals
from govpub.evidence.register_paper import (
    part_name,
    parts_of,
    register_pdf,
    sheet_of,
)
from govpub.evidence.supervision import report_pdf
from govpub.evidence.supervision_word import report_docx
from govpub.publishing.models import (
    FormWords,
    LedgerEntry,
    OfficeSettings,
    PublicationRequest,
    Round,
    RoundFile,
)
from govpub.thai.archive import archive_entry
from govpub.thai.dates import BANGKOK, FiscalYear
from govpub.thai.digits import to_thai_digits
from govpub.thai.spreadsheet import write_csv

Progress = Callable[[int, int], None]
MANIFEST = "manifest.sha256"


@dataclass(frozen=True)
class Scope:
    """What a pack covers: an office, a fiscal year (B.E.), perhaps one quarter."""

    site: Site
    fiscal_year: int
    quarter: int | None = None
    attachments: bool = False

    @property
    def label(self) -> str:
        year = FiscalYear(self.fiscal_year)
        return str(year.quarters()[self.quarter - 1] if self.quarter else year)

    @property
    def requests(self) -> QuerySet[PublicationRequest]:
        """Those with a number of the year; of a quarter, those opened in it."""
        found = requests_of_year(self.site, self.fiscal_year)
        if self.quarter is None:
            return found
        days = FiscalYear(self.fiscal_year).quarters()[self.quarter - 1]
        return found.filter(
            opened_at__gte=_midnight(days.start),
            opened_at__lte=_midnight(days.end, time.max),
        )

    @property
    def rounds(self) -> QuerySet[Round]:
        found = Round.objects.filter(request__in=self.requests.values("pk"))
        return found.select_related("request__site", "request__page").order_by(
            "request__number", "number"
        )


def _midnight(day: Any, at: time = time.min) -> datetime:
    return datetime.combine(day, at, BANGKOK)


def build(scope: Scope, target: IO[bytes], progress: Progress | None = None) -> None:
    """Write the pack as ZIP; ``progress(done, total)`` is told after each round."""
    with override("th"):
        head = LedgerEntry.objects.filter(site=scope.site).order_by("sequence").last()
        at = head.at if head else _midnight(FiscalYear(scope.fiscal_year).start)
        pack = _Pack(target, at)
        try:
            _fill(pack, scope, head, progress or _nobody)
        finally:
            pack.zip.close()


def _fill(
    pack: _Pack, scope: Scope, head: LedgerEntry | None, progress: Progress
) -> None:
    papers = list(_rounds(pack, scope, progress))
    registers = _register(pack, scope, pack.at)
    _supervision(pack, scope, pack.at)
    boards = _boards(pack, scope, pack.at)
    ledger = f"{head.sequence} {head.hash}\n" if head else "0\n"
    pack.add("ledger-head.txt", ledger.encode())
    context = {
        "office": OfficeSettings.for_site(scope.site),
        "scope": scope,
        "papers": papers,
        "registers": registers,
        "boards": boards,
        "head": head,
    }
    index = render_to_string("govpub/evidence/pack/index.html", context)
    pack.add("index.html", index.encode())
    pack.add_manifest()


def _nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


class _Pack:
    """A ZIP whose entries carry the moment of the records, and their SHA-256 sums."""

    def __init__(self, target: IO[bytes], at: datetime) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.at = at
        self.sums: list[str] = []

    def add(self, name: str, content: bytes) -> None:
        self._write(name, content)
        self.sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

    def add_file(self, name: str, stream: IO[bytes]) -> None:
        """A file of any size, copied in pieces."""
        digest = hashlib.sha256()
        with self.zip.open(self._entry(name), "w", force_zip64=True) as entry:
            while piece := stream.read(1 << 20):
                digest.update(piece)
                entry.write(piece)
        self.sums.append(f"{digest.hexdigest()}  {name}\n")

    def add_manifest(self) -> None:
        """Last: the sums of everything else, as ``sha256sum -c`` reads them."""
        self._write(MANIFEST, "".join(sorted(self.sums, key=_name)).encode())

    def _write(self, name: str, content: bytes) -> None:
        self.zip.writestr(self._entry(name), content)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        return archive_entry(name, self.at)


def _name(line: str) -> str:
    return line[66:]


def _rounds(pack: _Pack, scope: Scope, progress: Progress) -> Iterator[dict[str, Any]]:
    total = scope.rounds.count()
    progress(0, total)
    words = FormWords.of_year(scope.site, scope.fiscal_year)
    written = to_thai_digits if words.thai_digits_register else str
    for done, round_ in enumerate(scope.rounds.iterator(chunk_size=100), start=1):
        request = round_.request
        name = f"{request.fiscal_year}-{request.number:05d}-{round_.number}"
        pack.add(f"forms/{name}.pdf", form_pdf(round_))
        pack.add(f"memos/{name}.pdf", memo_pdf(round_))
        yield {
            "code": written(request.code),
            "round": written(str(round_.number)),
            "topic": round_.form.get("topic", ""),
            "state": request.get_status_display(),
            "form": f"forms/{name}.pdf",
            "memo": f"memos/{name}.pdf",
            "check": code_of(round_),
            "files": [_file(pack, scope, name, file) for file in _files(round_)],
        }
        progress(done, total)


def _files(round_: Round) -> QuerySet[RoundFile]:
    return round_.files.select_related("document", "image").order_by("pk")


def _file(pack: _Pack, scope: Scope, name: str, file: RoundFile) -> dict[str, str]:
    """An attached file, in the pack or by its fingerprint; a lost one is named."""
    found = {"title": file.title, "digest": file.digest, "path": "", "lost": ""}
    if not scope.attachments:
        return found
    kept: Any = file.document or file.image
    stored = kept.file
    ending = Path(stored.name).suffix
    path = f"files/{name}/{file.pk}{ending}"
    try:
        with stored.open("rb") as stream:
            pack.add_file(path, stream)
    except FileNotFoundError:
        return {**found, "lost": "1"}
    return {**found, "path": path}


def _register(pack: _Pack, scope: Scope, at: datetime) -> list[str]:
    """The register as a table and on paper; the names of its papers.

    A long one is several papers, because one takes more memory with every line.
    """
    lines = list(entries(scope.requests))
    pack.add("register.csv", write_csv(table(lines)).encode())
    names, parts = [], parts_of(len(lines))
    for number, part in enumerate(parts, start=1):
        sums = totals(scope.requests) if part == parts[-1] else {}
        some = lines[part.start : part.stop]
        sheet = sheet_of(scope.site, scope.fiscal_year, some, sums)
        names.append(f"register-{number}.pdf" if len(parts) > 1 else "register.pdf")
        which = part_name(number, len(parts))
        pack.add(names[-1], register_pdf([sheet], scope.fiscal_year, at, which))
    return names


def _supervision(pack: _Pack, scope: Scope, at: datetime) -> None:
    """The supervision report of the year or quarter, to print and to edit."""
    words = SupervisionReport.of(scope.site, scope.fiscal_year, scope.quarter or 0)
    pack.add("supervision.pdf", report_pdf(words, at))
    pack.add("supervision.docx", report_docx(words, at))


def _boards(pack: _Pack, scope: Scope, at: datetime) -> list[dict[str, Any]]:
    """The board as it stood when the last act was recorded."""
    found = []
    lists = Checklist.objects.filter(site=scope.site, fiscal_year=scope.fiscal_year)
    for checklist in lists.order_by("name", "pk"):
        rows = board(checklist, timezone.localdate(at))
        name = f"board/{checklist.pk}"
        pack.add(f"{name}.csv", write_csv(paste_table(rows)).encode())
        pack.add(f"{name}.json", as_json(checklist).encode())
        found.append({"checklist": checklist, "rows": rows, "path": f"{name}.csv"})
    return found
