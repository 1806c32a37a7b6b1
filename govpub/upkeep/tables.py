"""Tables that the Web Master keeps in the admin: how long, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from govpub.publishing.office_tables import OfficeForm, OfficeTable
from govpub.upkeep.models import AssessmentDate, RetentionRule, UpkeepSettings


def retention_kinds() -> dict[tuple[str, str], str]:
    """What a rule can be for, in words, by category and kind.

    The hook ``register_govpub_retention_kinds`` gives ``(category, kind, label)``.
    """
    return {
        (category, kind): label
        for give in hooks.get_hooks("register_govpub_retention_kinds")
        for category, kind, label in give()
    }


class RetentionRuleForm(OfficeForm):
    """A rule names what it is for in one choice instead of two codes."""

    subject = forms.ChoiceField(label=_("Kind of information"))
    field_order = ["site", "subject"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = retention_kinds()
        self.fields["subject"].choices = [
            (f"{category}|{kind}", label) for (category, kind), label in kinds.items()
        ]
        if self.instance.pk:
            rule = self.instance
            self.initial["subject"] = f"{rule.category}|{rule.kind}"

    def _post_clean(self) -> None:
        subject = self.cleaned_data.get("subject", "|")
        self.instance.category, _bar, self.instance.kind = subject.partition("|")
        super()._post_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        category, _bar, kind = cleaned.get("subject", "|").partition("|")
        same = RetentionRule.objects.exclude(pk=self.instance.pk).filter(
            site=cleaned.get("site"), category=category, kind=kind
        )
        if same.exists():
            self.add_error("subject", _("This office has a rule for it already."))
        return cleaned


def rule_label(rule: RetentionRule) -> str:
    """What a rule is for, in words."""
    return retention_kinds().get((rule.category, rule.kind)) or str(rule)


class RetentionTable(OfficeTable):
    """How long each kind of information is public, and how often it is verified."""

    model = RetentionRule
    icon = "history"
    menu_label = _("Retention table")
    menu_order = 225
    list_display = [
        Column("subject", label=_("Kind of information"), accessor=rule_label),
        "get_default_end_display",
        "default_months",
        "maximum_months",
        BooleanColumn("may_have_no_end"),
        "verify_months",
    ]
    list_filter = ["site"]
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            FieldPanel("subject"),
            FieldRowPanel([FieldPanel("default_end"), FieldPanel("default_months")]),
            FieldPanel("maximum_months"),
            FieldPanel("may_have_no_end"),
            FieldPanel("verify_months"),
            FieldPanel("keep_files_years"),
        ],
        base_form_class=RetentionRuleForm,
    )


class AssessmentTable(OfficeTable):
    """The dates of each fiscal year by which assessors look."""

    model = AssessmentDate
    icon = "calendar-alt"
    menu_label = _("Assessment dates")
    menu_order = 226
    list_display = ["label", "fiscal_year", "day"]
    list_filter = ["fiscal_year", "site"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("site", "fiscal_year", "day", "label")],
        base_form_class=OfficeForm,
    )


class RulesTable(OfficeTable):
    """What an office does with what has ended, and while an extension is decided."""

    model = UpkeepSettings
    icon = "history"
    menu_label = _("After the end")
    menu_order = 227
    list_display = [
        "site",
        BooleanColumn("keep_files"),
        "get_while_extending_display",
    ]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("site", "keep_files", "while_extending")],
        base_form_class=OfficeForm,
    )
