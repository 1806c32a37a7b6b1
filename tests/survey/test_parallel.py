"""Many at once: nobody is counted twice and nobody is lost."""

from __future__ import annotations

import pytest

from govpub.survey.queries import open_round
from tests.survey.crowd import addresses_of, play, summary


def played(office, *, number, same, threads):
    """Play and tell: statuses and summary."""
    taken = play(office.hostname, addresses_of(number, same=same), threads)
    return {"taken": taken, **summary(open_round(office))}


@pytest.fixture
def settled(transactional_db, office, settings):
    """An office whose rows are committed, so that other threads see them."""
    settings.GOVPUB_SURVEY_ANSWERS_PER_NETWORK = 1_000_000
    return office


@pytest.mark.slow
def test_fifty_parallel_answers_of_one_visitor_count_once(settled):
    told = played(settled, number=50, same=True, threads=50)
    assert told["taken"] == 50
    assert (told["responses"], told["n"]) == (1, 1)
    assert (told["answers"], told["tallied"]) == (2, 2)
    assert told["from_network"] == 50


@pytest.mark.slow
def test_ten_thousand_different_answers_are_all_counted(settled):
    told = played(settled, number=10_000, same=False, threads=4)
    assert told["taken"] == 10_000
    assert (told["responses"], told["n"]) == (10_000, 10_000)
    assert (told["answers"], told["tallied"]) == (20_000, 20_000)
    assert told["per_level"] == [2000] * 5
