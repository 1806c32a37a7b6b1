"""Budget and spending of a plan: its lines, its totals, its quarters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from govpub.templatetags.charts import Chart, Series

QUARTERS = (1, 2, 3, 4)
Money = Decimal | None


@dataclass(frozen=True)
class Line:
    """One project; a figure nobody reported is ``None``, which is not nought."""

    name: str
    target: str
    responsible: str
    when: str
    budget: Money
    quarters: tuple[Money, ...]
    result: str

    @property
    def spent(self) -> Money:
        return total(self.quarters)

    @property
    def left(self) -> Money:
        if self.budget is None or self.spent is None:
            return None
        return self.budget - self.spent

    @property
    def percent(self) -> Money:
        """Spent of the budget, in per cent to two places."""
        if not self.budget or self.spent is None:
            return None
        share = self.spent * 100 / self.budget
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Spending:
    """All lines of a plan, and what they come to."""

    lines: Sequence[Line]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Spending:
        """From the rows of a plan as the editor stores them."""
        return cls([_line(row) for row in rows])

    @property
    def total(self) -> Line:
        return Line(
            _("Total"),
            "",
            "",
            "",
            total(line.budget for line in self.lines),
            tuple(
                total(line.quarters[number - 1] for line in self.lines)
                for number in QUARTERS
            ),
            "",
        )

    @property
    def has_budget(self) -> bool:
        return self.total.budget is not None

    @property
    def has_spending(self) -> bool:
        return self.total.spent is not None

    def has(self, field: str) -> bool:
        """Whether any line says something in this column."""
        return any(getattr(line, field) for line in self.lines)

    def chart(self) -> Chart | None:
        """Money spent in each quarter; none before anything was reported."""
        if not self.has_spending:
            return None
        return Chart(
            key="spending",
            title=_("Spent in each quarter (baht)"),
            axis=_("Quarter"),
            labels=[str(number) for number in QUARTERS],
            full_labels=quarter_names(),
            series=[Series(_("Spent"), [float(q or 0) for q in self.total.quarters])],
        )


def quarter_names() -> list[str]:
    """The quarters of a fiscal year with their months."""
    return [
        _("Quarter 1 (October to December)"),
        _("Quarter 2 (January to March)"),
        _("Quarter 3 (April to June)"),
        _("Quarter 4 (July to September)"),
    ]


def total(figures: Iterable[Money]) -> Money:
    """The sum of what was reported; ``None`` when nothing was."""
    reported = [figure for figure in figures if figure is not None]
    return sum(reported, Decimal(0)) if reported else None


def _line(row: Any) -> Line:
    return Line(
        row["name"] or "",
        row["target"] or "",
        row["responsible"] or "",
        row["when"] or "",
        row["budget"],
        tuple(row[f"quarter_{number}"] for number in QUARTERS),
        row["result"] or "",
    )
