from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from govpub.categories.enums import Category, KnowledgeKind

from .item import ItemPage


class KnowledgePage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 3: knowledge or statistics that others may use, with its terms."""

    category = Category.KNOWLEDGE
    kinds = KnowledgeKind
    kind_name = _("Kind")
    details_template = "govpub/categories/details/knowledge.html"

    licence = models.CharField(
        _("terms of use"),
        max_length=255,
        blank=True,
        help_text=_("What others may do with it, e.g. the name of an open licence."),
    )

    own_panels = ("licence",)

    class Meta:
        verbose_name = _("knowledge or statistics")
        verbose_name_plural = _("knowledge and statistics")
