from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from govpub.categories.enums import Category

from .item import ItemPage


class GeneralInformationPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 1: what the office is and does, below one of its ten topics."""

    category = Category.GENERAL
    may_have_no_end = True
    parent_page_types: ClassVar[list[str]] = ["govpub_categories.TopicPage"]

    class Meta:
        verbose_name = _("general information")
        verbose_name_plural = _("general information")
