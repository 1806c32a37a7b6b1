"""What looks like personal data is found; what does not, is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govpub.publishing.personal_data import find, is_national_id, mask

# Made up; only the check digit is right.
ID = "1-2345-67890-12-1"


def kinds(text, **options):
    return [finding.kind.value for finding in find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"เลขประจำตัวประชาชน {ID}", ["national_id"]),
        ("๑๒๓๔๕๖๗๘๙๐๑๒๑", ["national_id"]),
        ("1 2345 67890 12 1", ["national_id"]),
        ("1-2345-67890-12-2", []),  # wrong check digit
        ("12345678901210", []),  # part of a longer number
        ("โทร. 081-234-5678", ["phone"]),
        ("โทร.0812345678ค่ะ", ["phone"]),
        ("+66 81 234 5678", ["phone"]),
        ("๐๒-๓๘๙-๕๙๘๐", ["phone"]),
        ("038 123 456", ["phone"]),
        ("โทร. 1669", []),
        ("งบประมาณ 1,081,234,567.80 บาท", []),
        ("วันที่ 01/02/2567", []),
        ("บัญชี 123-4-56789-0", ["bank_account"]),
        ("somchai.j@example.com", ["email"]),
        ("ราคา 20@30", []),
        ("มาตรา 7(1) และ 9(8)", []),
    ],
)
def test_what_is_found(text, expected):
    assert kinds(text) == expected


def test_the_offices_own_numbers_are_no_personal_data():
    text = "โทร. 02-389-5980 หรือ 081 234 5678 อีเมล Office@example.go.th"
    known = ["0 2389 5980", "office@example.go.th"]
    assert kinds(text, known=known) == ["phone"]


def test_each_is_named_once_and_never_shown_whole():
    findings = find(f"{ID} {ID} 1234567890121")
    assert len(findings) == 1
    assert findings[0].masked.startswith("1-•")
    assert findings[0].masked.endswith("-1")
    assert "2345" not in findings[0].masked


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_exactly_one_check_digit_is_right(digits):
    body = "".join(map(str, digits))
    assert sum(is_national_id(body + str(last)) for last in range(10)) == 1


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for finding in find(text):
        assert "•" in finding.masked


def test_mask_keeps_the_length():
    assert len(mask(ID)) == len(ID)
