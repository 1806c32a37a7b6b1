"""Wagtail's search with Thai in it: in the admin's lists, choosers and searches.

``WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "govpub.thai.search_backend"}}``

Databases cut texts into words at spaces, and Thai has none between words: only what
begins a text is found. This one looks inside the text that Wagtail's index keeps beside
its words. What has neither Thai nor digits nor quotation marks (an error in SQLite) is
left to the database.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from modelsearch.backends.database import SearchBackend as database_backend
from modelsearch.query import Phrase, PlainText

from .digits import to_arabic_digits, to_thai_digits
from .text import normalise

_OURS = re.compile("[\u0e01-\u0e5b0-9\"']")
_QUOTES = re.compile("[\"'“”‘’«»\0]")
MAX_TERMS = 8


class InsideWords:
    """Added to the compilers of the database's own backend."""

    query: Any
    queryset: QuerySet
    fields: Any
    order_by_relevance: bool

    def search(self, config: Any, start: int, stop: int, **options: Any) -> QuerySet:
        text = getattr(self.query, "query_string", "")
        mine = isinstance(self.query, PlainText | Phrase) and _OURS.search(text)
        if not mine or self.fields is not None:
            return super().search(config, start, stop, **options)  # type: ignore[misc]
        clean = normalise(_QUOTES.sub(" ", text))
        terms = [clean.strip()] if isinstance(self.query, Phrase) else clean.split()
        found = self._having([term for term in terms if term][:MAX_TERMS])
        score = Case(
            When(_in_title(clean.strip()), then=Value(2)),
            default=Value(1),
            output_field=IntegerField(),
        )
        if score_field := options.get("score_field"):
            found = found.annotate(**{score_field: score})
        if self.order_by_relevance:
            found = found.order_by(score.desc(), "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")  # the same on each page of a list
        return found[start:stop]

    def _having(self, terms: list[str]) -> QuerySet:
        if not terms:
            return self.queryset.none()
        join = or_ if getattr(self.query, "operator", "and") == "or" else and_
        return self.queryset.filter(
            reduce(join, (_in_title(term) | _contains("body", term) for term in terms))
        )


def _in_title(term: str) -> Q:
    return _contains("title", term)


def _contains(name: str, term: str) -> Q:
    """In either set of digits; PostgreSQL keeps the plain text under another name."""
    suffix = "_text" if connection.vendor == "postgresql" else ""
    forms = {term, to_arabic_digits(term), to_thai_digits(term)}
    field = f"index_entries__{name}{suffix}__icontains"
    return reduce(or_, (Q(**{field: form}) for form in forms))


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the database, which looks inside of words."""
    backend = database_backend(params)
    for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
        theirs = getattr(backend, name)
        setattr(backend, name, type(theirs.__name__, (InsideWords, theirs), {}))
    return backend
