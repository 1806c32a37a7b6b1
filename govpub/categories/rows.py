"""Rows of structured information: units, executives, projects.

A draft may leave a row unfinished; a proposal needs what each row asks for.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from govpub.categories.enums import TimeUnit
from govpub.thai.blocks import ThaiDecimalBlock, ThaiIntegerBlock
from govpub.thai.text import is_blank


class UnitBlock(blocks.StructBlock):
    """A unit of the office: what it is called, who leads it, how many work in it."""

    name = blocks.CharBlock(label=_("Name of the unit"), max_length=255)
    head = blocks.CharBlock(
        label=_("Position of its head"), max_length=255, required=False
    )
    posts = ThaiIntegerBlock(
        label=_("Posts allotted"), min_value=0, max_value=99999, required=False
    )
    staff = ThaiIntegerBlock(
        label=_("People at work"), min_value=0, max_value=99999, required=False
    )

    class Meta:
        label = _("Unit")
        icon = "group"
        label_format = "{name}"


class GroupBlock(UnitBlock):
    """A unit that is divided once more."""

    units = blocks.ListBlock(UnitBlock(), label=_("Units below it"), default=[])


class TopUnitBlock(UnitBlock):
    """The unit at the top of a structure: the office itself, or a board."""

    units = blocks.ListBlock(GroupBlock(), label=_("Units below it"), default=[])


class ExecutiveBlock(blocks.StructBlock):
    """A person who leads, or a leading post that nobody holds now."""

    NEEDED = ("photo", "name", "phone")

    position = blocks.CharBlock(label=_("Position"), max_length=255)
    vacant = blocks.BooleanBlock(
        label=_("The post is vacant"),
        required=False,
        help_text=_("Then neither name, photograph nor telephone is needed."),
    )
    name = blocks.CharBlock(label=_("Name and surname"), max_length=255, required=False)
    photo = ImageChooserBlock(label=_("Photograph"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=100, required=False)
    email = blocks.EmailBlock(
        label=_("E-mail"),
        required=False,
        help_text=_("The address of the post, not a private one."),
    )

    class Meta:
        label = _("Executive")
        icon = "user"
        label_format = "{position} {name}"

    @classmethod
    def missing(cls, row: Any) -> list[str]:
        """The fields of a row that the assessment asks for and that are empty."""
        if row["vacant"]:
            return []
        return [
            name
            for name in cls.NEEDED
            if row[name] is None or (isinstance(row[name], str) and is_blank(row[name]))
        ]

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if missing := self.missing(cleaned):
            message = _now("Needed, unless the post is vacant.")
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name in missing}
            )
        return cleaned


def _money(label: Any, **options: Any) -> ThaiDecimalBlock:
    limits = {"min_value": 0, "max_digits": 15, "decimal_places": 2}
    return ThaiDecimalBlock(label=label, required=False, **limits, **options)


class ProjectBlock(blocks.StructBlock):
    """A plan, project or kind of expense, its money and what came of it."""

    name = blocks.CharBlock(label=_("Plan, project or expense"), max_length=255)
    target = blocks.CharBlock(
        label=_("For whom, how much"), max_length=255, required=False
    )
    responsible = blocks.CharBlock(
        label=_("Responsible"), max_length=255, required=False
    )
    when = blocks.CharBlock(label=_("When"), max_length=100, required=False)
    budget = _money(_("Budget (baht)"))
    quarter_1 = _money(
        _("Spent October to December (baht)"),
        help_text=_("In this quarter only; empty while it is not reported."),
    )
    quarter_2 = _money(_("Spent January to March (baht)"))
    quarter_3 = _money(_("Spent April to June (baht)"))
    quarter_4 = _money(_("Spent July to September (baht)"))
    result = blocks.CharBlock(label=_("Result"), max_length=500, required=False)

    class Meta:
        label = _("Project")
        icon = "list-ul"
        label_format = "{name}"


class StepBlock(blocks.StructBlock):
    """One step of a manual: what is done, how long it takes, what it costs."""

    name = blocks.CharBlock(label=_("What is done"), max_length=500)
    time = ThaiDecimalBlock(
        label=_("Time"), min_value=0, max_digits=7, decimal_places=1
    )
    unit = blocks.ChoiceBlock(
        label=_("Counted in"), choices=TimeUnit.choices, default=TimeUnit.MINUTE
    )
    responsible = blocks.CharBlock(
        label=_("Responsible"), max_length=255, required=False
    )
    fee = _money(
        _("Fee (baht)"), help_text=_("0 if it is free; empty if it is not stated.")
    )
    documents = blocks.TextBlock(
        label=_("Documents needed"),
        max_length=2000,
        required=False,
        help_text=_("One on each line."),
    )
    channel = blocks.CharBlock(
        label=_("Where or by which channel"), max_length=255, required=False
    )
    legal_basis = blocks.CharBlock(
        label=_("Legal basis"), max_length=255, required=False
    )

    class Meta:
        label = _("Step")
        icon = "list-ol"
        label_format = "{name}"
