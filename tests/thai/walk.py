"""A walk through the admin: every screen as the server writes it.

Where scripts have a part in a screen, a real browser may be sent there as well.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.thai.words import Found, Words

# Screens alike but for what they show: so many are enough. Filters: one of each kind.
ALIKE = 2
# No screens: what leaves the admin, what other scripts read, and the one list of
# workflows that Wagtail shows to everybody who guesses its address.
PASSED_BY = (
    *("/admin/logout", "/admin/login", "/admin/sprite", "/admin/jsi18n", "/admin/api"),
    *("/admin/test404", "/admin/failwhale", "/admin/modeladmin/jsi18n"),
    *("/admin/block-preview", "/admin/workflows/task_chooser"),
)
# Files; and the rows of a list alone, as the list itself fetches them.
NO_SCREENS = (".pdf", ".zip", ".csv", ".json", ".xlsx", ".docx", "/results/")


def addresses_without_arguments() -> Iterator[str]:
    """Every address of the admin that can be written down without knowing anything."""
    yield from _plain(get_resolver("wagtail.admin.urls"), "/admin/")


def _plain(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern).removeprefix("^").removesuffix("$")
        route = route.removesuffix("\\Z")
        if set(route) & set("<(\\[*"):
            continue
        if isinstance(pattern, URLPattern):
            yield prefix + route
        else:
            yield from _plain(pattern, prefix + route)


class Walk:
    """What one person meets; ``texts`` says on which screen each was seen first."""

    def __init__(
        self,
        client: Client,
        *,
        alike: Counter[tuple[str, str]] | None = None,
        look: Callable[[str, Words], Iterator[tuple[str, Found]]] | None = None,
    ) -> None:
        """``alike``: screens of each kind seen by others, if theirs are enough.

        ``look``: what else can be read on a page, once it is there; asked at the first
        page of each view.
        """
        self.client = client
        self.texts: dict[str, str] = {}
        self.screens: list[str] = []
        self.names: Counter[str] = Counter()
        self.things: Counter[str] = Counter()
        self._look = look
        self._alike = Counter() if alike is None else alike
        self._known: set[str] = set()
        self._queue: deque[str] = deque()

    def through(self, addresses: Iterable[str]) -> None:
        """These screens, and whatever they lead to."""
        for address in addresses:
            self._note(address, wanted=True)
        while self._queue:
            self._look_at(self._queue.popleft())

    def _note(self, address: str, *, wanted: bool = False) -> None:
        path = urlsplit(address).path
        if not path.startswith("/admin/") or path.startswith(PASSED_BY):
            return
        if path.endswith(NO_SCREENS) or "export=" in address or address in self._known:
            return
        kind = _kind(address)
        if kind is None:
            return
        enough = 1 if kind[1] else ALIKE
        if self._alike[kind] >= enough and not wanted:
            return
        self._alike[kind] += 1
        self._known.add(address)
        self._queue.append(address)

    def _look_at(self, address: str) -> None:
        answer = self.client.get(address)
        assert answer.status_code < 500, address
        if 300 <= answer.status_code < 400:  # not for this person, or leads elsewhere
            self._note(urljoin(address, answer.headers["location"]).split("#")[0])
            return
        kind = answer.headers.get("content-type", "")
        if answer.status_code != 200 or "html" not in kind and "json" not in kind:
            return
        html = _html_of(answer.json()) if "json" in kind else answer.content.decode()
        words = Words(html)
        self.screens.append(address)
        self._remember(words.found, address)
        name = resolve(urlsplit(address).path).view_name
        if self._look and "<body" in html and not self.names[name]:
            for what, found in self._look(address, words):
                self.things[what] += 1
                self._remember(found, f"{address} ({what})")
        self.names[name] += 1

    def _remember(self, found: Found, address: str) -> None:
        for text in filter(None, found["texts"]):
            self.texts.setdefault(text, address)
        for link in filter(None, found["links"]):
            self._note(urljoin(address, link).split("#")[0])


def _html_of(answer: object) -> str:
    """What a modal shows is sent as a part of a larger answer."""
    return str(answer.get("html", "")) if isinstance(answer, dict) else ""


def _kind(address: str) -> tuple[str, str] | None:
    """The view, and the names of the questions put to it."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    keys = {key for key, _value in parse_qsl(parts.query)} - {"p", "next"}
    return name, "&".join(sorted(keys))
