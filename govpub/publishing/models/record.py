from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Record(models.Model):
    """Evidence: written once, afterwards neither changed nor deleted.

    What goes past ``save`` and ``delete`` is found by ``govpub_verify``.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A record of the procedure is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A record of the procedure is never deleted.")
