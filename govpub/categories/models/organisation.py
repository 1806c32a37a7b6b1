from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.rows import TopUnitBlock

from .item import ItemPage


class OrganisationPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 1, topic 4: the units of the office; its chart is drawn from them."""

    category = Category.GENERAL
    topic = GeneralTopic.STRUCTURE
    may_have_no_end = True
    parent_page_types = ["govpub_categories.TopicPage"]
    details_template = "govpub/categories/details/organisation.html"

    units = StreamField([("unit", TopUnitBlock())], verbose_name=_("units"), blank=True)

    own_panels = ("units",)

    class Meta:
        verbose_name = _("organisation structure")
        verbose_name_plural = _("organisation structures")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors()
        if not self.units:
            errors["units"] = _now("Add at least one unit.")
        return errors

    @property
    def tops(self) -> list[Any]:
        """The units at the top, each with those below it."""
        return [child.value for child in self.units]

    def posts(self) -> int | None:
        """Posts allotted to all units together; None if nowhere said."""
        return _sum("posts", self.tops)

    def staff(self) -> int | None:
        """People at work in all units together; None if nowhere said."""
        return _sum("staff", self.tops)


def _every(units: Any) -> Iterator[Any]:
    for unit in units or ():
        yield unit
        yield from _every(unit.get("units"))


def _sum(field: str, units: Any) -> int | None:
    said = [unit[field] for unit in _every(units) if unit[field] is not None]
    return sum(said) if said else None
