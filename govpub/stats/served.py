"""How the middleware learns which page or document a response is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase

_PAGE = "govpub_served_page"
_DOCUMENT = "govpub_served_document"
_NOT_FOUND = "govpub_not_found"

Serve = Callable[..., HttpResponse]


class ServedPage(NamedTuple):
    pk: int
    category: int


def mark_page(serve: Serve) -> Serve:
    """Wagtail's ``on_serve_page``: note the page on the response.

    On the response, because a cache keeps it with the response.
    """

    def serve_marked(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> Any:
        served = ServedPage(page.pk, category_of(page))
        setattr(request, _PAGE, served)
        response = serve(page, request, args, kwargs)
        setattr(response, _PAGE, served)
        return response

    return serve_marked


def category_of(page: Any) -> int:
    """The number of the page's category, 0 for a page that is in none."""
    category = getattr(page, "govpub_category", None)
    return int(category) if category else 0


def served_page(answer: HttpResponseBase | HttpRequest) -> ServedPage | None:
    return getattr(answer, _PAGE, None)


def mark_document(*, instance: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Wagtail's ``document_served``: somebody is given a file."""
    setattr(request, _DOCUMENT, instance.pk)


def served_document(request: HttpRequest) -> int | None:
    return getattr(request, _DOCUMENT, None)


def not_found(request: HttpRequest) -> None:
    setattr(request, _NOT_FOUND, True)


def was_not_found(request: HttpRequest) -> bool:
    return getattr(request, _NOT_FOUND, False)
