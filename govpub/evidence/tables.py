"""The words of the request form in the admin, year by year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from govpub.evidence.models import Checklist
from govpub.publishing.models import FormWords
from govpub.publishing.office_tables import OfficeForm, OfficeTable
from govpub.thai.dates import FiscalYear


class FormWordsForm(OfficeForm):
    """Begins with the words of the year before; a year that is over stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk or self.initial.get("site") is None:
            return
        year = FiscalYear.current().be
        latest = FormWords.of_year(self.initial["site"], year)
        for name in self.fields:
            if name not in ("site", "fiscal_year"):
                self.initial.setdefault(name, getattr(latest, name))
        self.initial["fiscal_year"] = year

    def clean_fiscal_year(self) -> int:
        year = self.cleaned_data["fiscal_year"]
        past = self.instance.pk and self.instance.fiscal_year < FiscalYear.current().be
        if past or year < FiscalYear.current().be:
            raise forms.ValidationError(_("Past fiscal years stay as they were."))
        return year


class FormWordsTable(OfficeTable):
    """Heading, titles and memo of the request form, per fiscal year."""

    model = FormWords
    icon = "doc-full"
    menu_label = _("Words of the request form")
    menu_order = 226
    list_display = ["fiscal_year", "box_title", "signing", "site"]
    list_filter = ["site", "fiscal_year"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("fiscal_year"),
            MultiFieldPanel(
                [
                    FieldPanel("heading"),
                    FieldPanel("box_title"),
                    FieldPanel("giver_title"),
                    FieldPanel("approver_title"),
                    FieldPanel("uploader_title"),
                    FieldPanel("signing"),
                ],
                heading=_("Request form"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("memo_number"),
                    FieldPanel("memo_to"),
                    FieldPanel("emblem"),
                ],
                heading=_("Memo"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("thai_digits_form"),
                    FieldPanel("thai_digits_memo"),
                    FieldPanel("thai_digits_report"),
                    FieldPanel("thai_digits_register"),
                ],
                heading=_("Digits"),
                help_text=_("Not ticked: 0 to 9. Forms of the past stay as they are."),
            ),
        ],
        base_form_class=FormWordsForm,
    )


class ChecklistTable(OfficeTable):
    """Which checklists an office has, and whether their evidence is listed publicly."""

    model = Checklist
    icon = "tasks"
    menu_label = _("Checklists of assessments")
    menu_order = 227
    list_display = [
        "name",
        "fiscal_year",
        "office_kind",
        BooleanColumn("is_public", label=_("public page")),
        "site",
    ]
    list_filter = ["site", "fiscal_year"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("name"),
            FieldPanel("fiscal_year"),
            FieldPanel("office_kind"),
            FieldPanel("is_public"),
        ],
        base_form_class=OfficeForm,
    )
