from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import MultiFieldPanel
from wagtail.images import get_image_model_string

from govpub.categories.enums import Category, NewsKind
from govpub.thai.text import is_blank

from .item import ItemPage


class NewsPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 8: news, job announcements, procurement and infographics."""

    category = Category.NEWS
    kinds = NewsKind
    kind_name = _("Kind of news")

    lead_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    lead_image_alternative = models.CharField(
        _("description of the picture"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )

    own_panels = (
        MultiFieldPanel(["lead_image", "lead_image_alternative"], heading=_("Picture")),
    )

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors()
        if self.lead_image_id and is_blank(self.lead_image_alternative):
            errors["lead_image_alternative"] = _now("Say what the picture shows.")
        return errors
