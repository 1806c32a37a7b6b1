from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from govpub.categories.blocks import TABLE_COLUMNS
from govpub.categories.datasets import DataSet
from govpub.categories.downloads import DataTable, DownloadMixin
from govpub.categories.enums import Category, KnowledgeKind
from govpub.thai.text import is_blank

from .item import ItemPage


class KnowledgePage(DownloadMixin, ItemPage):  # type: ignore[django-manager-missing]
    """Category 3: knowledge or statistics that others may use, with its terms."""

    category = Category.KNOWLEDGE
    kinds = KnowledgeKind
    kind_name = _("Kind")
    details_template = "govpub/categories/details/knowledge.html"

    licence = models.CharField(
        _("terms of use"),
        max_length=255,
        blank=True,
        help_text=_("What others may do with it, e.g. the name of an open licence."),
    )
    licence_link = models.URLField(
        _("address of the licence"), max_length=500, blank=True
    )
    data = StreamField(
        [("table", TypedTableBlock(TABLE_COLUMNS, label=_("Table")))],
        verbose_name=_("data set"),
        blank=True,
        max_num=1,
        help_text=_("Shown as a table and handed out as CSV and JSON."),
    )
    chart_column = models.CharField(
        _("column to draw as a chart"),
        max_length=255,
        blank=True,
        help_text=_("Its heading, which must be a column of numbers; empty: no chart."),
    )

    own_panels = (
        FieldRowPanel(["licence", "licence_link"]),
        MultiFieldPanel(["data", "chart_column"], heading=_("Data set")),
    )

    class Meta:
        verbose_name = _("knowledge or statistics")
        verbose_name_plural = _("knowledge and statistics")

    def own_form_errors(self) -> dict[str, str]:
        """Source always; of statistics also the numbers, their period and terms."""
        errors = super().own_form_errors() | self.source_errors()
        if self.data_set and (fault := self.data_set.fault()):
            errors["data"] = fault
        if self.chart_column and not self.chart_is_possible:
            errors["chart_column"] = _now("There is no column of numbers of this name.")
        if self.kind != KnowledgeKind.STATISTICS:
            return errors
        if self.data_set is None and not self.attachments.all():
            errors["data"] = _now("Write the numbers into the table, or attach them.")
        if self.data_from is None and self.data_until is None:
            errors["data_until"] = _now("Say of which time the numbers are.")
        if is_blank(self.licence):
            errors["licence"] = _now("Say what others may do with the numbers.")
        return errors

    @cached_property
    def data_set(self) -> DataSet | None:
        """The table of the item, if it has one."""
        tables = [child.value for child in self.data]
        return DataSet.of(tables[0]) if tables and tables[0].columns else None

    @property
    def chart_is_possible(self) -> bool:
        return self.data_set is not None and self.data_set.has_numbers(
            self.chart_column
        )

    @cached_property
    def chart(self) -> Any:
        """The chosen column as a chart, or None."""
        if self.data_set is None or not self.chart_is_possible:
            return None
        return self.data_set.chart(self.chart_column)

    def data_table(self) -> DataTable | None:
        return self.data_set.table if self.data_set else None

    def data_about(self) -> dict[str, Any]:
        return {
            **super().data_about(),
            "licence": self.licence_link or self.licence,
            "from": self.data_from.isoformat() if self.data_from else None,
            "until": self.data_until.isoformat() if self.data_until else None,
        }
