"""The filters of ``{% load thai %}``."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation


def show(expression, language="th", **context):
    with translation.override(language):
        source = "{% load thai %}{{ " + expression + " }}"
        return Template(source).render(Context(context))


DAY = date(2020, 12, 9)


@pytest.mark.parametrize(
    ("expression", "thai", "english"),
    [
        ("day|thaidate", "9 ธันวาคม 2563", "9 December 2020"),
        ("day|thaidate:'short'", "9 ธ.ค. 2563", "9 Dec 2020"),
        (
            "moment|thaidatetime",
            "9 ธันวาคม 2563 เวลา 14:05 น.",
            "9 December 2020, 14:05",
        ),
        ("moment|relative", "3 วันที่แล้ว", "3 days ago"),
        ("day|fiscal_year", "ปีงบประมาณ พ.ศ. 2564", "Fiscal year 2021"),
        ("2567|fiscal_year", "ปีงบประมาณ พ.ศ. 2567", "Fiscal year 2024"),
        ("2567|thaidigits", "๒๕๖๗", "2567"),
        ("500|filesize", "500 ไบต์", "500 bytes"),
        ("1500|filesize", "1.5 KB", "1.5 KB"),
        ("52428800|filesize", "50 MB", "50 MB"),
        ("3221225472|filesize", "3.0 GB", "3.0 GB"),
    ],
)
def test_filters(expression, thai, english, monkeypatch):
    moment = datetime(2020, 12, 9, 14, 5, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(days=3))
    context = {"day": DAY, "moment": moment}
    assert show(expression, "th", **context) == thai
    assert show(expression, "en", **context) == english


@pytest.mark.parametrize(
    "name", ["thaidate", "thaidatetime", "relative", "fiscal_year", "filesize"]
)
def test_nothing_is_shown_as_nothing(name):
    assert show(f"value|{name}", value=None) == ""
    assert show(f"missing|{name}") == ""
