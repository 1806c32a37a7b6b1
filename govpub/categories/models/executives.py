from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.pictures import fetch_renditions
from govpub.categories.rows import ExecutiveBlock

from .item import ItemPage


class ExecutivesPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 1, topic 5: who leads the office, each with photo, name, post, phone."""

    PORTRAIT = "fill-240x300"

    category = Category.GENERAL
    topic = GeneralTopic.EXECUTIVES
    may_have_no_end = True
    publishes_contacts = True
    parent_page_types = ["govpub_categories.TopicPage"]
    details_template = "govpub/categories/details/executives.html"

    people = StreamField(
        [("person", ExecutiveBlock())], verbose_name=_("executives"), blank=True
    )

    own_panels = ("people",)

    class Meta:
        verbose_name = _("directory of executives")
        verbose_name_plural = _("directories of executives")

    def own_form_errors(self) -> dict[str, str]:
        """Four of four for each person, as the assessment of transparency counts."""
        errors = super().own_form_errors()
        if not self.people:
            errors["people"] = _now("Add at least one executive.")
        elif missing := list(filter(None, map(_missing, self.people))):
            errors["people"] = " ".join(missing)
        return errors

    @cached_property
    def persons(self) -> list[Any]:
        """The rows of its people, their photographs ready to be shown."""
        rows = [child.value for child in self.people]
        fetch_renditions((row["photo"] for row in rows), self.PORTRAIT)
        return rows


def _missing(child: Any) -> str:
    """What is missing of one person, in words; empty if nothing is."""
    row, blocks = child.value, child.block.child_blocks
    names = [blocks[name].label for name in ExecutiveBlock.missing(row)]
    if not names:
        return ""
    return _now("%(position)s: missing %(fields)s.") % {
        "position": row["position"],
        "fields": ", ".join(map(str, names)),
    }
