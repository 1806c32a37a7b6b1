"""English words in Thai text, and Thai ones in English, say which they are."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.template import Context, Template

from govpub.thai.foreign import mark_foreign


def en(words):
    return f'<span lang="en">{words}</span>'


def th(words):
    return f'<span lang="th">{words}</span>'


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("ประกาศ", "ประกาศ"),
        ("ดาวน์โหลด PDF ได้", f"ดาวน์โหลด {en('PDF')} ได้"),
        ("ผู้ดูแลเว็บไซต์ (Web Master)", f"ผู้ดูแลเว็บไซต์ ({en('Web Master')})"),
        ("ระบบ e-Service ใหม่", f"ระบบ {en('e-Service')} ใหม่"),
        ("นโยบาย No Gift Policy ปี 2567", f"นโยบาย {en('No Gift Policy')} ปี 2567"),
        ("COVID-19 ระลอก", f"{en('COVID')}-19 ระลอก"),
        ("กระดาษ A4 ข้อ B", "กระดาษ A4 ข้อ B"),
        ("R&amp;D ที่ &quot;Data&quot;", f"R&amp;D ที่ &quot;{en('Data')}&quot;"),
        ("ที่ https://www.example.go.th/Open-Data?a=b นะ", None),
        ("ไฟล์ แผน.pdf นะ", None),
        ("ถึง some.office@example.go.th นะ", None),
        ("1 &lt; 2 &nbsp; ก", None),
        ("", None),
    ],
)
def test_english_in_thai(text, marked):
    assert mark_foreign(text, "th") == (text if marked is None else marked)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The office, สำนักงาน, is open", f"The office, {th('สำนักงาน')}, is open"),
        ("At ตำบล ปากน้ำ only", f"At {th('ตำบล ปากน้ำ')} only"),
        ("Only English here", None),
    ],
)
def test_thai_in_english(text, marked):
    assert mark_foreign(text, "en") == (text if marked is None else marked)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x?Web=Master" title="Web Master" data-words=\'Web "M"\'>ก</a>',
        "<code>Web Master</code><pre>Web <b>Master</b></pre>",
        "<select><option>Web Master</option></select><textarea>Web</textarea>",
        '<script type="application/ld+json">{"Web": "Master"}</script>',
        "<svg><title>Web Master</title><text>Web</text></svg>",
        "<!-- Web Master --><img alt='Web Master'>",
        '<p lang="en">Web <b>Master</b></p>',
        '<p lang="de">Amt สำนักงาน</p>',
        "<br/><hr>",
        "3 < 4 <",
    ],
)
def test_markup_is_left_as_it_is(html):
    assert mark_foreign(html, "th") == html


def test_an_element_may_say_its_own_language():
    html = (
        '<p lang="en">By สำนักงาน</p><p>โดย Office <br> <b lang="en">Web</b> Master</p>'
    )
    assert mark_foreign(html, "th") == (
        f'<p lang="en">By {th("สำนักงาน")}</p>'
        f'<p>โดย {en("Office")} <br> <b lang="en">Web</b> {en("Master")}</p>'
    )


def test_what_was_left_open_ends_with_what_is_around_it():
    html = '<ul><li lang="en">One<li>Web</ul><p>Web Master</p>'
    assert mark_foreign(html, "th").endswith(f"<p>{en('Web Master')}</p>")


@pytest.mark.parametrize("broken", ["<a ", '<a "', "<!-- ", "<a 'x", "< "])
def test_after_what_is_no_markup_nothing_is_touched(broken):
    """And it is not read again and again either: this would take hours."""
    html = "<p>Web</p>" + broken * 20_000 + "Web"
    assert mark_foreign(html, "th") == f"<p>{en('Web')}</p>" + html[10:]


def test_only_spans_are_added():
    html = '<p>ระบบ Big <em>Data</em> และ "Open" <a href="?A=b&amp;c=D">Web</a></p>'
    marked = mark_foreign(html, "th")
    assert re.sub(r'<span lang="en">|</span>', "", marked) == html
    assert html5lib.HTMLParser(strict=False).parseFragment(marked) is not None


def test_templates_escape_what_they_mark():
    template = Template('{% load thai %}{{ text|foreign:"th" }}')
    shown = template.render(Context({"text": "<script>Web</script> ก"}))
    assert shown == (f"&lt;{en('script')}&gt;{en('Web')}&lt;/{en('script')}&gt; ก")


def test_a_passage_of_a_template_is_marked():
    template = Template(
        "{% load thai %}{% foreign_runs code %}<p>{{ text }}</p>"
        "{% endforeign_runs %}Web"
    )
    shown = template.render(Context({"text": "ไฟล์ CSV & x", "code": "th"}))
    assert shown == f"<p>ไฟล์ {en('CSV')} &amp; x</p>Web"
    assert template.render(Context({"text": "CSV", "code": None})) == "<p>CSV</p>Web"
