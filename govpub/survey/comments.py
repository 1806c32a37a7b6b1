"""Keeping what visitors write."""

from __future__ import annotations

from govpub.survey.enums import CommentStatus
from govpub.survey.models import Comment, PageRating, Response, SurveyRound


def keep_comment(
    round_: SurveyRound,
    text: str,
    *,
    response: Response | None = None,
    rating: PageRating | None = None,
) -> None:
    """Keep a comment; one that nobody has dealt with yet is replaced by the later."""
    if not text:
        return
    page = rating.page if rating else None
    comments = Comment.objects.filter(response=response, rating=rating)
    comments.filter(status=CommentStatus.NEW).delete()
    Comment.objects.create(
        round=round_, response=response, rating=rating, page=page, text=text
    )
