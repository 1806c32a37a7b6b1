"""Documents that a word processor opens with their Thai intact, to be edited further.

A word processor sets Thai in the "complex script" font, size and weight of a text and
ignores the others, so that each is said twice here. The same document and moment give
the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from govpub.thai.archive import archive_entry

# The font that offices must use; where it is missing, its younger brothers.
FONT = "TH SarabunPSK"
OTHER_FONTS = "TH Sarabun New, Sarabun"
SIZE = 16.0  # points, as official letters are written
BOX = "☐"
DOTS = "." * 32
Place = Paper | _Cell

# What XML cannot carry.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{FONT}"><w:altName w:val="{OTHER_FONTS}"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def new_document(title: str, author: str, at: datetime) -> Paper:
    """An empty A4 page in the font of offices; ``at`` is when it was made."""
    paper = Document()
    _set_up_page(paper)
    _set_up_styles(paper)
    _leave_out_the_makers_picture(paper)
    told = paper.core_properties
    told.title, told.author, told.last_modified_by = text(title), text(author), ""
    told.comments, told.language, told.revision = "", "th-TH", 1
    told.created = told.modified = at.astimezone(UTC).replace(microsecond=0)
    return paper


def text(value: str) -> str:
    """Without the characters that no document can carry."""
    return _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def write(
    place: Place,
    *pieces: str | tuple[str, bool],
    align: Align = Align.LEFT,
    size: float = SIZE,
    indent: float = 0,
    first_line: float = 0,
    joined: bool = False,
) -> Paragraph:
    """A paragraph; a piece ``(words, True)`` is bold, lengths are in centimetres.

    ``joined`` keeps it on one page with the next.
    """
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = Cm(indent)
    paragraph.paragraph_format.first_line_indent = Cm(first_line)
    paragraph.paragraph_format.keep_with_next = joined
    for piece in pieces:
        words, bold = piece if isinstance(piece, tuple) else (piece, False)
        run = paragraph.add_run(text(words))
        _dress(run._element.get_or_add_rPr(), size=size, bold=bold)
    return paragraph


def heading(place: Paper, words: str, level: int) -> Paragraph:
    """A heading that the navigation of the word processor shows."""
    paragraph = place.add_heading(text(words), level)
    paragraph.alignment = Align.CENTER if level == 1 else Align.LEFT
    return paragraph


def grid(
    place: Paper,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    size: float = SIZE - 2,
) -> Table:
    """A ruled table; its head is repeated on every page, no row is torn apart."""
    found = frame(place, [head, *rows], widths, size=size)
    found.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return found


def frame(
    place: Paper,
    rows: Sequence[Sequence[str | None]],
    widths: Sequence[float],
    *,
    ruled: bool = True,
    size: float = SIZE,
) -> Table:
    """Cells side by side; no row is torn apart by the end of a page.

    In a ruled one the first row is bold and all but the first column stand right.
    """
    found = place.add_table(len(rows), len(widths), "Table Grid" if ruled else None)
    found.autofit = False
    for column, width in zip(found.columns, widths, strict=True):
        column.width = Cm(width)
    for row, line in zip(found.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, (cell, words) in enumerate(zip(row.cells, line, strict=True)):
            cell.width = Cm(widths[column])
            first = row._index == 0 and ruled
            align = Align.CENTER if first else Align.RIGHT if column else Align.LEFT
            cell._element.remove(cell.paragraphs[0]._element)  # the one it began with
            if words is not None:  # the caller writes something else
                write(cell, (words, first), align=align, size=size)
    return found


def number_pages(paper: Paper, before: str) -> None:
    """At the foot of each page its number, in Thai digits where the program can."""
    foot = paper.sections[0].footer.paragraphs[0]
    foot.alignment = Align.RIGHT
    _dress(foot.add_run(f"{before} ")._element.get_or_add_rPr(), size=SIZE - 4)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    numbers = _element("w:pgNumType", {"w:fmt": "thaiNumbers"})
    paper.sections[0]._sectPr.insert_element_before(numbers, "w:cols", "w:docGrid")
    run = foot.add_run("๑")
    _dress(run._element.get_or_add_rPr(), size=SIZE - 4)
    field.append(run._element)


def saved(paper: Paper, at: datetime) -> bytes:
    """The file; its entries carry ``at``, not the moment of writing."""
    written, out = io.BytesIO(), io.BytesIO()
    paper.save(written)
    with zipfile.ZipFile(written) as found, zipfile.ZipFile(out, "w") as target:
        for name in found.namelist():
            target.writestr(archive_entry(name, at), found.read(name))
    return out.getvalue()


def _set_up_page(paper: Paper) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(2)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2)
    page.header_distance = page.footer_distance = Cm(1)


def _set_up_styles(paper: Paper) -> None:
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    _dress(defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"), size=SIZE)
    for name, size, bold in (
        ("Normal", SIZE, False),
        ("Heading 1", SIZE + 4, True),
        ("Heading 2", SIZE + 1, True),
    ):
        style: Any = paper.styles[name]
        _dress(style.element.get_or_add_rPr(), size=size, bold=bold)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(10 if bold else 0)
        style.paragraph_format.space_after = Pt(4 if bold else 2)
        style.paragraph_format.line_spacing = 1.0


def _dress(properties: Any, *, size: float, bold: bool = False) -> None:
    """Font, size and weight of Latin and of Thai letters, and their language.

    The order is that of the format; a word processor refuses another.
    """
    for name in ("rFonts", "b", "bCs", "sz", "szCs", "lang"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    kinds = {f"w:{kind}": FONT for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    properties.insert(0, _element("w:rFonts", kinds))
    if bold:
        properties.insert(1, OxmlElement("w:b"))
        properties.insert(2, OxmlElement("w:bCs"))
    half_points = str(round(size * 2))
    colour = properties.find(qn("w:color"))
    place = len(properties) if colour is None else properties.index(colour) + 1
    for element in (
        _element("w:sz", {"w:val": half_points}),
        _element("w:szCs", {"w:val": half_points}),
        _element("w:lang", {"w:val": "en-US", "w:bidi": "th-TH"}),
    ):
        properties.insert(place, element)
        place += 1


def _element(name: str, values: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(key), value)
    return element


def _leave_out_the_makers_picture(paper: Paper) -> None:
    """The template's preview and its list of fonts are not ours."""
    package = paper.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    for part in package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _FONT_TABLE.encode()
