"""Charts that others may use too: geometry, words, a table beside."""

from __future__ import annotations

import re

import html5lib
import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from govpub.templatetags.charts import Chart, Series, round_up


def draw(chart):
    template = Template("{% load charts %}{% bar_chart chart %}")
    return template.render(Context({"chart": chart}))


def chart_of(*values, labels=None, **more):
    labels = labels or [str(number) for number in range(len(values[0]))]
    series = [Series(f"s{n}", numbers) for n, numbers in enumerate(values)]
    return Chart("c", "Title", "Axis", labels, series, **more)


def heights(html):
    return [float(found) for found in re.findall(r'<rect[^>]* height="([^"]+)"', html)]


def test_a_bar_is_as_high_as_its_value_on_the_axis():
    assert heights(draw(chart_of([0, 50, 100]))) == [100, 200]


def test_every_value_is_in_the_table():
    html = draw(chart_of([1234, 0], [5, 7], labels=["a", "b"]))
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    cells = [cell.text for cell in tree.iter("td")]
    assert cells == ["1,234", "5", "0", "7"]
    assert [cell.text for cell in tree.iter("th")] == ["Axis", "s0", "s1", "a", "b"]


def test_the_drawing_has_a_name_and_no_style_or_script():
    html = draw(chart_of([1]))
    assert 'role="img"' in html
    assert 'aria-labelledby="c-title"' in html
    assert "style=" not in html
    assert "<script" not in html


def test_a_drawing_is_not_localised(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    settings.LANGUAGE_CODE = "de"
    html = draw(chart_of(list(range(100))))
    assert 'viewBox="0 0 2000 200"' in html
    for number in re.findall(r' (?:x|y|width|height)="([^"]+)"', html):
        float(number)


def test_names_are_escaped():
    html = draw(chart_of([1], labels=["<b>x"]))
    assert "<b>x" not in html


@pytest.mark.parametrize("values", [[], [0], [0, 0, 0]])
def test_nothing_to_draw_is_an_empty_drawing(values):
    html = draw(chart_of(values))
    assert heights(html) == []
    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title>{html}")


def test_few_labels_are_all_shown_and_many_are_thinned():
    def marks(number):
        html = draw(
            chart_of(list(range(number)), labels=[f"d{n}" for n in range(number)])
        )
        part = html.split("gp-chart__marks--")[1].split("</div>")[0]
        return re.findall("<span>(.*?)</span>", part)

    assert marks(3) == ["d0", "d1", "d2"]
    assert marks(31) == ["d0", "d8", "d15", "d22", "d30"]


@given(st.floats(0, 1e12))
def test_the_axis_reaches_a_round_number_above_the_highest(highest):
    top = round_up(highest)
    assert highest <= top <= max(1, highest * 2.1)
    assert str(top).rstrip("0") in ("1", "2", "4", "6")


@pytest.mark.parametrize(
    ("percent", "width"),
    [(0, "0"), (33.333, "33.33"), (100, "100"), (120, "100"), (-1, "0")],
)
def test_a_share_is_a_part_of_the_width(percent, width):
    html = Template("{% load charts %}{% share_bar p %}").render(
        Context({"p": percent})
    )
    found = re.search(r'gp-share__part" width="([^"]+)"', html)[1]
    assert float(found) == float(width)
    assert 'aria-hidden="true"' in html
