"""An office chooses for each kind of paper whether it is written in Thai digits."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from govpub.evidence.form import blank_form, request_form
from govpub.evidence.memo import memo
from govpub.evidence.models import SupervisionReport
from govpub.evidence.papers import form_pdf
from govpub.evidence.supervision import report_of
from govpub.publishing.models import FormWords
from govpub.thai.dates import FiscalYear
from tests.evidence.conftest import text_of

pytestmark = pytest.mark.django_db
THAI = re.compile("[๐-๙]")
ARABIC = re.compile("[0-9]")
ADDRESS = re.compile(r"https?://\S+")
# What is never rewritten: addresses, codes and digests.
AS_THEY_ARE = ("address", "code", "digest", "qr")


def texts_of(data):
    """The texts of a paper that the office's choice of digits is for."""
    if isinstance(data, dict):
        data = [item for key, item in data.items() if key not in AS_THEY_ARE]
    if isinstance(data, list):
        return [text for item in data for text in texts_of(item)]
    return [ADDRESS.sub("", data)] if isinstance(data, str) else []


def thai_only(paper) -> bool:
    texts = texts_of(paper.as_data())
    assert [text for text in texts if ARABIC.search(text)] == []
    return any(map(THAI.search, texts))


def arabic_only(paper) -> bool:
    texts = texts_of(paper.as_data())
    assert [text for text in texts if THAI.search(text)] == []
    return any(map(ARABIC.search, texts))


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
    assert thai_only(request_form(round_))
    assert thai_only(memo(round_))
    assert thai_only(blank_form(words.frozen()))


def test_each_kind_of_paper_is_chosen_by_itself(words, proposed, office):
    choose(words, form=False, report=False)
    round_ = proposed(summary="จำนวน ๑๒ คน").current_round
    assert arabic_only(request_form(round_))
    assert arabic_only(blank_form(words.frozen()))
    assert thai_only(memo(round_))
    choose(words, form=True, memo=False)
    round_ = proposed(summary="จำนวน 12 คน").current_round
    assert thai_only(request_form(round_))
    assert arabic_only(memo(round_))
    report = SupervisionReport(site=office, fiscal_year=words.fiscal_year)
    assert arabic_only(report_of(report))


def test_the_printed_register_too(words, published, people, client):
    published(title="แผน พ.ศ. 2567")
    client.force_login(people.head)
    address = reverse("govpub_register_modeladmin_index") + "?export=pdf"
    assert not ARABIC.search(text_of(client.get(address).content))
    choose(words, register=False)
    text = text_of(client.get(address).content)
    assert "พ.ศ. 2567" in text and not THAI.search(text)


def test_what_the_paper_itself_counts_is_in_the_digits_of_its_text(words, proposed):
    choose(words, form=False)
    text = text_of(form_pdf(proposed(summary="จำนวน ๑๒ คน").current_round))
    assert "หน้า 1 / 1" in text and not THAI.search(text)


def test_a_form_of_the_past_stays_as_it_was(words, proposed):
    round_ = proposed().current_round
    before = request_form(round_)
    choose(words, form=False, memo=False)
    round_.refresh_from_db()
    assert request_form(round_) == before
    assert thai_only(memo(round_))


def test_what_was_frozen_before_there_was_a_choice_stays_in_thai_digits(words):
    paper = words.frozen()
    del paper["thai_digits"]
    assert thai_only(blank_form(paper))
