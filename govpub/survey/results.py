"""The results of a round as plain values: what is shown, exported and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from govpub.survey.models.question import OVERALL, in_reader_language
from govpub.survey.scoring import LEVELS, Score, combine, score

FEW = 30  # below this number of answers the results carry a warning


@dataclass(frozen=True)
class Wording:
    """A text in both languages; shown in the reader's."""

    thai: str
    english: str = ""

    def __str__(self) -> str:
        return in_reader_language(self.thai, self.english)

    def __bool__(self) -> bool:
        return bool(self.thai)


@dataclass(frozen=True)
class Line:
    """One question in one wording and what was answered to it.

    ``superseded`` is the ISO day on which a later wording took its place, or empty.
    """

    code: str
    wording: Wording
    aspect: Wording
    score: Score
    superseded: str = ""


@dataclass(frozen=True)
class Aspect:
    """The lines of one aspect and their answers taken together."""

    name: Wording
    lines: list[Line]
    score: Score


@dataclass(frozen=True)
class Results:
    """Everything a round says. ``held`` answers wait for review and are not counted."""

    scheme: str
    lines: list[Line]
    held: int = 0

    @property
    def overall(self) -> Score:
        """The required overall question, over all its wordings."""
        return self._pooled(line for line in self.lines if line.code == OVERALL)

    @property
    def overall_lines(self) -> list[Line]:
        return [line for line in self.lines if line.code == OVERALL]

    @property
    def together(self) -> Score:
        """All answers to the questions of all aspects taken together."""
        return self._pooled(line for line in self.lines if line.code != OVERALL)

    @property
    def n(self) -> int:
        """Number of people who answered."""
        return self.overall.n

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def aspects(self) -> list[Aspect]:
        """The other questions by aspect, in their order."""
        grouped: dict[Wording, list[Line]] = {}
        for line in self.lines:
            if line.code != OVERALL:
                grouped.setdefault(line.aspect, []).append(line)
        return [
            Aspect(name, lines, self._pooled(lines)) for name, lines in grouped.items()
        ]

    def _pooled(self, lines: Any) -> Score:
        return score(combine(line.score.counts for line in lines), self.scheme)


def freeze(results: Results) -> dict[str, Any]:
    """Plain JSON with every number as it was shown, for the record of the round."""
    return {
        "scheme": results.scheme,
        "held": results.held,
        "lines": [
            {
                "code": line.code,
                "wording": asdict(line.wording),
                "aspect": asdict(line.aspect),
                "superseded": line.superseded,
                **score_as_json(line.score),
            }
            for line in results.lines
        ],
        "overall": score_as_json(results.overall),
        "together": score_as_json(results.together),
    }


def thaw(frozen: dict[str, Any]) -> Results:
    """The results of a closed round, with the numbers of its close."""
    return Results(
        scheme=frozen["scheme"],
        held=frozen["held"],
        lines=list(_thawed_lines(frozen["lines"])),
    )


def _thawed_lines(lines: list[dict[str, Any]]) -> Iterator[Line]:
    for line in lines:
        yield Line(
            code=line["code"],
            wording=Wording(**line["wording"]),
            aspect=Wording(**line["aspect"]),
            superseded=line["superseded"],
            score=score_from_json(line),
        )


def score_as_json(found: Score) -> dict[str, Any]:
    """A line of numbers; decimals as text, so that none is rounded on its way."""
    return {
        "n": found.n,
        "counts": {str(level): count for level, count in found.counts.items()},
        "percents": {str(level): str(share) for level, share in found.shares.items()},
        "mean": _text(found.mean),
        "sd": _text(found.deviation),
        "percent": _text(found.percent),
        "band": found.band,
    }


def score_from_json(line: dict[str, Any]) -> Score:
    """The same numbers back from JSON."""
    return Score(
        n=line["n"],
        counts={level: line["counts"][str(level)] for level in LEVELS},
        shares={level: Decimal(line["percents"][str(level)]) for level in LEVELS},
        mean=_decimal(line["mean"]),
        deviation=_decimal(line["sd"]),
        percent=_decimal(line["percent"]),
        band=line["band"],
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
