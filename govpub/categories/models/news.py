from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string

from govpub.categories.blocks import FigureBlock
from govpub.categories.enums import Category, NewsKind
from govpub.categories.pictures import fetch_renditions
from govpub.thai.text import is_blank

from .item import ItemPage


class NewsPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 8: news, job announcements, procurement and infographics."""

    GALLERY = ("fill-480x360", "max-1600x1600")

    category = Category.NEWS
    kinds = NewsKind
    kind_name = _("Kind of news")
    details_template = "govpub/categories/details/news.html"
    text_first = True
    shown_with = ("locale", "lead_image")

    lead_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,  # what was proposed keeps it by its round
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

    gallery = StreamField(
        [("picture", FigureBlock())], verbose_name=_("gallery"), blank=True
    )

    own_panels = (
        MultiFieldPanel(["lead_image", "lead_image_alternative"], heading=_("Picture")),
        "gallery",
    )

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def own_form_errors(self) -> dict[str, str]:
        errors = super().own_form_errors()
        if self.lead_image_id and is_blank(self.lead_image_alternative):
            errors["lead_image_alternative"] = _now("Say what the picture shows.")
        if self.kind == NewsKind.INFOGRAPHIC and not self.lead_image_id:
            errors["lead_image"] = _now("Choose the infographic.")
        if any(is_blank(child.value["alternative"]) for child in self.gallery):
            errors["gallery"] = _now("Say what each picture shows.")
        return errors

    @cached_property
    def pictures(self) -> list[Any]:
        """The gallery, its pictures ready to be shown in both sizes."""
        rows = [child.value for child in self.gallery]
        fetch_renditions((row["image"] for row in rows), *self.GALLERY)
        return rows
