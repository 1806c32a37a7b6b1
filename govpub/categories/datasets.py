"""A data set that an officer wrote into a table: its columns, its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from govpub.categories.downloads import DataTable
from govpub.templatetags.charts import Chart, Series
from govpub.thai.text import is_blank


@dataclass(frozen=True)
class DataSet:
    """The columns by name, which of them are of numbers, and the rows."""

    table: DataTable
    numeric: Sequence[str]
    caption: str = ""

    @classmethod
    def of(cls, value: Any) -> DataSet:
        """From the table as the editor stores it."""
        head = [column["heading"] for column in value.columns]
        numeric = [
            column["heading"]
            for column in value.columns
            if column["block"].name == "number"
        ]
        rows = [[cell.value for cell in row] for row in value.rows]
        return cls(DataTable(head, rows), numeric, value.caption or "")

    def fault(self) -> str:
        """Why it cannot be handed out as data; empty if it can."""
        head = self.table.head
        if any(map(is_blank, head)) or len(set(head)) < len(head):
            return _("Every column of the table needs a heading of its own.")
        if not self.table.rows:
            return _("The table has no rows.")
        return ""

    def has_numbers(self, name: str) -> bool:
        return name in self.numeric

    def chart(self, name: str) -> Chart | None:
        """Bars of one column, named by the first column; none of negative numbers."""
        column = self.table.head.index(name)
        values = [float(row[column] or 0) for row in self.table.rows]
        if not values or min(values) < 0:
            return None
        return Chart(
            key="data-set",
            title=name,
            axis=self.table.head[0],
            labels=[str(row[0] or "") for row in self.table.rows],
            series=[Series(name, values)],
        )
