"""Add to numbers that may not be there yet: one statement for many rows.

``QuerySet.bulk_create(update_conflicts=True)`` can only replace a number, not add to
it, hence SQL. SQLite 3.24 and PostgreSQL 9.5 understand it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")

ROWS = 150  # with six columns still below the 999 parameters of an old SQLite.


def add(
    model: type[models.Model],
    keys: Sequence[str],
    sums: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Insert ``rows`` of keys and sums; where the keys exist, add the sums.

    Sorted, so that two writers lock rows in the same order and never each other.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in (*keys, *sums)]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(f.column) for f in fields]
    unique, added = columns[: len(keys)], columns[len(keys) :]
    # Names of our own models, never anything from outside.
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608
    tail = f" ON CONFLICT ({', '.join(unique)}) DO UPDATE SET " + ", ".join(
        f"{column} = {table}.{column} + EXCLUDED.{column}" for column in added
    )
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for part in chunks(sorted(rows), ROWS):
            values = [
                field.get_db_prep_save(value, connection)
                for row in part
                for field, value in zip(fields, row, strict=True)
            ]
            cursor.execute(head + ", ".join([one] * len(part)) + tail, values)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """``items`` in lists of at most ``size``."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part
