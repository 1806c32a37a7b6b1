"""The same walk without a browser: only what the server writes, but quickly."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve

from tests.thai.walk import Walk

SAID = ("aria-label", "aria-description", "title", "placeholder", "alt", "label")
SILENT = ("script", "style", "noscript", "textarea")


class Words(HTMLParser):
    """The texts of a page, those for a screen reader, and the links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._silent += tag in SILENT
        said = dict(attrs)
        self.texts += [said[name] for name in SAID if said.get(name)]
        if tag == "a" and said.get("href"):
            self.links.append(said["href"])

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(" ".join(data.split()))


class QuickWalk(Walk):
    """What the server writes for one person."""

    def __init__(self, client: Client) -> None:
        super().__init__(window=None, opened=set())
        self.client = client

    def _look_at(self, address: str) -> None:
        answer = self.client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and "html" in answer.headers["content-type"]:
            words = Words(answer.content.decode())
            self.screens.append(address)
            self.names[resolve(urlsplit(address).path).view_name] += 1
            found = {"texts": words.texts, "links": words.links}
            self._remember(found, address)
        elif answer.status_code in (301, 302):
            self._note(urljoin(address, answer.headers["location"]).split("#")[0])
