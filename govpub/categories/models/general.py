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

    @property
    def retention_key(self) -> tuple[str, str]:
        """The number of its category, and that of its topic."""
        category, _kind = super().retention_key
        # A page that was not saved yet knows its parent only from the editor.
        parent = self.get_parent() if self.path else self.editor_parent
        number = getattr(parent.specific, "number", "") if parent else ""
        return category, str(number)

    class Meta:
        verbose_name = _("general information")
        verbose_name_plural = _("general information")
