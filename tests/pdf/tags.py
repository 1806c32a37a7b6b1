"""What a screen reader and an archive find in a PDF, read with pikepdf."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pikepdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every structure element, in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for inner in node:
                walk(inner)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root.StructTreeRoot.K)
    return found


def roles(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in elements(pdf))


def untagged_marks(page: pikepdf.Page) -> list[str]:
    """Operators that draw outside tagged content and outside artifacts."""
    drawing = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "sh", "BI"}
    depth, loose = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in drawing and depth == 0:
            loose.append(name)
    return loose


def fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Dictionary]:
    """The fonts of all pages by name."""
    return {
        str(font.BaseFont): font
        for page in pdf.pages
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
    }
