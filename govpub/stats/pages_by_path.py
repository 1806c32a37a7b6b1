"""Which page or document of today an address of the past is."""

from __future__ import annotations

from collections.abc import Iterable

import swapper

from wagtail.models import Site

from govpub.upsert import chunks

from .hits import Event
from .served import category_of


class Places:
    """Remembers what it was asked: the database is asked once for an address."""

    def __init__(self, site: Site) -> None:
        self._root = site.root_page.url_path.rstrip("/")
        self._pages: dict[str, tuple[str, int] | None] = {}

    def learn(self, paths: Iterable[str]) -> None:
        """Look for the pages of all these paths at once."""
        new = {path: self._url_path(path) for path in paths if path not in self._pages}
        pages = swapper.load_model("wagtailcore", "Page").objects
        found = {}
        for part in chunks(sorted(set(new.values())), 200):
            for page in pages.filter(url_path__in=part).specific():
                found[page.url_path] = (str(page.pk), category_of(page))
        for path, url_path in new.items():
            self._pages[path] = found.get(url_path)

    def page(self, path: str) -> tuple[Event, str, int]:
        """The page of a path that was learnt, or the path itself."""
        known = self._pages.get(path)
        if known:
            return Event.VIEW, *known
        return Event.VIEW, path if path.startswith("/") else f"/{path}", 0

    def download(self, path: str) -> tuple[Event, str, int]:
        """A document of ``/documents/12/name.pdf`` by its number, others by path."""
        parts = path.strip("/").split("/")
        if len(parts) == 3 and parts[0] == "documents" and parts[1].isdecimal():
            return Event.DOWNLOAD, parts[1], 0
        return Event.DOWNLOAD, path, 0

    def _url_path(self, path: str) -> str:
        return f"{self._root}/{path.strip('/')}/".replace("//", "/")
