"""What an officer decides on answers that were kept apart."""

from __future__ import annotations

from django.db import transaction

from govpub.survey.actions import cells_of, retally
from govpub.survey.enums import AnswerStatus
from govpub.survey.models import PageRating, Response
from govpub.survey.rating import columns_of, retally_page
from govpub.survey.rounds import take_turn
from govpub.survey.subjects import of_rating


@transaction.atomic
def count_held(held: Response) -> None:
    """Count an answer that was kept apart, after an officer has looked at it.

    If the visitor has a counted answer too, the later of the two stays counted.
    """
    take_turn(held.round)
    held.refresh_from_db()
    if held.status != AnswerStatus.HELD:
        return
    rival = Response.objects.filter(
        round=held.round, visitor=held.visitor, status=AnswerStatus.COUNTED
    ).first()
    if rival and rival.answered_at > held.answered_at:
        _set_status(held, AnswerStatus.SET_ASIDE)
        return
    if rival:
        _set_status(rival, AnswerStatus.SET_ASIDE)
    _set_status(held, AnswerStatus.COUNTED)
    retally(held.round, cells_of(rival) if rival else set(), cells_of(held))


@transaction.atomic
def count_held_rating(held: PageRating) -> None:
    """The same for the rating of a page."""
    take_turn(held.round)
    held.refresh_from_db()
    subject = of_rating(held)
    if held.status != AnswerStatus.HELD or subject is None:
        return
    rival = PageRating.objects.filter(
        round=held.round,
        **subject.lookup,
        visitor=held.visitor,
        status=AnswerStatus.COUNTED,
    ).first()
    if rival and rival.answered_at > held.answered_at:
        _set_status(held, AnswerStatus.SET_ASIDE)
        return
    if rival:
        _set_status(rival, AnswerStatus.SET_ASIDE)
    _set_status(held, AnswerStatus.COUNTED)
    before = columns_of(rival) if rival else set()
    retally_page(held.round, subject, before, columns_of(held))


@transaction.atomic
def leave_out(held: Response | PageRating) -> None:
    """Leave an answer that was kept apart out of the results; the record stays."""
    take_turn(held.round)
    held.refresh_from_db()
    if held.status == AnswerStatus.HELD:
        _set_status(held, AnswerStatus.SET_ASIDE)


def _set_status(answer: Response | PageRating, status: AnswerStatus) -> None:
    answer.status = status
    answer.save(update_fields=["status"])
