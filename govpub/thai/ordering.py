"""Alphabetical order of a Thai dictionary: ``order_by(ThaiOrder("title"))``.

PostgreSQL knows it (ICU); SQLite is taught it whenever a connection is made. Wagtail's
own lists, which are sorted by the name of a field, follow it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, Func, Model, QuerySet, TextField

from wagtail.admin.views.generic.base import BaseListingView

from .collate import collation_key

# The name of the order on SQLite, and its key: sorting asks for the same texts again.
SQLITE_NAME = "govpub_thai"
_key = lru_cache(maxsize=4096)(collation_key)


class ThaiOrder(Func):
    """The value of a text field, to be sorted as in a Thai dictionary."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"%(expressions)s COLLATE {SQLITE_NAME}"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '%(expressions)s COLLATE "th-x-icu"'
        return self.as_sql(compiler, connection, template=template, **context)


def install() -> None:
    """Called when the apps are ready, before anybody asks the database."""
    connection_created.connect(_teach, dispatch_uid="govpub_thai_order")
    BaseListingView.order_queryset = _ordered_list


def in_thai_order(model: type[Model], names: Iterable[Any]) -> list[Any]:
    """These orders of a list of the admin; names, titles and other texts as in Thai.

    Other fields, choices among them, and what is no field stay as they are.
    """
    return [_in_thai(model, name) if isinstance(name, str) else name for name in names]


def _in_thai(model: type[Model], name: str) -> Any:
    field_name = name.removeprefix("-")
    try:
        field = model._meta.get_field(field_name)
    except FieldDoesNotExist:
        return name
    if not isinstance(field, CharField | TextField) or field.choices:
        return name
    order = ThaiOrder(field_name)
    return order.desc() if name.startswith("-") else order.asc()


def _ordered_list(self: BaseListingView, queryset: QuerySet) -> QuerySet:
    """Wagtail's own, for lists that are not of what a search found."""
    names = self.ordering
    if not names:
        return queryset
    names = names if isinstance(names, list | tuple) else (names,)
    if not self.is_searching:
        names = in_thai_order(queryset.model, names)
    return queryset.order_by(*names)


def _teach(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SQLITE_NAME, _compare)


def _compare(one: str, other: str) -> int:
    first, second = _key(one), _key(other)
    return (first > second) - (first < second)
