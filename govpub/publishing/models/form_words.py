from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.images import get_image_model_string
from wagtail.models import Site

from govpub.publishing.models.office import OfficeSettings

# The form's own words, in the office's language; the office edits them year by year.
BOX_TITLE = "แบบฟอร์มการขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของ{office}"
GIVER = "ผู้รับผิดชอบการให้ข้อมูล"
APPROVER = "ผู้อนุมัติรับรอง"
UPLOADER = "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่"


class Signing(models.TextChoices):
    """How the signature blocks of the form are filled."""

    ELECTRONIC = "electronic", _("Electronically: who did it, and when")
    DOTTED = "dotted", _("Dotted lines, to be signed by hand")


class FormWords(models.Model):
    """What is printed on an office's request form and memo in one fiscal year.

    Frozen in every proposal, so that forms of the past never change. A year without
    words of its own goes by the newest year before it.
    """

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("fiscal year (B.E.)"),
        validators=[MinValueValidator(2500), MaxValueValidator(2700)],
    )
    heading = models.TextField(
        _("heading of the request form"), help_text=_("One line each.")
    )
    box_title = models.TextField(_("title inside the box of the form"))
    giver_title = models.CharField(
        _("title of the person who gives the information"),
        max_length=255,
        default=GIVER,
    )
    approver_title = models.CharField(
        _("title of the person who allows it"), max_length=255, default=APPROVER
    )
    uploader_title = models.CharField(
        _("title of the person who puts it on the website"),
        max_length=255,
        default=UPLOADER,
    )
    signing = models.CharField(
        _("signatures"), max_length=20, choices=Signing, default=Signing.ELECTRONIC
    )
    memo_number = models.CharField(
        _("beginning of the memo's number"),
        max_length=100,
        blank=True,
        help_text=_("Letters and code of the office; the running number follows."),
    )
    memo_to = models.CharField(
        _("to whom the memo is written"),
        max_length=255,
        blank=True,
        help_text=_("Empty means: the position of the head."),
    )
    emblem = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("emblem on the memo"),
        help_text=_("The office's own picture file; without one its place is empty."),
    )

    # For each kind of paper that is printed: Thai digits, or 0 to 9.
    thai_digits_form = models.BooleanField(
        _("Thai digits on the request form"), default=True
    )
    thai_digits_memo = models.BooleanField(_("Thai digits on the memo"), default=True)
    thai_digits_report = models.BooleanField(
        _("Thai digits in the supervision report"), default=True
    )
    thai_digits_register = models.BooleanField(
        _("Thai digits in the printed register and the evidence pack's list"),
        default=True,
    )

    class Meta:
        verbose_name = _("words of the request form")
        verbose_name_plural = _("words of the request form")
        ordering = ["site", "-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "fiscal_year"], name="govpub_one_form_per_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.box_title}"

    @classmethod
    def of_year(cls, site: Site, fiscal_year: int) -> FormWords:
        """The words of a year (B.E.); unsaved defaults where the office has none."""
        earlier = cls.objects.filter(site=site, fiscal_year__lte=fiscal_year)
        return earlier.order_by("-fiscal_year").first() or cls._default(
            site, fiscal_year
        )

    @classmethod
    def _default(cls, site: Site, fiscal_year: int) -> FormWords:
        office = OfficeSettings.for_site(site)
        title = BOX_TITLE.format(office=office)
        return cls(
            site=site,
            fiscal_year=fiscal_year,
            heading=office.form_heading or title,
            box_title=title,
        )

    def frozen(self) -> dict[str, Any]:
        """Everything that is printed of it, as plain data."""
        office = OfficeSettings.for_site(self.site)
        return {
            "office": str(office),
            "phone": office.phone,
            "head_title": office.head_title,
            "heading": [line for line in self.heading.splitlines() if line.strip()],
            "box_title": self.box_title,
            "giver_title": self.giver_title,
            "approver_title": self.approver_title,
            "uploader_title": self.uploader_title,
            "signing": self.signing,
            "memo_number": self.memo_number,
            "memo_to": self.memo_to or office.head_title,
            "emblem": self.emblem_id,
            "website": self.site.root_url,
            "thai_digits": {
                kind: getattr(self, f"thai_digits_{kind}")
                for kind in ("form", "memo", "report", "register")
            },
        }
