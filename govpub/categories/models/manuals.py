from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField

from govpub.categories import steps
from govpub.categories.enums import Category, ServiceKind, WorkManualKind
from govpub.categories.rows import StepBlock

from .item import ItemPage


class StepsMixin(models.Model):
    """Something done in steps, each with its time."""

    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"), blank=True)

    class Meta:
        abstract = True

    @property
    def rows(self) -> list[Any]:
        """The steps in their order."""
        return [child.value for child in self.steps]

    @property
    def total_time(self) -> str:
        """How long all steps take together, in words."""
        return steps.total_time(self.rows)

    @property
    def total_fee(self) -> Decimal | None:
        """What all steps cost together, in baht; ``None`` if none says."""
        return steps.total_fee(self.rows)

    @property
    def timed_rows(self) -> list[tuple[Any, str]]:
        """Each step with its time in words."""
        return [(row, steps.total_time([row])) for row in self.rows]

    @property
    def shown(self) -> dict[str, bool]:
        """The columns in which any step says something."""
        names = ("responsible", "fee", "documents", "channel", "legal_basis")
        return {
            name: any(row[name] not in (None, "") for row in self.rows)
            for name in names
        }

    def step_errors(self) -> dict[str, str]:
        """What is missing of the steps: each of them has a time."""
        if any(row["time"] is None for row in self.rows):
            return {"steps": _now("Give the time of every step.")}
        return {}


class WorkManualPage(StepsMixin, ItemPage):  # type: ignore[django-manager-missing] # noqa: DJ008
    """Category 6: the office's standard of how its own people work."""

    category = Category.WORK_MANUALS
    kinds = WorkManualKind
    kind_name = _("Kind of manual")
    may_have_no_end = True
    details_template = "govpub/categories/details/work_manual.html"

    own_panels = ("steps",)

    class Meta:
        verbose_name = _("operating manual")
        verbose_name_plural = _("operating manuals")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors() | self.step_errors()
        if not self.steps and not self.attachments.all():
            errors["steps"] = _now("Write the steps, or attach the manual.")
        return errors


class ServiceManualPage(StepsMixin, ItemPage):  # type: ignore[django-manager-missing] # noqa: DJ008
    """Category 7: how a citizen uses a service of the office."""

    category = Category.SERVICE_MANUALS
    kinds = ServiceKind
    kind_name = _("Kind of service")
    may_have_no_end = True
    details_template = "govpub/categories/details/service_manual.html"

    fee = models.CharField(
        _("fee"), max_length=255, blank=True, help_text=_("Write “none” if it is free.")
    )
    channel = models.CharField(_("where and when to apply"), max_length=255, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=255, blank=True)

    own_panels = (
        "channel",
        "fee",
        "legal_basis",
        "steps",
    )

    class Meta:
        verbose_name = _("manual for the public")
        verbose_name_plural = _("manuals for the public")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors() | self.step_errors()
        if not self.steps:
            errors["steps"] = _now("Write at least one step.")
        return errors
