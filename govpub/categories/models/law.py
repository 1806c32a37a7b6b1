from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldRowPanel

from govpub.categories.enums import Category, LawKind, LawStatus

from .item import ItemPage


class LawPage(ItemPage):  # type: ignore[django-manager-missing]
    """Category 2: a law, regulation or rule, with where and when it was promulgated."""

    category = Category.LAWS
    kinds = LawKind
    kind_name = _("Kind of law")
    may_have_no_end = True
    details_template = "govpub/categories/details/law.html"

    law_number = models.CharField(
        _("number of the law"),
        max_length=100,
        blank=True,
        help_text=_("Its own number or year, as it is quoted."),
    )
    enacted_on = models.DateField(_("date of the law"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    gazette_reference = models.CharField(
        _("Government Gazette"),
        max_length=255,
        blank=True,
        help_text=_("Volume, part, page and date of publication."),
    )
    status = models.CharField(
        _("status of the law"),
        max_length=20,
        choices=LawStatus,
        default=LawStatus.IN_FORCE,
    )

    own_panels = (
        FieldRowPanel(["law_number", "status"]),
        FieldRowPanel(["enacted_on", "effective_on"]),
        "gazette_reference",
    )

    class Meta:
        verbose_name = _("law or regulation")
        verbose_name_plural = _("laws and regulations")
