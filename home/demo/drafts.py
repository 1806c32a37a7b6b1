"""Saves the demo's items as drafts, the way an officer would in the editor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import (
    Attachment,
    CategoryPage,
    GeneralInformationPage,
    ItemClause,
    ItemPage,
    KnowledgePage,
    LawPage,
    NewsPage,
    OfficialInformationPage,
    ServiceManualPage,
    TopicPage,
    WebLinkPage,
    WorkManualPage,
)
from govpub.seed.groups import ensure_collection
from govpub.thai.dates import FiscalYear
from home.demo import files
from home.demo.item import (
    Block,
    Bullets,
    Heading,
    Item,
    Notice,
    Pdf,
    Picture,
    Sheet,
    Table,
)
from home.demo.pictures import PICTURES
from home.demo.words import fill

MODELS: dict[Category, type[ItemPage]] = {
    Category.GENERAL: GeneralInformationPage,
    Category.LAWS: LawPage,
    Category.KNOWLEDGE: KnowledgePage,
    Category.LINKS: WebLinkPage,
    Category.OFFICIAL_INFORMATION: OfficialInformationPage,
    Category.WORK_MANUALS: WorkManualPage,
    Category.SERVICE_MANUALS: ServiceManualPage,
    Category.NEWS: NewsPage,
}


class Desk:
    """Where drafts are written: the office's pages and its shelf of files."""

    def __init__(self, site: Site, people: Mapping[str, User]) -> None:
        self.site = site
        self.people = people
        self.collection = ensure_collection(site)
        self._images: dict[str, Any] = {}

    def draft(self, item: Item) -> ItemPage:
        """Save the item with its files as a draft of its officer."""
        author = self.people[item.officer]
        parent = self._parent(item)
        page = self._page(item, author)
        if item.translation_of:
            self._beside(page, item.translation_of)
        parent.add_child(instance=page)
        page.save_revision(user=author)
        return page

    def _beside(self, page: ItemPage, thai: Item) -> None:
        """Make the page the English translation of the item that is there in Thai."""
        original = self._parent(thai).get_children().get(title=fill(thai.title))
        page.translation_key = original.translation_key
        page.locale = Locale.objects.get(language_code="en")
        page.slug = f"{original.slug}-en"

    @cached_property
    def _root(self) -> Page:
        return Page.objects.get(pk=self.site.root_page_id)

    def _parent(self, item: Item) -> Page:
        if item.topic:
            return self._topic(item.topic)
        categories = CategoryPage.objects.child_of(self._root)
        return categories.get(number=item.category)

    def _topic(self, topic: GeneralTopic) -> Page:
        category = CategoryPage.objects.child_of(self._root).get(
            number=Category.GENERAL
        )
        return TopicPage.objects.child_of(category).get(number=topic)

    def _page(self, item: Item, author: User) -> ItemPage:
        today = timezone.localdate()
        model = item.model or MODELS[item.category]
        page = model(
            title=fill(item.title),
            kind=item.kind,
            unit=item.unit,
            source=fill(item.source),
            document_date=today - timedelta(days=item.days_ago),
            summary=fill(item.summary),
            external_link=item.external_link,
            remark=fill(item.remark),
            publish_from=_from_today(today, item.from_day),
            publish_until=_from_today(today, item.days),
            body=json.dumps([self._block(block, author) for block in item.body]),
            live=False,
            owner=author,
            **self._own(model, item, author),
        )
        page.clauses.add(*[_clause(code) for code in item.clauses])
        page.attachments = self._attachments(item, author)  # type: ignore[misc]
        return page

    def _own(self, model: type[ItemPage], item: Item, author: User) -> dict[str, Any]:
        own = {name: self._own_value(value, author) for name, value in item.own.items()}
        for name in item.rows:
            own[name] = self._rows(model, name, item, author)
        if item.data:
            own["data"] = json.dumps([_stream_block(replace(item.data, total=""))])
        if item.fiscal_year is not None:
            year = FiscalYear(FiscalYear.current().be + item.fiscal_year)
            own["fiscal_year"] = year.be
            if item.data:
                own["data_from"], own["data_until"] = year.start, year.end
        if item.picture:
            own["lead_image"] = self._image(item.picture, author)
            own["lead_image_alternative"] = item.picture.alternative
        return own

    def _own_value(self, value: Any, author: User) -> Any:
        if isinstance(value, Picture):
            return self._image(value, author)
        return fill(value) if isinstance(value, str) else value

    def _rows(self, model: type[ItemPage], name: str, item: Item, author: User) -> str:
        """Structured rows as their field stores them; it knows one kind of row."""
        stream: Any = model._meta.get_field(name)
        (kind,) = stream.stream_block.child_blocks
        return json.dumps(
            [
                {"type": kind, "value": self._row_value(row, author)}
                for row in item.rows[name]
            ]
        )

    def _row_value(self, value: Any, author: User) -> Any:
        if isinstance(value, Mapping):
            return {name: self._row_value(each, author) for name, each in value.items()}
        if isinstance(value, tuple):
            return [self._row_value(each, author) for each in value]
        if isinstance(value, Picture):
            return self._image(value, author).pk
        return fill(value) if isinstance(value, str) else value

    def _block(self, block: Block, author: User) -> dict[str, Any]:
        if isinstance(block, Picture):
            value = {
                "image": self._image(block, author).pk,
                "alternative": block.alternative,
                "caption": block.caption,
            }
            return {"type": "figure", "value": value}
        return _stream_block(block)

    def _image(self, picture: Picture, author: User) -> Any:
        """The picture on the office's shelf; drawn when it is first needed."""
        if picture.name not in self._images:
            file = ImageFile(ContentFile(PICTURES[picture.name]()), picture.name)
            self._images[picture.name] = get_image_model().objects.create(
                title=fill(picture.alternative)[:100],
                file=file,
                collection=self.collection,
                uploaded_by_user=author,
            )
        return self._images[picture.name]

    def _attachments(self, item: Item, author: User) -> list[Attachment]:
        return [
            Attachment(
                sort_order=order,
                document=self._document(item, file, author),
                is_form=isinstance(file, Pdf) and file.is_form,
            )
            for order, file in enumerate(item.files)
        ]

    def _document(self, item: Item, file: Pdf | Sheet, author: User) -> Any:
        day = timezone.localdate() - timedelta(days=item.days_ago)
        if isinstance(file, Pdf):
            name, content = f"{file.name}.pdf", files.pdf(item, file, day)
        else:
            name, content = f"{file.name}.xlsx", files.sheet(item, file)
        return get_document_model().objects.create(
            title=fill(file.title),
            file=ContentFile(content, name),
            collection=self.collection,
            uploaded_by_user=author,
        )


