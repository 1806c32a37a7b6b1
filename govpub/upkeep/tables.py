"""Tables that the Web Master keeps in the admin: how long, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from govpub.upkeep.models import RetentionRule
from govpub.upkeep.permissions import offices_kept_by


def retention_kinds() -> dict[tuple[str, str], str]:
    """What a rule can be for, in words, by category and kind.

    The hook ``register_govpub_retention_kinds`` gives ``(category, kind, label)``.
    """
    return {
        (category, kind): label
        for give in hooks.get_hooks("register_govpub_retention_kinds")
        for category, kind, label in give()
    }


class OfficeForm(WagtailAdminModelForm):
    """A row of one of the person's own offices; the first one is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_kept_by(self.for_user)
        self.fields["site"].queryset = offices
        if self.instance.pk is None:
            self.initial["site"] = self.initial.get("site") or offices.first()


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


class OwnRows:
    """A list of the rows of the person's offices."""

    def get_base_queryset(self) -> QuerySet[Model]:
        return self.permission_policy.instances_user_has_permission_for(  # type: ignore[attr-defined]
            self.request.user,  # type: ignore[attr-defined]
            "change",
        )


class OwnRow:
    """One row, not found unless it belongs to one of the person's offices."""

    def get_object(self, *args: Any, **kwargs: Any) -> Model:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.user_has_permission_for_instance("change", found):  # type: ignore[attr-defined]
            raise Http404
        return found


class IndexView(OwnRows, generic.IndexView):
    pass


class EditView(OwnRow, generic.EditView):
    pass


class DeleteView(OwnRow, generic.DeleteView):
    pass


class OfficeTable(ModelViewSet):
    """A table that belongs to offices, kept by their Web Masters."""

    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_settings_menu = True


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
        ],
        base_form_class=RetentionRuleForm,
    )
