"""Counts what the site served; the class to put near the top of ``MIDDLEWARE``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from .collector import get_collector, lose_quietly, record
from .hits import Event
from .served import not_found, served_document, served_page, was_not_found

Answer = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class VisitCounter:
    """One hit for each page or file that a person was given."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(
        self, request: HttpRequest
    ) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self._is_async:
            return self._answer(request)
        response = self.get_response(request)
        count(request, response)  # type: ignore[arg-type]
        return response

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        response = await self.get_response(request)  # type: ignore[misc]
        await sync_to_async(count)(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Http404):
            not_found(request)


def count(request: HttpRequest, response: HttpResponseBase) -> None:
    """Count a download, or a page if the server is the one that counts pages."""
    try:
        _count(request, response)
    except Exception:
        lose_quietly()


def _count(request: HttpRequest, response: HttpResponseBase) -> None:
    document = served_document(request)
    if document and response.status_code < 400 and request.method == "GET":
        record(request, Event.DOWNLOAD, str(document))
    elif get_collector().counts_pages and _is_read(request):
        page = served_page(response)
        if page and response.status_code in (200, 304):
            record(request, Event.VIEW, str(page.pk), page.category)
        elif page is None and _is_other_page(request, response):
            record(request, Event.VIEW, request.path)


def _is_read(request: HttpRequest) -> bool:
    """A person's window asked for it: no frame, no script, no reading ahead."""
    meta = request.META
    return (
        request.method == "GET"
        # A preview in the admin is a request that Wagtail makes up.
        and not getattr(request, "is_dummy", False)
        and meta.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and "HTTP_SEC_PURPOSE" not in meta
        and "HTTP_PURPOSE" not in meta
        and "HTTP_X_MOZ" not in meta
        and "HTTP_X_REQUESTED_WITH" not in meta
    )


def _is_other_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A public page that is none of the tree, such as the search."""
    if response.status_code != 200 or was_not_found(request):
        return False
    if not response.get("Content-Type", "").startswith("text/html"):
        return False
    match = request.resolver_match
    # Wagtail answered without serving a page: a form that asks for a password.
    if match and match.url_name == "wagtail_serve":
        return False
    return not request.path.startswith(_back_offices())


@lru_cache(maxsize=1)
def _back_offices() -> tuple[str, ...]:
    """Where the office works; nothing of it is public."""
    prefixes = []
    for name in ("wagtailadmin_home", "admin:index"):
        try:
            prefixes.append(reverse(name))
        except NoReverseMatch:
            continue
    return tuple(prefixes)