def _clause(code: str) -> ItemClause:
    clause, _dash, sub_code = code.partition("-")
    return ItemClause(clause=clause, sub_code=sub_code)


def _from_today(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _stream_block(block: Block) -> dict[str, Any]:
    """A block as the text of an item stores it."""
    if isinstance(block, str):
        return {"type": "paragraph", "value": format_html("<p>{}</p>", fill(block))}
    if isinstance(block, Heading):
        return {"type": "heading", "value": fill(block.text)}
    if isinstance(block, Bullets):
        return {"type": "paragraph", "value": _list(block.items, block.ordered)}
    if isinstance(block, Notice):
        text = format_html("<p>{}</p>", fill(block.text))
        return {"type": "notice", "value": {"heading": block.heading, "text": text}}
    if isinstance(block, Table):
        return {"type": "table", "value": _table(block)}
    raise TypeError(block)


def _list(items: Iterable[str], ordered: bool) -> str:
    points = format_html_join("", "<li>{}</li>", ((fill(item),) for item in items))
    return format_html("<ol>{}</ol>" if ordered else "<ul>{}</ul>", points)


def _table(table: Table) -> dict[str, Any]:
    kinds = ["number" if table.is_number(n) else "text" for n in range(len(table.head))]
    return {
        "caption": fill(table.caption),
        "columns": [
            {"type": kind, "heading": fill(name)}
            for kind, name in zip(kinds, table.head, strict=True)
        ],
        "rows": [{"values": [_cell(cell) for cell in row]} for row in table.lines],
    }


def _cell(cell: Any) -> str | None:
    """A text or a number as it is stored; the closing row leaves cells out."""
    return fill(str(cell)) or None
