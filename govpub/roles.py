"""The four roles of the procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an appointment makes a person; codes are stored, labels are shown."""

    OFFICER = "officer", _("Officer who wishes to publish")
    HEAD = "head", _("Head of the office (approver)")
    WEBMASTER = "webmaster", _("Web Master")
    INSPECTOR = "inspector", _("Inspector")


def asked_once(question: Callable[..., bool]) -> Callable[..., bool]:
    """Keep the answer on the user, who is another object in each request.

    For what the menu asks of the same person again and again.
    """

    @wraps(question)
    def answer(user: Any, *about: Iterable[str]) -> bool:
        key = question, *(frozenset(words) for words in about)
        answers = user.__dict__.setdefault("_govpub_answers", {})
        if key not in answers:
            answers[key] = question(user, *about)
        return answers[key]

    return answer
