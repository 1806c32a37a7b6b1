"""A page whose table can be taken away: ``csv/`` and ``json/`` below its address."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from wagtail.url_routing import RouteResult

from govpub.thai.spreadsheet import Cell, write_csv


@dataclass(frozen=True)
class DataTable:
    """A table as data: the names of its columns and its rows."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def as_csv(self) -> str:
        return write_csv([self.head, *self.rows])

    def as_records(self) -> list[dict[str, Cell]]:
        """Each row by the names of its columns."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


class DownloadMixin(models.Model):
    """For an item with a table; it is handed out while the page itself is public.

    The files are pages' own answers, so everything that guards the page guards them.
    """

    class Meta:
        abstract = True

    def data_table(self) -> DataTable | None:
        """The table to hand out, if the item has one."""
        raise NotImplementedError

    def data_about(self) -> dict[str, Any]:
        """What a reader of the JSON file is told besides the rows."""
        return {
            "title": self.title,  # type: ignore[attr-defined]
            "publisher": self.unit,  # type: ignore[attr-defined]
            "source": self.source,  # type: ignore[attr-defined]
        }

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components in (["csv"], ["json"]) and self.live:  # type: ignore[attr-defined]
            return RouteResult(self, kwargs={"download": path_components[0]})
        return super().route(request, path_components)  # type: ignore[misc]

    def serve(
        self, request: HttpRequest, *args: Any, download: str = "", **kwargs: Any
    ) -> HttpResponse:
        if not download:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]
        table = self.data_table()
        if table is None:
            raise Http404
        response = self._file(table, download)
        name = f"{self.slug}.{download}"  # type: ignore[attr-defined]
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _file(self, table: DataTable, download: str) -> HttpResponse:
        if download == "csv":
            return HttpResponse(table.as_csv(), content_type="text/csv; charset=utf-8")
        data = {**self.data_about(), "rows": table.as_records()}
        text = json.dumps(data, ensure_ascii=False, default=_number)
        return HttpResponse(text, content_type="application/json; charset=utf-8")


def _number(value: Any) -> Any:
    """A decimal as JSON has it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
