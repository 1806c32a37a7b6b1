"""Thai text is repaired without changing what it says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govpub.thai.digits import to_arabic_digits, to_thai_digits
from govpub.thai.text import is_blank, normalise, searchable

THAI_TYPING = st.text(
    st.sampled_from("กนทพเแาำ่้๊๋์ิีึืุูั็ํฺๆ \u200b\u200c\u200d\ufeff\u00ad\x00ab๑1")
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e4d\u0e49า", "น้ำ"),  # nikhahit, tone, sara aa
        ("น\u0e49\u0e4dา", "น้ำ"),  # tone, nikhahit, sara aa
        ("นำ\u0e49", "น้ำ"),  # sara am before the tone
        ("นา\u0e49", "น้า"),
        ("ท\u0e48\u0e35", "ที่"),  # tone before the vowel
        ("ผ\u0e49\u0e39", "ผู้"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("ที่\u0e48", "ที่"),  # doubled
        ("เเผน", "แผน"),
        ("ราช\u200bการ\ufeff", "ราชการ"),
        ("งบ\u00adประมาณ", "งบประมาณ"),
        ("ราช\u200dการ", "ราชการ"),
        ("หัว\x00ข้อ", "หัวข้อ"),
        ("cafe\u0301", "café"),
    ],
)
def test_usual_mistypings(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "กระทรวงสาธารณสุขประกาศแนวทางการเผยแพร่ข้อมูลต่อสาธารณะ",
        "น้ำใจ ก๋วยเตี๋ยว ตั๊กแตน สมบูรณ์ พันธุ์ ศีรษะ เสน่ห์ ฤๅษี เท่ๆ มาาาก",
        "👩‍👩‍👧 family",  # the joiner keeps an emoji family together
        "می‌خواهم",  # the non-joiner is Persian spelling
        "a\tb\r\nc",
        "1\u00a0000 บาท",
    ],
)
def test_good_text_stays_as_it_is(text):
    assert normalise(text) == text


@given(THAI_TYPING | st.text())
def test_repairing_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(THAI_TYPING)
def test_no_consonant_is_lost(text):
    def consonants(value):
        return [c for c in value if "ก" <= c <= "ฮ" or c.isascii() and c.isalnum()]

    assert consonants(normalise(text)) == consonants(text)


def test_searching_ignores_what_is_not_seen():
    assert searchable("ITA\u2060 น\u0e4dา\u200bใจ") == "ita น้ำใจ".replace("\u0e49", "")


@pytest.mark.parametrize(
    "text",
    [None, "", " \t\n", "\u00a0", "\u200b\ufeff", "\u3164", "\x00\x1f", "\u2800"],
)
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["ก", " . ", "\u200b๑", "-"])
def test_what_shows_something_is_not_blank(text):
    assert not is_blank(text)


@given(st.integers(min_value=0))
def test_digits_go_there_and_back(number):
    assert to_arabic_digits(to_thai_digits(number)) == str(number)


@given(st.text())
def test_only_digits_change(text):
    changed = to_thai_digits(text)
    assert len(changed) == len(text)
    assert all(a == b or a in "0123456789" for a, b in zip(text, changed, strict=True))
