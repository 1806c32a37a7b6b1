"""The arithmetic of the report, against a plain reference without shared code."""

from __future__ import annotations

import statistics
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govpub.survey.enums import BandScheme
from govpub.survey.scoring import (
    band_of,
    combine,
    mean_of,
    percent_of,
    score,
    shares_of,
)

answers = st.lists(st.integers(1, 5), max_size=300)
counts_of_many = st.fixed_dictionaries(
    {level: st.integers(0, 10**6) for level in range(1, 6)}
)


def counted(levels):
    return {level: levels.count(level) for level in range(1, 6)}


def half_up(value, places="0.01"):
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def reference_mean(levels):
    with localcontext(prec=60):
        return half_up(sum(map(Decimal, levels)) / Decimal(len(levels)))


def reference_deviation(levels):
    with localcontext(prec=60):
        mean = sum(map(Decimal, levels)) / len(levels)
        squares = sum((Decimal(level) - mean) ** 2 for level in levels)
        return half_up((squares / (len(levels) - 1)).sqrt())


BAND_TABLES = {
    # Printed as in a Thai report: lowest and highest mean of each level.
    BandScheme.A: {
        5: ("4.51", "5.00"),
        4: ("3.51", "4.50"),
        3: ("2.51", "3.50"),
        2: ("1.51", "2.50"),
        1: ("1.00", "1.50"),
    },
    BandScheme.B: {
        5: ("4.21", "5.00"),
        4: ("3.41", "4.20"),
        3: ("2.61", "3.40"),
        2: ("1.81", "2.60"),
        1: ("1.00", "1.80"),
    },
}


def reference_band(mean, scheme):
    for level, (low, high) in BAND_TABLES[scheme].items():
        if Decimal(low) <= mean <= Decimal(high):
            return level
    raise AssertionError(f"{mean} falls between two bands")


@given(answers.filter(bool))
def test_mean_is_that_of_the_reference(levels):
    assert mean_of(counted(levels)) == reference_mean(levels)


@given(answers.filter(lambda levels: len(levels) >= 2))
def test_deviation_is_that_of_the_reference(levels):
    assert score(counted(levels), BandScheme.A).deviation == reference_deviation(levels)


@given(answers.filter(lambda levels: len(levels) >= 2))
def test_deviation_agrees_with_the_statistics_module(levels):
    found = score(counted(levels), BandScheme.A).deviation
    assert abs(float(found) - statistics.stdev(levels)) <= 0.005 + 1e-9


@given(counts_of_many)
def test_large_counts_give_exact_means(counts):
    number = sum(counts.values())
    if not number:
        assert mean_of(counts) is None
        return
    exact = Fraction(sum(level * n for level, n in counts.items()), number)
    found = Fraction(mean_of(counts))
    assert -Fraction(1, 200) < found - exact <= Fraction(1, 200)


@given(answers)
def test_percents_add_to_one_hundred(levels):
    shares = shares_of(counted(levels))
    assert sum(shares.values()) == (100 if levels else 0)


@given(counts_of_many)
def test_a_percent_is_never_further_than_a_hundredth_from_the_exact_one(counts):
    number = sum(counts.values())
    for level, share in shares_of(counts).items():
        if number:
            exact = Fraction(100 * counts[level], number)
            assert abs(Fraction(share) - exact) < Fraction(1, 100)


@given(counts_of_many)
def test_equal_counts_differ_by_at_most_one_hundredth(counts):
    shares = shares_of(counts)
    for level in counts:
        for other in counts:
            if counts[level] == counts[other]:
                assert abs(shares[level] - shares[other]) <= Decimal("0.01")


@pytest.mark.parametrize("scheme", list(BandScheme))
def test_every_mean_of_two_decimals_falls_into_exactly_the_printed_band(scheme):
    for hundredths in range(100, 501):
        mean = Decimal(hundredths) / 100
        assert band_of(mean, scheme) == reference_band(mean, scheme)


@pytest.mark.parametrize(
    ("exact", "shown", "level"),
    [
        (Fraction("4.505"), "4.51", 5),  # rounded first, banded afterwards
        (Fraction("4.504"), "4.50", 4),
        (Fraction("3.505"), "3.51", 4),
        (Fraction("2.505"), "2.51", 3),
        (Fraction("1.505"), "1.51", 2),
        (Fraction("1.504"), "1.50", 1),
    ],
)
def test_scheme_a_at_its_boundaries_from_real_answers(exact, shown, level):
    counts = answers_with_mean(exact)
    found = score(counts, BandScheme.A)
    assert (found.mean, found.band) == (Decimal(shown), level)


@pytest.mark.parametrize(
    ("exact", "shown", "level"),
    [
        (Fraction("4.205"), "4.21", 5),
        (Fraction("4.204"), "4.20", 4),
        (Fraction("3.405"), "3.41", 4),
        (Fraction("2.605"), "2.61", 3),
        (Fraction("1.805"), "1.81", 2),
        (Fraction("1.804"), "1.80", 1),
    ],
)
def test_scheme_b_at_its_boundaries_from_real_answers(exact, shown, level):
    counts = answers_with_mean(exact)
    found = score(counts, BandScheme.B)
    assert (found.mean, found.band) == (Decimal(shown), level)


def answers_with_mean(exact):
    """One thousand answers of two neighbouring levels with exactly this mean."""
    low = int(exact)
    high = int((exact - low) * 1000)
    return {low: 1000 - high, low + 1: high}


@given(answers.filter(bool), st.sampled_from(list(BandScheme)))
def test_band_and_percent_are_those_of_the_reference(levels, scheme):
    found = score(counted(levels), scheme)
    assert found.band == reference_band(reference_mean(levels), scheme)
    assert found.percent == reference_mean(levels) * 20
    assert found.n == len(levels)


def test_percent_of_a_mean():
    assert percent_of(Decimal("4.27")) == Decimal("85.40")


def test_nobody_answered():
    found = score({}, BandScheme.A)
    assert (found.n, found.mean, found.deviation, found.percent, found.band) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert set(found.shares.values()) == {Decimal(0)}


def test_one_answer_has_a_mean_but_no_deviation():
    found = score({4: 1}, BandScheme.A)
    assert (found.mean, found.deviation) == (Decimal("4.00"), None)


def test_three_equal_thirds_are_told_with_a_stated_rounding():
    assert shares_of({5: 1, 4: 1, 3: 1}) == {
        5: Decimal("33.34"),
        4: Decimal("33.33"),
        3: Decimal("33.33"),
        2: Decimal("0.00"),
        1: Decimal("0.00"),
    }


@settings(max_examples=50)
@given(st.lists(counts_of_many, max_size=5))
def test_combining_items_pools_their_answers(items):
    pooled = combine(items)
    assert sum(pooled.values()) == sum(sum(item.values()) for item in items)
    assert all(pooled[level] == sum(i[level] for i in items) for level in pooled)


@pytest.mark.parametrize("counts", [{0: 1}, {6: 2}, {3: -1}])
def test_an_impossible_count_is_refused(counts):
    with pytest.raises(ValueError, match="level|negative"):
        score(counts, BandScheme.A)
