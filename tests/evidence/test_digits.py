"""An office chooses for each kind of paper whether it is written in Thai digits."""

from __future__ import annotations

import re

import pytest

from govpub.evidence.form import blank_form, request_form
from govpub.evidence.memo import memo
from govpub.evidence.models import SupervisionReport
from govpub.evidence.supervision import report_of
from govpub.publishing.models import FormWords
from govpub.thai.dates import FiscalYear

pytestmark = pytest.mark.django_db
THAI = re.compile("[๐-๙]")
ARABIC = re.compile("[0-9]")
# What is never rewritten: addresses, codes and digests.
AS_THEY_ARE = ("address", "code", "digest", "qr")


def digits_of(data) -> set[str]:
    """Which digits stand in the texts of a paper."""
    if isinstance(data, dict):
        parts = [item for key, item in data.items() if key not in AS_THEY_ARE]
        return set().union(*map(digits_of, parts))
    if isinstance(data, list):
        return set().union(set(), *map(digits_of, data))
    text = data if isinstance(data, str) else ""
    found = {"thai"} if THAI.search(text) else set()
    return found | ({"arabic"} if ARABIC.search(text) else set())


@pytest.fixture
def words(office):
    words = FormWords.of_year(office, FiscalYear.current().be)
    words.heading = "ตามประกาศ พ.ศ. 2566"
    words.save()
    return words


def choose(words, **kinds):
    for kind, thai in kinds.items():
        setattr(words, f"thai_digits_{kind}", thai)
    words.save()


def test_papers_are_in_thai_digits_unless_the_office_says_otherwise(words, proposed):
    round_ = proposed(summary="จำนวน 12 คน").current_round
    assert digits_of(request_form(round_).as_data()) == {"thai"}
    assert digits_of(memo(round_).as_data()) == {"thai"}
    assert digits_of(blank_form(words.frozen()).as_data()) == {"thai"}


def test_each_kind_of_paper_is_chosen_by_itself(words, proposed, office):
    choose(words, form=False, report=False)
    round_ = proposed(summary="จำนวน ๑๒ คน").current_round
    assert digits_of(request_form(round_).as_data()) == {"arabic"}
    assert digits_of(blank_form(words.frozen()).as_data()) == {"arabic"}
    assert digits_of(memo(round_).as_data()) == {"thai"}
    choose(words, form=True, memo=False)
    round_ = proposed(summary="จำนวน 12 คน").current_round
    assert digits_of(request_form(round_).as_data()) == {"thai"}
    assert digits_of(memo(round_).as_data()) == {"arabic"}
    report = SupervisionReport(site=office, fiscal_year=words.fiscal_year)
    assert digits_of(report_of(report).as_data()) == {"arabic"}


def test_a_form_of_the_past_stays_as_it_was(words, proposed):
    round_ = proposed().current_round
    before = request_form(round_)
    choose(words, form=False, memo=False)
    round_.refresh_from_db()
    assert request_form(round_) == before
    assert digits_of(memo(round_).as_data()) == {"thai"}


def test_what_was_frozen_before_there_was_a_choice_stays_in_thai_digits(words):
    paper = words.frozen()
    del paper["thai_digits"]
    assert digits_of(blank_form(paper).as_data()) == {"thai"}
