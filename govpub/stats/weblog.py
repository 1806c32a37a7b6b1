"""Lines of a web server's log in the combined format."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    rf"(\S+) \S+ .*?\[([^\]]{{26}})\] {_QUOTED} (\d{{3}}) (?:\d+|-) {_QUOTED} {_QUOTED}"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ENDING = re.compile(r"\.([a-z0-9]{1,5})$", re.I)
PAGES = frozenset(
    ["html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cfm", "cgi", "do"]
)
DOWNLOADS = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "csv",
        "zip",
        "rar",
        "7z",
        "gz",
        "tgz",
        "tar",
        "bz2",
        "exe",
        "dmg",
        "deb",
        "rpm",
        "jar",
        "apk",
    ]
)
_NOT_A_PLACE = ("/admin/", "/static/", "/media/", "/django-admin/")


class BadLine(ValueError):
    """A line that is not of the combined format."""


class Request(NamedTuple):
    """What one line says; ``at`` is the Unix clock, ``path`` is decoded."""

    address: str
    at: int
    method: str
    path: str
    status: int
    referrer: str
    user_agent: str

    @property
    def is_read(self) -> bool:
        """Somebody was given what was asked for."""
        return self.method == "GET" and self.status in (200, 304)

    @property
    def is_download(self) -> bool:
        return self._ending in DOWNLOADS

    @property
    def is_page(self) -> bool:
        """Without an ending, or with that of a page; pictures and styles are parts."""
        is_public = not self.path.startswith(_NOT_A_PLACE)
        return is_public and (not self._ending or self._ending in PAGES)

    @property
    def _ending(self) -> str:
        found = _ENDING.search(self.path)
        return found[1].lower() if found else ""


def read_request(line: bytes) -> Request:
    """The request of a line; ``BadLine`` if it is damaged."""
    found = _LINE.match(line.decode("utf-8", "replace"))
    if not found:
        raise BadLine
    address, when, asked, status, referrer, agent = found.groups()
    method, _, rest = asked.partition(" ")
    return Request(
        address,
        _moment(when),
        method,
        _path(rest.rpartition(" ")[0] or rest),
        int(status),
        "" if referrer == "-" else referrer,
        "" if agent == "-" else agent,
    )


def _moment(text: str) -> int:
    """``17/May/2015:10:05:03 +0000``; not by ``strptime``, whose months are local."""
    try:
        day, year = int(text[:2]), int(text[7:11])
        month = _MONTHS.split().index(text[3:6]) + 1
        clock = f"{text[12:20]}{text[21:24]}:{text[24:]}"
        moment = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{clock}")
    except ValueError as error:
        raise BadLine from error
    return int(moment.timestamp())


def _path(target: str) -> str:
    """The decoded path of what was asked for, without its query."""
    if target.startswith("/"):  # ``//x`` is a path here, never another computer.
        return unquote(target.partition("?")[0].partition("#")[0])
    try:
        return unquote(urlsplit(target).path) or "/"
    except ValueError as error:
        raise BadLine from error


def open_log(path: Path) -> tuple[BinaryIO, BinaryIO]:
    """The log, decompressed if need be, and the file itself, to see how far one is."""
    raw = path.open("rb")
    is_gzip = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    if is_gzip:
        return io.BufferedReader(gzip.GzipFile(fileobj=raw)), raw
    return raw, raw


def lines_of(log: BinaryIO) -> Iterator[bytes]:
    """Whole lines only: the last one may still be being written."""
    for line in log:
        if line.endswith(b"\n"):
            yield line
