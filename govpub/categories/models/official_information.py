from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.categories.enums import Category, Clause

from .item import ItemPage


class OfficialInformationPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 5: open to inspection under the Official Information Act B.E. 2540.

    Its kind is the clause of section 7 or 9 under which it is published.
    """

    category = Category.OFFICIAL_INFORMATION
    kinds = Clause
    kind_name = _("Clause of the Act")

    has_none = models.BooleanField(
        _("the office has none"),
        default=False,
        help_text=_("Declares that there is no information under this clause."),
    )

    own_panels = ("has_none",)

    class Meta:
        verbose_name = _("official information")
        verbose_name_plural = _("official information")
