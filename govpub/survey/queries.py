"""What the tallies say; every function reads a few rows, however many answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from wagtail.models import Site

from govpub.survey.enums import AnswerStatus, CommentStatus, RoundStatus
from govpub.survey.models import (
    Answer,
    Comment,
    PageRating,
    QuestionVersion,
    Response,
    SurveyRound,
    SurveySettings,
    Tally,
)
from govpub.survey.results import Line, Results, Wording, score_from_json, thaw
from govpub.survey.scoring import Counts, Score, score

TREND_ROUNDS = 8
VersionCounts = dict[int, dict[int, int]]


def open_round(site: Site) -> SurveyRound | None:
    """The round that takes answers now, if there is one."""
    return _rounds(site).filter(status=RoundStatus.OPEN).order_by().first()


def latest_round(site: Site) -> SurveyRound | None:
    """The open round, or else the one that closed last."""
    return shown_rounds(site).first()


def shown_rounds(site: Site) -> QuerySet[SurveyRound]:
    """The rounds that have or had answers to show, the latest first."""
    rounds = _rounds(site).exclude(status=RoundStatus.PLANNED)
    return rounds.select_related("site__surveysettings", "site__root_page")


def _rounds(site: Site) -> QuerySet[SurveyRound]:
    rounds = SurveyRound.objects.filter(site=site)
    return rounds.select_related("site__surveysettings")


def scheme_of(round_: SurveyRound) -> str:
    """How the means of a round are read: frozen at its close, until then as set."""
    return round_.scheme or settings_of(round_).scheme


def settings_of(round_: SurveyRound) -> SurveySettings:
    """What the round's office has decided about its survey, or the defaults."""
    return getattr(round_.site, "surveysettings", None) or SurveySettings()


def asked_now(round_: SurveyRound) -> QuerySet[QuestionVersion]:
    """The wordings on the form of a round, in their order."""
    return _in_order(
        QuestionVersion.objects.filter(
            question__site=round_.site_id,
            question__fiscal_year=round_.fiscal_year,
            question__active=True,
            superseded_at=None,
        )
    )


def results_of(round_: SurveyRound) -> Results:
    """The results of a round: the frozen ones once it is closed."""
    if round_.frozen is not None:
        return thaw(round_.frozen)
    return current_results(round_)


def current_results(round_: SurveyRound) -> Results:
    """The results as the tallies stand."""
    counts: VersionCounts = {}
    tallies = Tally.objects.filter(round=round_)
    for version, level, count in tallies.values_list("version", "level", "count"):
        counts.setdefault(version, {})[level] = count
    return _results(round_, counts)


def selected_results(round_: SurveyRound, responses: QuerySet[Response]) -> Results:
    """The same table over some responses only; reads their answers."""
    counts: VersionCounts = {}
    chosen = responses.filter(round=round_, status=AnswerStatus.COUNTED)
    answers = Answer.objects.filter(response__in=chosen).order_by()
    rows = answers.values_list("version", "level").annotate(Count("pk"))
    for version, level, count in rows:
        counts.setdefault(version, {})[level] = count
    return _results(round_, counts)


def _results(round_: SurveyRound, counts: VersionCounts) -> Results:
    answered = [version for version, levels in counts.items() if any(levels.values())]
    versions = _in_order(
        QuestionVersion.objects.filter(
            Q(pk__in=answered) | Q(pk__in=asked_now(round_).values("pk"))
        )
    )
    scheme = scheme_of(round_)
    return Results(
        scheme=scheme,
        lines=[_line(v, counts.get(v.pk, {}), scheme) for v in versions],
        held=Response.objects.filter(round=round_, status=AnswerStatus.HELD).count(),
    )


def _line(version: QuestionVersion, counts: Counts, scheme: str) -> Line:
    superseded = version.superseded_at
    return Line(
        code=version.question.code,
        wording=Wording(version.text, version.text_en),
        aspect=Wording(version.aspect_name, version.aspect_name_en),
        score=score(counts, scheme),
        superseded=timezone.localdate(superseded).isoformat() if superseded else "",
    )


def _in_order(versions: QuerySet[QuestionVersion]) -> QuerySet[QuestionVersion]:
    return versions.select_related("question").order_by(
        F("question__aspect__position").asc(nulls_first=True),
        "question__aspect",
        "question__position",
        "question",
        "number",
    )


@dataclass(frozen=True)
class TrendPoint:
    """The overall satisfaction of one round."""

    round: SurveyRound
    score: Score


def recent_rounds(site: Site) -> list[SurveyRound]:
    """The rounds of a trend, the latest first."""
    return list(shown_rounds(site)[:TREND_ROUNDS])


def trend(
    rounds: list[SurveyRound], shown: SurveyRound, found: Results
) -> list[TrendPoint]:
    """Overall satisfaction over these rounds, oldest first.

    ``found`` are the results of the round that is ``shown`` already.
    """
    return [
        TrendPoint(
            round_, found.overall if round_.pk == shown.pk else _overall_of(round_)
        )
        for round_ in reversed(rounds)
    ]


def _overall_of(round_: SurveyRound) -> Score:
    if round_.frozen is not None:
        return score_from_json(round_.frozen["overall"])
    return current_results(round_).overall


def released_comments(round_: SurveyRound) -> QuerySet[Comment]:
    """The comments of a round that an officer has released, newest first."""
    return Comment.objects.filter(round=round_, status=CommentStatus.RELEASED)


def held_answers(
    round_: SurveyRound,
) -> tuple[QuerySet[Response], QuerySet[PageRating]]:
    """What was kept apart in a round and waits for review."""
    waiting = {"round": round_, "status": AnswerStatus.HELD}
    responses = Response.objects.filter(**waiting).prefetch_related(
        "answers__version", "comments"
    )
    ratings = PageRating.objects.filter(**waiting).select_related("page")
    return responses, ratings.prefetch_related("comments")
