"""A front-end cache that only notes what it was told to forget; not a test."""

from __future__ import annotations

from wagtail.contrib.frontend_cache.backends import BaseBackend

forgotten: list[str] = []


class NotingBackend(BaseBackend):
    def purge(self, url):
        forgotten.append(url)


class DeadBackend(BaseBackend):
    def purge(self, url):
        raise ConnectionError("the cache does not answer")
