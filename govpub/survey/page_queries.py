"""What visitors said of single pages: per page, per category, over the rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from govpub.survey.enums import AnswerStatus
from govpub.survey.models import PageRating, PageTally, SurveyRound
from govpub.survey.queries import scheme_of
from govpub.survey.results import score_as_json, score_from_json
from govpub.survey.scoring import Score, combine, score
from govpub.survey.subjects import Subject
from govpub.thai.collate import collation_key

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class PageScore:
    """What visitors said of one page, or of all pages of one category.

    ``key`` is the key of a Wagtail page or the address of another one. A page knows
    the key of its ``section``: a child of the office's front page, or ``elsewhere``.
    """

    key: str
    name: str
    score: Score
    useful: int
    not_useful: int
    section: str = ELSEWHERE

    @property
    def title(self) -> str:
        if self.key == ELSEWHERE:
            return _("Home page and other pages")
        return self.name


@dataclass(frozen=True)
class PageScores:
    """All rated pages of a round, the most often rated first, and their categories."""

    pages: list[PageScore]
    sections: list[PageScore]

    def inside(self, section: str) -> PageScores:
        """Only the pages of one category; of all, if none is chosen."""
        if not section:
            return self
        return PageScores(
            [page for page in self.pages if page.section == section],
            [found for found in self.sections if found.key == section],
        )


@dataclass(frozen=True)
class Heard:
    """The frequencies of one page, before they are read by a scheme."""

    key: str
    title: str
    path: str
    counts: dict[int, int]
    useful: int
    not_useful: int


def page_scores_of(round_: SurveyRound) -> PageScores:
    """The ratings of pages in a round: the frozen ones once it is closed."""
    if round_.frozen is not None and "pages" in round_.frozen:
        return thaw_pages(round_.frozen["pages"])
    return current_page_scores(round_)


def current_page_scores(round_: SurveyRound) -> PageScores:
    """The ratings of pages as the tallies stand."""
    tallies = PageTally.objects.filter(round=round_).select_related("page")
    return _scores(round_, [_heard(tally) for tally in tallies])


def selected_page_scores(
    round_: SurveyRound, ratings: QuerySet[PageRating]
) -> PageScores:
    """The same over some ratings only; counts them one by one."""
    known = {
        _key(tally): _heard(tally)
        for tally in PageTally.objects.filter(round=round_).select_related("page")
    }
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    helpful: dict[str, dict[bool, int]] = defaultdict(dict)
    chosen = ratings.filter(round=round_, status=AnswerStatus.COUNTED).order_by()
    for key, level, number in _counted(chosen, "level"):
        counts[key][level] = number
    for key, was_useful, number in _counted(chosen, "helpful"):
        helpful[key][was_useful] = number
    return _scores(
        round_,
        [
            replace(
                known[key],
                counts=counts[key],
                useful=helpful[key].get(True, 0),
                not_useful=helpful[key].get(False, 0),
            )
            for key in known
            if counts[key] or helpful[key]
        ],
    )


def _counted(
    ratings: QuerySet[PageRating], column: str
) -> Iterator[tuple[str, Any, int]]:
    said = ratings.exclude(**{column: None})
    groups = said.values_list("page", "address", column).annotate(Count("pk"))
    for page, address, value, number in groups:
        yield str(page or address), value, number


def _key(tally: PageTally) -> str:
    return str(tally.page_id or tally.address)


def _heard(tally: PageTally) -> Heard:
    return Heard(
        key=_key(tally),
        title=tally.page_title,
        path=tally.page.path if tally.page else "",
        counts=tally.counts,
        useful=tally.useful,
        not_useful=tally.not_useful,
    )


def _scores(round_: SurveyRound, heard: list[Heard]) -> PageScores:
    scheme = scheme_of(round_)
    children = round_.site.root_page.get_children().order_by("path")
    sections = [(str(c.pk), c.title, c.path) for c in children.only("title", "path")]
    inside: dict[str, list[Heard]] = {key: [] for key, _title, _path in sections}
    inside[ELSEWHERE] = []
    pages = []
    for one in heard:
        around = (key for key, _title, path in sections if one.path.startswith(path))
        section = next(around, ELSEWHERE)
        inside[section].append(one)
        pages.append(_score(one.key, one.title, [one], scheme, section))
    titles = {key: title for key, title, _path in sections}
    return PageScores(
        pages=sorted(pages, key=lambda one: (-one.score.n, collation_key(one.title))),
        sections=[
            _score(key, titles.get(key, ""), ones, scheme, key)
            for key, ones in inside.items()
            if ones
        ],
    )


def _score(
    key: str, title: str, heard: Iterable[Heard], scheme: str, section: str
) -> PageScore:
    heard = list(heard)
    return PageScore(
        key=key,
        name=title,
        score=score(combine(one.counts for one in heard), scheme),
        useful=sum(one.useful for one in heard),
        not_useful=sum(one.not_useful for one in heard),
        section=section,
    )


def score_of(round_: SurveyRound, subject: Subject) -> PageScore:
    """What visitors said of one page in one round."""
    tallies = PageTally.objects.filter(round=round_, **subject.lookup)
    heard = [_heard(tally) for tally in tallies.select_related("page")]
    key = str(subject.page.pk) if subject.page else subject.address
    return _score(key, subject.title, heard, scheme_of(round_), ELSEWHERE)


@dataclass(frozen=True)
class SectionTrend:
    """One category over the rounds; None where nobody rated it."""

    title: str
    scores: list[Score | None]


def section_trend(rounds: list[SurveyRound]) -> list[SectionTrend]:
    """How the ratings of each category went over these rounds, given latest first."""
    by_round = [page_scores_of(round_).sections for round_ in reversed(rounds)]
    found: dict[str, SectionTrend] = {}
    for place, sections in enumerate(by_round):
        for section in sections:
            line = found.setdefault(
                section.key, SectionTrend(section.title, [None] * len(by_round))
            )
            line.scores[place] = section.score
    return sorted(found.values(), key=lambda line: collation_key(line.title))


def freeze_pages(found: PageScores) -> dict[str, Any]:
    """Plain JSON with every number as it was shown, for the record of the round."""
    return {
        "pages": [_as_json(page) for page in found.pages],
        "sections": [_as_json(section) for section in found.sections],
    }


def _as_json(found: PageScore) -> dict[str, Any]:
    return {
        "key": found.key,
        "title": found.name,
        "section": found.section,
        "useful": found.useful,
        "not_useful": found.not_useful,
        **score_as_json(found.score),
    }


def thaw_pages(frozen: dict[str, Any]) -> PageScores:
    """The ratings of a closed round, with the numbers of its close."""
    return PageScores(
        pages=[_from_json(line) for line in frozen["pages"]],
        sections=[_from_json(line) for line in frozen["sections"]],
    )


def _from_json(line: dict[str, Any]) -> PageScore:
    return PageScore(
        key=line["key"],
        name=line["title"],
        score=score_from_json(line),
        useful=line["useful"],
        not_useful=line["not_useful"],
        section=line["section"],
    )
