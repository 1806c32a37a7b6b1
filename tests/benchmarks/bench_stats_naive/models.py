"""What a counter looks like that nobody thought about: a row for every hit."""

from __future__ import annotations

from django.db import models


class NaiveHit(models.Model):
    """Who read what and when, for ever."""

    at = models.DateTimeField(auto_now_add=True)
    path = models.CharField(max_length=500, db_index=True)
    address = models.CharField(max_length=45)
    user_agent = models.CharField(max_length=500)
    referrer = models.CharField(max_length=500)

    class Meta:
        app_label = "bench_stats_naive"

    def __str__(self) -> str:
        return self.path
