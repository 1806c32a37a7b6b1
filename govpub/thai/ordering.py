"""Alphabetical order of a Thai dictionary: ``order_by(ThaiOrder("title"))``.

PostgreSQL knows it (ICU); SQLite is taught it whenever a connection is made.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Func

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


def _teach(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SQLITE_NAME, _compare)


def _compare(one: str, other: str) -> int:
    first, second = _key(one), _key(other)
    return (first > second) - (first < second)
