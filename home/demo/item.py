"""What a piece of the demo's content is made of; the texts are in ``content``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import ItemPage
from home.demo.story import PUBLISHED, Story

SAMPLE = "ข้อมูลตัวอย่างเพื่อสาธิตระบบ ตัวเลขและรายละเอียดเป็นข้อมูลสมมุติ"
Cell = str | int | Decimal


@dataclass(frozen=True)
class Heading:
    """The heading of a part of the text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list; ``ordered`` ones have numbers."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Notice:
    """A sentence or two that must not be missed."""

    heading: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture of ``home.demo.pictures``, with its words for the blind."""

    name: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of one kind; ``total`` names a closing row with the sums of its integers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: str = ""

    @property
    def lines(self) -> list[tuple[Cell, ...]]:
        """The rows, and the closing row if there is one."""
        return [*self.rows, self._sums()] if self.total else list(self.rows)

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers only."""
        return all(not isinstance(row[column], str) for row in self.rows)

    def _sums(self) -> tuple[Cell, ...]:
        sums: list[Cell] = [
            sum(column) if all(isinstance(cell, int) for cell in column) else ""
            for column in zip(*self.rows, strict=True)
        ]
        return (self.total, *sums[1:])


# A line of structured information: its fields by name, lines below it among them.
Row = Mapping[str, Any]

# A plain string is a paragraph.
Block = str | Heading | Bullets | Notice | Picture | Table


@dataclass(frozen=True)
class Pdf:
    """A document on paper: these blocks, or else the whole text of the item.

    An ``official`` one has a place for the head's signature, a form is filled in.
    """

    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    official: bool = False
    is_form: bool = False


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet of these tables, or else those of the item; one worksheet each."""

    name: str
    title: str
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Item:
    """One piece of information and the way it went through the procedure.

    ``model`` is its class where the category has several, ``rows`` are its structured
    fields, ``data`` is its data set, of the whole ``fiscal_year``, which counts from
    this one; ``clauses`` are those of the Official Information Act with their sub-codes
    (``9(8)-1``). Texts may hold the words of :mod:`home.demo.words`. ``days_ago`` dates
    the form, ``days`` is how long from today it is public (``None``: no end),
    ``from_day`` on which day from today it goes up. ``translation_of`` is the same in
    Thai; what this one says is in English then.
    """

    category: Category
    title: str
    summary: str
    body: tuple[Block, ...] = ()
    topic: GeneralTopic | None = None
    model: type[ItemPage] | None = None
    kind: str = ""
    unit: str = "กลุ่มงานบริหารทั่วไป"
    source: str = "{office} (ข้อมูลตัวอย่าง)"
    external_link: str = ""
    remark: str = SAMPLE
    days_ago: int = 30
    days: int | None = 365
    from_day: int | None = None
    translation_of: Item | None = None
    files: tuple[Pdf | Sheet, ...] = ()
    picture: Picture | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    data: Table | None = None
    clauses: tuple[str, ...] = ()
    fiscal_year: int | None = None
    officer: str = "officer"
    story: Story = PUBLISHED

    @property
    def tables(self) -> Iterator[Table]:
        if self.data:
            yield self.data
        yield from (block for block in self.body if isinstance(block, Table))
