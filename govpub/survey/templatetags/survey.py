"""``{% load survey %}``: levels, bands and bars for the templates of the survey."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import template

from govpub.survey.enums import BandScheme, Level, Suspicion
from govpub.survey.reports import meaning_of
from govpub.survey.scoring import Score

register = template.Library()


@dataclass(frozen=True)
class Bar:
    """One level of a distribution; ``share`` in percent."""

    label: str
    count: int
    share: Decimal


@register.filter
def bars(found: Score) -> list[Bar]:
    """The five levels of a score, best first."""
    return [
        Bar(str(Level(level).label), count, found.shares[level])
        for level, count in found.counts.items()
    ]


@register.filter
def meaning(found: Score) -> str:
    """``{{ score|meaning }}`` the level a mean is read as, or a dash."""
    return meaning_of(found)


@register.filter
def scheme_name(scheme: str) -> str:
    """``{{ results.scheme|scheme_name }}`` the scheme with its bounds."""
    return str(BandScheme(scheme).label)


@register.simple_tag
def levels() -> list[Level]:
    """The five levels, best first."""
    return list(Level)


@register.filter
def reason(sign: str) -> str:
    """``{{ sign|reason }}`` why an answer was kept apart, in words."""
    return str(Suspicion(sign).label) if sign in Suspicion.values else sign
