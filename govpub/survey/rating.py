"""Rating a page: the record and the page's tally at once."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wagtail import hooks

from govpub.survey.comments import keep_comment
from govpub.survey.enums import AnswerStatus
from govpub.survey.models import PageRating, PageTally, SurveyRound
from govpub.survey.page_queries import PageScore, score_of
from govpub.survey.rounds import take_turn
from govpub.survey.subjects import Subject

logger = logging.getLogger("govpub.survey")

# A page is called low when at least this many people rate it and the mean is read as
# "low" or "lowest".
LOW_RATING_LEAST = 5
LOW_BAND = 2


@transaction.atomic
def rate_page(
    round_: SurveyRound,
    subject: Subject,
    visitor: str,
    *,
    level: int | None = None,
    helpful: bool | None = None,
    reasons: Collection[str] = (),
) -> PageRating:
    """Keep what a visitor says of a page: a level, or whether it was useful, or both.

    What is not said now stays as it was. Raises ``RoundClosed``.
    """
    take_turn(round_)
    who = {
        "round": round_,
        **subject.lookup,
        "visitor": visitor,
        "status": AnswerStatus.of(reasons),
    }
    rating = PageRating.objects.filter(**who).first() or PageRating(**who)
    before = columns_of(rating)
    rating.title = subject.title
    rating.level = level or rating.level
    rating.helpful = rating.helpful if helpful is None else helpful
    rating.reasons = list(reasons)
    rating.answered_at = timezone.now()
    rating.save()
    if rating.status == AnswerStatus.COUNTED:
        retally_page(round_, subject, before, columns_of(rating))
    return rating


def comment_on_rating(rating: PageRating, text: str) -> None:
    """Add the optional comment after a rating. Raises ``RoundClosed``."""
    with transaction.atomic():
        take_turn(rating.round)
        keep_comment(rating.round, text, rating=rating)


def columns_of(rating: PageRating) -> set[str]:
    """The columns of the page's tally in which this rating is counted."""
    columns = {f"level_{rating.level}"} if rating.level else set()
    if rating.helpful is not None:
        columns.add("useful" if rating.helpful else "not_useful")
    return columns


def retally_page(
    round_: SurveyRound, subject: Subject, before: set[str], after: set[str]
) -> None:
    """Take the old rating out of the page's tally and put the new one in."""
    if before == after:
        return
    tally, _is_new = PageTally.objects.get_or_create(
        round=round_, **subject.lookup, defaults={"page_title": subject.title}
    )
    was = score_of(round_, subject)
    changes = {column: F(column) - 1 for column in before - after}
    changes |= {column: F(column) + 1 for column in after - before}
    PageTally.objects.filter(pk=tally.pk).update(page_title=subject.title, **changes)
    now = score_of(round_, subject)
    if subject.page and _is_low(now) and not _is_low(was):
        period = f"{round_.fiscal_year}/{round_.period}"
        transaction.on_commit(lambda: _tell_low_rating(subject.page, now, period))


def _is_low(found: PageScore) -> bool:
    band = found.score.band
    return found.score.n >= LOW_RATING_LEAST and band is not None and band <= LOW_BAND


def _tell_low_rating(page: Any, found: PageScore, period: str) -> None:
    """Tell who listens by ``register_govpub_low_rating``: (page, score, period)."""
    for listen in hooks.get_hooks("register_govpub_low_rating"):
        try:
            listen(page, found.score, period)
        except Exception:
            # The visitor's answer is kept and thanked for, whatever a listener does.
            logger.exception(
                "A listener to low ratings failed", extra={"page": page.pk}
            )
