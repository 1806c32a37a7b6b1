"""The Thai fiscal year: 1 October to 30 September, named by the year it ends in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .era import shown_year, to_be, to_ce


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a fiscal year; the first runs from October to December."""

    fiscal_year: FiscalYear
    number: int

    @property
    def start(self) -> date:
        year, month = self.fiscal_year.start.year, 10 + 3 * (self.number - 1)
        return date(year, 10, 1) if month == 10 else date(year + 1, month - 12, 1)

    @property
    def end(self) -> date:
        day = 31 if self.number in (1, 2) else 30
        month = self.start.month + 2
        return date(self.start.year, month, day)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return _("Quarter %(number)s, %(fiscal_year)s") % {
            "number": self.number,
            "fiscal_year": self.fiscal_year,
        }


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A fiscal year by its Buddhist Era name: 2567 ends in September 2024."""

    be: int

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        """The fiscal year in which ``day`` falls."""
        return cls(to_be(day.year) + (day.month >= 10))

    @classmethod
    def current(cls) -> FiscalYear:
        """The fiscal year of today, on the office's clock."""
        return cls.of(timezone.localdate())

    @property
    def start(self) -> date:
        return date(to_ce(self.be) - 1, 10, 1)

    @property
    def end(self) -> date:
        return date(to_ce(self.be), 9, 30)

    def next(self) -> FiscalYear:
        return FiscalYear(self.be + 1)

    def previous(self) -> FiscalYear:
        return FiscalYear(self.be - 1)

    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(Quarter(self, number) for number in (1, 2, 3, 4))

    def quarter(self, day: date) -> Quarter:
        """The quarter in which ``day`` falls; ``ValueError`` outside this year."""
        if day not in self:
            raise ValueError(f"{day} is not in fiscal year {self.be}")
        return Quarter(self, (day.month + 2) // 3 % 4 + 1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        year = shown_year(to_ce(self.be))
        return _("Fiscal year %(year)s") % {"year": year}
