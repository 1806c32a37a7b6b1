"""The responsibility table in the admin; only here is wagtail-modeladmin known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from govpub.categories.duties import offices_in_care_of, roll_over
from govpub.categories.models import Responsibility
from govpub.publishing.permissions import held_roles
from govpub.roles import Role
from govpub.thai.dates import FiscalYear


class ResponsibilityForm(WagtailAdminModelForm):
    """A row of this fiscal year or a later one, of an office in the person's care."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_in_care_of(self.for_user)
        self.fields["site"].queryset = offices
        if self.instance.pk is None:
            self.initial.setdefault("fiscal_year", FiscalYear.current().be)
            self.initial["site"] = self.initial.get("site") or offices.first()

    def clean_fiscal_year(self) -> int:
        year = self.cleaned_data["fiscal_year"]
        if year < FiscalYear.current().be:
            raise forms.ValidationError(_("Past fiscal years stay as they were."))
        return year


class ResponsibilityPermissions(PermissionHelper):
    """The appointed Web Master and the administrator; past years only to read."""

    def user_has_specific_permission(self, user: User, perm_codename: str) -> bool:
        return user.is_superuser or Role.WEBMASTER in held_roles(user)

    def user_can_edit_obj(self, user: User, obj: Responsibility) -> bool:
        return not obj.is_past and super().user_can_edit_obj(user, obj)

    def user_can_delete_obj(self, user: User, obj: Responsibility) -> bool:
        return not obj.is_past and super().user_can_delete_obj(user, obj)


class ResponsibilityAdmin(ModelAdmin):
    """The responsibility table, year by year."""

    model = Responsibility
    base_url_path = "govpub/responsibilities"
    menu_label = _("Responsibility table")
    menu_icon = "group"
    menu_order = 230
    add_to_settings_menu = True
    list_display = ("fiscal_year", "category", "responsible", "inspector")
    list_filter = ("fiscal_year",)
    inspect_view_enabled = True
    inspect_view_fields_exclude = ("id",)
    index_template_name = "govpub/categories/admin/responsibilities.html"
    permission_helper_class = ResponsibilityPermissions

    def get_edit_handler(self) -> ObjectList:
        fields = ["site", "fiscal_year", "category"]
        words = ["procedure", "responsible", "inspector"]
        return ObjectList(
            [FieldPanel(name) for name in fields + words],
            base_form_class=ResponsibilityForm,
        )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        several = offices_in_care_of(request.user).count() > 1
        return (*self.list_display, "site") if several else self.list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[Responsibility]:
        rows = super().get_queryset(request)
        return rows.filter(site__in=offices_in_care_of(request.user))


@require_POST
def roll_over_view(request: HttpRequest) -> HttpResponse:
    """The button: copy the tables in the person's care to the next year."""
    offices = offices_in_care_of(request.user)
    if not offices:
        return permission_denied(request)
    copied = sum(roll_over(office) for office in offices)
    if copied:
        text = ngettext("%(n)s row was copied.", "%(n)s rows were copied.", copied)
        messages.success(request, text % {"n": copied})
    else:
        messages.info(request, _now("The next fiscal year has all its rows already."))
    return redirect(reverse("govpub_responsibilities_modeladmin_index"))


def register() -> None:
    """Put the table into the admin's menu and addresses."""
    modeladmin_register(ResponsibilityAdmin)
