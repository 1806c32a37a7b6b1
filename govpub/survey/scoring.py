"""The arithmetic of a Thai satisfaction report: exact, from counts per level.

Everything is computed with whole numbers and ``Decimal``, so a boundary is a boundary:
the mean is rounded half up to two decimals first and read as a level afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from govpub.survey.enums import BandScheme, Level

Counts = Mapping[int, int]

LEVELS: tuple[int, ...] = tuple(int(level) for level in Level)
HUNDREDTH = Decimal("0.01")

# Lowest mean of each level, as printed in reports (scheme A: Boonchom Srisa-ard).
LOWER_BOUNDS: dict[str, dict[int, Decimal]] = {
    BandScheme.A: {
        5: Decimal("4.51"),
        4: Decimal("3.51"),
        3: Decimal("2.51"),
        2: Decimal("1.51"),
        1: Decimal("1.00"),
    },
    BandScheme.B: {
        5: Decimal("4.21"),
        4: Decimal("3.41"),
        3: Decimal("2.61"),
        2: Decimal("1.81"),
        1: Decimal("1.00"),
    },
}


@dataclass(frozen=True)
class Score:
    """One line of the report: frequencies, their percents and what follows from them.

    ``mean``, ``percent`` and ``band`` are ``None`` when nobody answered, ``deviation``
    (the sample S.D., n - 1) below two answers.
    """

    n: int
    counts: dict[int, int]
    shares: dict[int, Decimal]
    mean: Decimal | None
    deviation: Decimal | None
    percent: Decimal | None
    band: int | None


def score(counts: Counts, scheme: str) -> Score:
    """The whole line for these frequencies; ``ValueError`` for an impossible one."""
    full = _checked(counts)
    mean = mean_of(full)
    return Score(
        n=sum(full.values()),
        counts=full,
        shares=shares_of(full),
        mean=mean,
        deviation=deviation_of(full),
        percent=None if mean is None else percent_of(mean),
        band=None if mean is None else band_of(mean, scheme),
    )


def mean_of(counts: Counts) -> Decimal | None:
    """Arithmetic mean, rounded half up to two decimals."""
    n = sum(counts.values())
    if not n:
        return None
    total = sum(level * count for level, count in counts.items())
    # floor(100 * total / n + 1/2), in whole numbers
    return (Decimal((200 * total + n) // (2 * n)) / 100).quantize(HUNDREDTH)


def deviation_of(counts: Counts) -> Decimal | None:
    """Standard deviation of a sample (n - 1), two decimals; ``None`` below two."""
    n = sum(counts.values())
    if n < 2:
        return None
    total = sum(level * count for level, count in counts.items())
    squares = sum(level * level * count for level, count in counts.items())
    with localcontext(prec=50):
        variance = Decimal(n * squares - total * total) / Decimal(n * (n - 1))
        return variance.sqrt().quantize(HUNDREDTH, ROUND_HALF_UP)


def percent_of(mean: Decimal) -> Decimal:
    """The mean as a percent of the best mark: the mean times twenty."""
    return (mean * 20).quantize(HUNDREDTH)


def band_of(mean: Decimal, scheme: str) -> int:
    """The level a mean of two decimals is read as."""
    bounds = LOWER_BOUNDS[scheme]
    return next(level for level in LEVELS if mean >= bounds[level] or level == 1)


def shares_of(counts: Counts) -> dict[int, Decimal]:
    """Percent per level in hundredths that add to exactly 100.

    Each share is cut to two decimals; the hundredths still missing go to the largest
    remainders, and among equal ones to the higher level.
    """
    n = sum(counts.values())
    if not n:
        return {level: Decimal("0.00") for level in LEVELS}
    cut = {level: divmod(10_000 * counts.get(level, 0), n) for level in LEVELS}
    missing = 10_000 - sum(whole for whole, _ in cut.values())
    first = sorted(LEVELS, key=lambda level: (-cut[level][1], -level))[:missing]
    return {
        level: (Decimal(cut[level][0] + (level in first)) / 100).quantize(HUNDREDTH)
        for level in LEVELS
    }


def combine(items: Iterable[Counts]) -> dict[int, int]:
    """The answers to several items taken together, as for an aspect or the whole."""
    pooled = dict.fromkeys(LEVELS, 0)
    for item in items:
        for level, count in item.items():
            pooled[level] += count
    return pooled


def _checked(counts: Counts) -> dict[int, int]:
    unknown = set(counts) - set(LEVELS)
    if unknown:
        raise ValueError(f"not a level: {sorted(unknown)}")
    if any(count < 0 for count in counts.values()):
        raise ValueError("a frequency cannot be negative")
    return {level: counts.get(level, 0) for level in LEVELS}
