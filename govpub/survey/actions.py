"""Taking an answer to the full form: the record, its tally and its comment at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from govpub.survey.comments import keep_comment
from govpub.survey.enums import AnswerStatus
from govpub.survey.models import Answer, Response, SurveyRound, Tally
from govpub.survey.rounds import take_turn
from govpub.upsert import add

Cell = tuple[int, int]  # wording, level


@dataclass(frozen=True)
class Submission:
    """A filled-in form. ``levels`` maps the wording asked to the level given.

    With ``reasons`` the answer is kept apart for review.
    """

    visitor: str
    levels: Mapping[int, int]
    respondent: str = ""
    comment: str = ""
    seconds: int | None = None
    reasons: Collection[str] = ()
    answered_at: datetime = field(default_factory=timezone.now)


@transaction.atomic
def record_answer(round_: SurveyRound, given: Submission) -> Response:
    """Keep one visitor's answer; an earlier one of theirs is replaced.

    Raises ``RoundClosed``.
    """
    take_turn(round_)
    who = {
        "round": round_,
        "visitor": given.visitor,
        "status": AnswerStatus.of(given.reasons),
    }
    earlier = Response.objects.filter(**who).first()
    response = earlier or Response(**who)
    before = cells_of(earlier) if earlier else set()
    response.reasons = list(given.reasons)
    response.respondent = given.respondent
    response.seconds = given.seconds
    response.answered_at = given.answered_at
    response.replaced += earlier is not None
    response.save()
    if before:
        response.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(response=response, version_id=version, level=level)
        for version, level in given.levels.items()
    )
    if response.status == AnswerStatus.COUNTED:
        retally(round_, before, set(given.levels.items()))
    keep_comment(round_, given.comment, response=response)
    return response


def cells_of(response: Response) -> set[Cell]:
    """Where a response is counted: each wording with the level given."""
    return set(response.answers.values_list("version", "level"))


def retally(round_: SurveyRound, before: set[Cell], after: set[Cell]) -> None:
    """Take the old answers out of the tally and put the new ones in."""
    if gone := before - after:
        _tallies(round_, gone).update(count=F("count") - 1)
    added = ((round_.pk, version, level, 1) for version, level in after - before)
    add(Tally, ("round", "version", "level"), ("count",), added)


def _tallies(round_: SurveyRound, cells: Iterable[Cell]) -> QuerySet[Tally]:
    wanted = Q(pk__in=[])
    for version, level in cells:
        wanted |= Q(version=version, level=level)
    return Tally.objects.filter(wanted, round=round_)
