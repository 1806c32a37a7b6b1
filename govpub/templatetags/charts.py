"""``{% load charts %}``: charts drawn on the server, each with a real table beside it.

No script, no inline style: the bars are an SVG without text, so that it may stretch to
any width; the words around it are HTML and keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()

HEIGHT = 200
STEP = 20  # width of the place of one point, in units of the drawing
LABELS = 5


@dataclass(frozen=True)
class Series:
    """One colour of a chart: what it shows and a value for each point."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """Bars over points such as days.

    ``key`` is unique on the page, ``labels`` are short for the axis, ``full_labels``
    (or else the short ones) are for the table. Of two series the second is drawn
    narrower, in front of the first.
    """

    key: str
    title: str
    axis: str
    labels: Sequence[str]
    series: Sequence[Series]
    full_labels: Sequence[str] = ()


@register.inclusion_tag("govpub/components/chart.html")
def bar_chart(chart: Chart) -> dict[str, Any]:
    """``{% bar_chart chart %}``: a figure with its legend, and its table below."""
    highest = max((max(s.values, default=0) for s in chart.series), default=0)
    top = round_up(highest)
    names = chart.full_labels or chart.labels
    rows = zip(*(series.values for series in chart.series), strict=True)
    return {
        "chart": chart,
        "width": STEP * max(len(chart.labels), 1),
        "height": HEIGHT,
        "scale": [top, top / 2, 0] if top > 1 else [top, 0],
        "lines": [1, HEIGHT / 2, HEIGHT - 1],
        "bars": [
            bar
            for number, series in enumerate(chart.series)
            for bar in _bars(series, number, names, top)
        ],
        "marks": _marks(chart.labels),
        "rows": [
            {"name": name, "values": values}
            for name, values in zip(names, rows, strict=True)
        ],
    }


@register.inclusion_tag("govpub/components/chart_share.html")
def share_bar(percent: float) -> dict[str, float]:
    """``{% share_bar 40 %}``: a bar of that part of its width; write the number too."""
    return {"width": min(max(percent, 0), 100)}


def round_up(highest: float) -> int:
    """The next round number from which an axis may start: 1, 2, 4, 6, 10, 20, 40."""
    if highest <= 1:
        return 1
    power = 10 ** (len(str(int(highest))) - 1)
    for factor in (1, 2, 4, 6, 10):
        if highest <= factor * power:
            return factor * power
    return 20 * power


def _bars(
    series: Series, number: int, names: Sequence[str], top: float
) -> list[dict[str, Any]]:
    """Where the bars of one series are, in units of the drawing."""
    inset = 2 + 4 * number
    bars = []
    for index, (value, name) in enumerate(zip(series.values, names, strict=True)):
        height = round(value / top * HEIGHT, 2)
        if height > 0:
            bars.append(
                {
                    "x": index * STEP + inset,
                    "y": HEIGHT - height,
                    "width": STEP - 2 * inset,
                    "height": height,
                    "series": number + 1,
                    "name": f"{name}, {series.name}",
                    "value": value,
                }
            )
    return bars


def _marks(labels: Sequence[str]) -> list[str]:
    """A few labels at even distances, the first and the last among them."""
    if len(labels) <= LABELS:
        return list(labels)
    last = len(labels) - 1
    return [labels[round(last * n / (LABELS - 1))] for n in range(LABELS)]
