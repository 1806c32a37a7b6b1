"""Paper: a typst template and plain data become a PDF that lasts.

The data goes in as JSON and is never read as markup. Every file is tagged and declares
PDF/A-2a (for archives) and PDF/UA-1 (for screen readers); the same template and data
give the same bytes. Sarabun comes with us, so the machine's fonts do not matter.

A template begins with ``#import "/pdf/paper.typ": *`` and finds its data in ``data``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from govpub.pdf.printable import printable
from govpub.thai.dates import BANGKOK

ROOT = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).parent / "fonts"
LARGE = 50_000  # characters of data; the layout of so many takes tens of megabytes
KEPT_BY_TYPST = 10  # papers, as typst's package for Python has it


@cache
def fonts() -> typst.Fonts:
    """Sarabun, and for the square that stands for other characters typst's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, str] | None = None,
    root: Path = ROOT,
) -> bytes:
    """The PDF of ``data`` in ``template``, dated ``at``.

    ``pictures`` are drawings (SVG) by name, in the template ``picture(name, alt: ..)``.
    ``root`` is the folder that ``/`` means in the template; the template lies in it.
    """
    moment = at.astimezone(BANGKOK).replace(microsecond=0)
    dated = {"at": f"{moment:%Y-%m-%d}", **data}
    written = json.dumps(printable(dated), ensure_ascii=False)
    pdf = typst.compile(
        template,
        root=root,
        font_paths=fonts(),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(moment.timestamp()),
        sys_inputs={
            "data": written,
            "pictures": json.dumps(dict(pictures or {})),
        },
    )
    if len(written) > LARGE:
        _forget()
    return pdf


def _forget() -> None:
    """Let typst drop what it laid out; it keeps that for ten papers more."""
    for _paper in range(KEPT_BY_TYPST + 1):
        typst.compile(b" ", font_paths=fonts(), format="svg")


@lru_cache
def fingerprint(template: Path) -> str:
    """SHA-256 (hex) of everything but the data that decides how the paper looks."""
    digest = sha256(version("typst").encode())
    for path in sorted({template, *template.parent.glob("*.typ"), *ROOT.glob("pdf/*")}):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
