"""Warnings that other apps show above a decision: the hook and what it returns.

A function registered as ``register_govpub_review_notice`` is called once for each
screen, with the person and all rounds shown on it, and returns for each round's key
the notices it has::

    @hooks.register("register_govpub_review_notice")
    def personal_data(user, rounds):
        return {round_.pk: [ReviewNotice("It contains ...")] for round_ in rounds}

It must not ask the database once for each round: the inbox shows thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail import hooks

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise

    from govpub.publishing.models import Round


@dataclass(frozen=True)
class ReviewNotice:
    """What the person should know before deciding: one sentence, and where it is."""

    title: StrOrPromise
    lines: Sequence[StrOrPromise] = ()
    # Also shown on the card in the inbox, where only the sentence fits.
    serious: bool = False


def notices_for(user: User, rounds: Sequence[Round]) -> dict[int, list[ReviewNotice]]:
    """The notices on each of the rounds, by the round's key."""
    found: dict[int, list[ReviewNotice]] = {round_.pk: [] for round_ in rounds}
    if not rounds:
        return found
    for hook in hooks.get_hooks("register_govpub_review_notice"):
        for key, notices in hook(user, rounds).items():
            found[key] += notices
    return found
