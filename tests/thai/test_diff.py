"""Comparisons of text, cut where a reader of Thai would cut them."""

from __future__ import annotations

import re

import pytest

from wagtail.admin import compare

from govpub.thai.diff import diff_text

MARKS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"


def changes(old, new):
    return diff_text(old, new).changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        (None, "ใหม่", [("addition", "ใหม่")]),
        ("เดิม", "", [("deletion", "เดิม")]),
        ("เหมือนกัน", "เหมือนกัน", [("equal", "เหมือนกัน")]),
        (
            "ปิดปรับปรุงระบบโทรศัพท์",
            "เปิดปรับปรุงระบบโทรศัพท์",
            [("deletion", "ปิ"), ("addition", "เปิ"), ("equal", "ดปรับปรุงระบบโทรศัพท์")],
        ),
        (
            "รับสมัคร 12 คน ภายในเดือนนี้",
            "รับสมัคร 15 คน ภายในเดือนนี้",
            [
                ("equal", "รับสมัคร "),
                ("deletion", "12"),
                ("addition", "15"),
                ("equal", " คน ภายในเดือนนี้"),
            ],
        ),
    ],
)
def test_what_differs(old, new, expected):
    assert changes(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("แจ้งปิดระบบของสำนักงานชั่วคราว", "แจ้งเปิดระบบของสำนักงาน"),
        ("น้ำท่วมที่ทำการ ๑๒ ครัวเรือน", "นำ้ท่วมทุกที่ทำการ ๑๓ ครัวเรือน"),
        ("<b>x</b> & y\nสอง", "<i>x</i> & z\nสาม"),
        ("a" * 3000 + "ก", "ข" * 3000),
    ],
)
def test_nothing_is_lost_and_no_mark_stands_alone(old, new):
    found = changes(old, new)
    kept = "".join(text for kind, text in found if kind != "addition")
    made = "".join(text for kind, text in found if kind != "deletion")
    assert (kept, made) == (old, new)
    for _kind, text in found:
        assert not re.match(MARKS, text), found


def test_markup_in_the_text_stays_text():
    assert diff_text("", "<script>").to_html() == (
        '<span class="addition">&lt;script&gt;</span>'
    )


def test_wagtail_compares_with_it():
    assert compare.diff_text is diff_text
