from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldRowPanel

from govpub.categories.enums import Category

from .item import ItemPage


class WorkManualPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 6: the office's standard of how its own people work."""

    category = Category.WORK_MANUALS
    may_have_no_end = True

    class Meta:
        verbose_name = _("operating manual")
        verbose_name_plural = _("operating manuals")


class ServiceManualPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 7: how a citizen uses a service of the office."""

    category = Category.SERVICE_MANUALS
    may_have_no_end = True
    details_template = "govpub/categories/details/service_manual.html"

    duration = models.CharField(
        _("time it takes"), max_length=255, blank=True, help_text=_("In all steps.")
    )
    fee = models.CharField(
        _("fee"), max_length=255, blank=True, help_text=_("Write “none” if it is free.")
    )
    channel = models.CharField(_("where and when to apply"), max_length=255, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=255, blank=True)

    own_panels = (
        FieldRowPanel(["duration", "fee"]),
        "channel",
        "legal_basis",
    )

    class Meta:
        verbose_name = _("manual for the public")
        verbose_name_plural = _("manuals for the public")
