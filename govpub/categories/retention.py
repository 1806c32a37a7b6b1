"""Which kinds of information the retention table knows, and what we suggest for each.

The suggestions are ours, not a rule of law; each office changes its own table.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from govpub.categories.enums import Category, GeneralTopic, NewsKind
from govpub.categories.models import ItemPage


@dataclass(frozen=True)
class Suggestion:
    """A row of the table before the office changes it; all numbers are months."""

    category: Category
    kind: str
    end: str
    usual: int | None
    longest: int
    no_end: bool
    verify: int


PLANS = str(int(GeneralTopic.PLANS))
SUGGESTIONS = (
    Suggestion(Category.GENERAL, "", "none", None, 120, True, 12),
    Suggestion(Category.GENERAL, PLANS, "next-year", None, 60, False, 6),
    Suggestion(Category.LAWS, "", "none", None, 120, True, 12),
    Suggestion(Category.KNOWLEDGE, "", "months", 24, 120, False, 12),
    Suggestion(Category.LINKS, "", "none", None, 120, True, 6),
    Suggestion(Category.OFFICIAL_INFORMATION, "", "next-year", None, 120, False, 12),
    Suggestion(Category.WORK_MANUALS, "", "none", None, 120, True, 12),
    Suggestion(Category.SERVICE_MANUALS, "", "none", None, 120, True, 12),
    Suggestion(Category.NEWS, "", "months", 12, 36, False, 6),
    Suggestion(Category.NEWS, NewsKind.JOB, "months", 3, 24, False, 1),
    Suggestion(Category.NEWS, NewsKind.PROCUREMENT, "next-year", None, 36, False, 6),
)


def retention_kinds() -> list[tuple[str, str, str]]:
    """``(category, kind, label)`` of everything a retention rule can be for."""
    found = []
    for category in Category:
        if category == Category.STATISTICS:
            continue
        key, label = str(int(category)), f"{int(category)}. {category.label}"
        everything = _("%(category)s: all kinds") % {"category": label}
        found.append((key, "", everything))
        found += [(key, kind, f"{label}: {name}") for kind, name in _kinds(category)]
    return found


def _kinds(category: Category) -> list[tuple[str, str]]:
    if category == Category.GENERAL:
        return [(str(int(topic)), str(topic.label)) for topic in GeneralTopic]
    return [
        (str(value), str(name))
        for model in apps.get_models()
        if issubclass(model, ItemPage) and getattr(model, "category", None) == category
        for value, name in (model.kinds.choices if model.kinds else [])
    ]
