"""``{% load thai %}``: dates, digits and sizes as readers of a Thai office expect."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from govpub.thai import dates
from govpub.thai.digits import to_thai_digits
from govpub.thai.era import speaks_thai
from govpub.thai.foreign import mark_foreign

register = template.Library()


@register.filter
def thaidate(day: date | None, style: dates.Style = "long") -> str:
    """``{{ day|thaidate }}`` 9 ธันวาคม 2563; also ``:"short"`` and ``:"numeric"``."""
    return dates.thai_date(day or None, style)


@register.filter
def isodate(text: str) -> str:
    """``{{ "2024-03-28"|isodate }}`` 28 มี.ค. 2567: a date that is kept as text."""
    return dates.thai_date(date.fromisoformat(text), "short") if text else ""


@register.filter
def thaidatetime(moment: datetime | None, style: dates.Style = "long") -> str:
    """``{{ moment|thaidatetime }}`` 9 ธันวาคม 2563 เวลา 14:05 น."""
    return dates.thai_datetime(moment or None, style)


@register.filter
def relative(moment: datetime | None) -> str:
    """``{{ moment|relative }}`` 5 นาทีที่แล้ว."""
    return dates.relative_time(moment) if moment else ""


@register.filter
def thaidigits(value: object) -> str:
    """``{{ number|thaidigits }}`` ๒๕๖๗ while Thai is spoken."""
    return to_thai_digits(value) if speaks_thai() else str(value)


@register.filter
def fiscal_year(value: date | int | None) -> str:
    """``{{ day|fiscal_year }}`` or ``{{ 2567|fiscal_year }}`` ปีงบประมาณ พ.ศ. 2567."""
    if not value:
        return ""
    if isinstance(value, int):
        return str(dates.FiscalYear(value))
    return str(dates.FiscalYear.of(value))


@register.filter
def filesize(octets: int | None) -> str:
    """``{{ document.file_size|filesize }}`` 1.4 MB, the unit as computers show it."""
    if not isinstance(octets, int):
        return ""
    if octets < 1024:
        return _("%(size)s bytes") % {"size": number_format(octets)}
    unit, size = "KB", octets / 1024
    for larger in ("MB", "GB"):
        if size >= 1024:
            unit, size = larger, size / 1024
    size = round(size, 1) if size < 10 else round(size)
    return f"{number_format(size)} {unit}"


@register.filter
def foreign(text: str, language: str) -> SafeString:
    """``{{ title|foreign:"th" }}`` with its English words in ``<span lang="en">``."""
    return mark_safe(mark_foreign(conditional_escape(text), language))  # noqa: S308


@register.tag
def foreign_runs(parser: Parser, token: Token) -> ForeignRuns:
    """``{% foreign_runs language %}…{% endforeign_runs %}``: the same for a passage."""
    _name, language = token.split_contents()
    nodes = parser.parse(("endforeign_runs",))
    parser.delete_first_token()
    return ForeignRuns(nodes, parser.compile_filter(language))


class ForeignRuns(Node):
    """HTML in which words of the other language are marked."""

    def __init__(self, nodelist: NodeList, language: FilterExpression) -> None:
        self.nodelist, self.language = nodelist, language

    def render(self, context: Context) -> SafeString:
        language = self.language.resolve(context) or ""
        html = self.nodelist.render(context)
        return mark_safe(mark_foreign(html, str(language)))  # noqa: S308
