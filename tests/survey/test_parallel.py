"""Many at once: nobody is counted twice and nobody is lost.

A run takes 2,000 different answers, one in twenty through the form; with
``GOVPUB_SURVEY_ANSWERS=10000`` it takes the full number, each through the form.
"""

from __future__ import annotations

import os

import pytest

from govpub.survey.queries import open_round
from tests.survey.crowd import addresses_of, play, summary

FULL = int(os.environ.get("GOVPUB_SURVEY_ANSWERS", "0"))
DIFFERENT = FULL or 2_000
BY_FORM = 1 if FULL else 20


def played(office, *, number, same, threads, by_form=1):
    """Play and tell: statuses and summary."""
    addresses = addresses_of(number, same=same)
    taken = play(office.hostname, addresses, threads, by_form=by_form)
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
def test_different_answers_are_all_counted(settled):
    told = played(settled, number=DIFFERENT, same=False, threads=4, by_form=BY_FORM)
    assert told["taken"] == DIFFERENT
    assert (told["responses"], told["n"]) == (DIFFERENT, DIFFERENT)
    assert (told["answers"], told["tallied"]) == (2 * DIFFERENT, 2 * DIFFERENT)
    assert told["per_level"] == [DIFFERENT // 5] * 5
