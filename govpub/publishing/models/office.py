from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home", order=10)
class OfficeSettings(BaseSiteSetting):
    """What an office says of itself, on its public pages and on its forms."""

    name = models.CharField(_("name of the office"), max_length=255, blank=True)
    name_en = models.CharField(
        _("name of the office in English"), max_length=255, blank=True
    )
    parent_organisation = models.CharField(
        _("organisation above it"), max_length=255, blank=True
    )
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=100, blank=True)
    fax = models.CharField(_("fax"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    head_title = models.CharField(_("position of the head"), max_length=255, blank=True)
    webmaster_title = models.CharField(
        _("position of the Web Master"), max_length=255, blank=True
    )
    announcement = models.TextField(
        _("announcement the procedure follows"),
        blank=True,
        help_text=_("Title and year, as printed on the request form."),
    )
    form_heading = models.TextField(
        _("heading of the request form"), blank=True, help_text=_("One line each.")
    )

    show_persons = models.BooleanField(
        _("show the names of the persons appointed"),
        default=True,
        help_text=_("On the page of the procedure, beside each step."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("name_en"),
                FieldPanel("parent_organisation"),
            ],
            heading=_("Office"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("fax"),
                FieldPanel("email"),
                FieldPanel("latitude"),
                FieldPanel("longitude"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("head_title"),
                FieldPanel("webmaster_title"),
                FieldPanel("show_persons"),
                FieldPanel("announcement"),
                FieldPanel("form_heading"),
            ],
            heading=_("Procedure and request form"),
        ),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.name or str(self.site)
