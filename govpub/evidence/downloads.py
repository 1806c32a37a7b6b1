"""Files that the admin hands out to be kept."""

from __future__ import annotations

from django.http import HttpResponse

_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}


def as_download(content: bytes, name: str, *, shown: bool = False) -> HttpResponse:
    """The file under this name; ``shown`` in the browser where it can show it."""
    kind = KINDS[name.rpartition(".")[2]]
    response = HttpResponse(content, content_type=kind)
    place = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    return response
