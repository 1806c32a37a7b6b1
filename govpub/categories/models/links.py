from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from govpub.categories.enums import Category, LinkKind

from .item import ItemPage


class WebLinkPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 4: the website of another office; its summary says what is there."""

    category = Category.LINKS
    kinds = LinkKind
    kind_name = _("Group")
    may_have_no_end = True
    listed_in_groups = True
    details_template = "govpub/categories/details/link.html"

    website = models.URLField(_("address of the website"), max_length=500, blank=True)

    own_panels = ("website",)

    class Meta:
        verbose_name = _("related website")
        verbose_name_plural = _("related websites")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors()
        if not self.website:
            errors["website"] = _now("Write the address of the website.")
        return errors
