from __future__ import annotations

from typing import Any, ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class NetworkCountManager(models.Manager["NetworkCount"]):
    def add_one(self, key: str, ends_at: int) -> int:
        """Count one more answer under ``key``; returns how many there are now.

        One statement, so that processes that count at the same moment see different
        numbers. Django's own upsert can replace a number, but not add to it.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Names of our own model, never anything from outside.
        statement = (
            f"INSERT INTO {table} AS t (key, ends_at, count) VALUES (%s, %s, 1) "  # noqa: S608
            "ON CONFLICT (key) DO UPDATE SET count = t.count + 1 RETURNING count"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [key, ends_at])
            row: Any = cursor.fetchone()
        return int(row[0])


class NetworkCount(models.Model):
    """Answers of one network to one kind of form in one stretch of ten minutes.

    In the database, so that all processes count together. The key is a hash with the
    salt of the round; the scheduler forgets the row soon after ``ends_at``.
    """

    key = models.CharField(_("key"), max_length=120, primary_key=True)
    ends_at = models.PositiveBigIntegerField(_("end, in seconds of Unix"))
    count = models.PositiveIntegerField(_("answers"))

    objects: ClassVar[NetworkCountManager] = NetworkCountManager()

    class Meta:
        verbose_name = _("answers of a network")
        verbose_name_plural = _("answers of networks")
        indexes = [models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return self.key
