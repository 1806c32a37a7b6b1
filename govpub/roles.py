"""The four roles of the procedure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Answer = TypeVar("Answer")


class Role(models.TextChoices):
    """What an appointment makes a person; codes are stored, labels are shown."""

    OFFICER = "officer", _("Officer who wishes to publish")
    HEAD = "head", _("Head of the office (approver)")
    WEBMASTER = "webmaster", _("Web Master")
    INSPECTOR = "inspector", _("Inspector")


def asked_once(question: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    """Keep the answer on the user, who is another object in each request.

    For what the menu asks of the same person again and again.
    """
    name = f"_{question.__module__}.{question.__qualname__}"

    @wraps(question)
    def answer(user: Any) -> Answer:
        if name not in user.__dict__:
            user.__dict__[name] = question(user)
        return user.__dict__[name]

    return answer
