"""Tables of an office that its Web Master keeps in the admin, and nobody else's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, QuerySet
from django.http import Http404

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site
from wagtail.permission_policies.base import BasePermissionPolicy

from govpub.publishing.models import Appointment
from govpub.publishing.permissions import held_roles
from govpub.roles import Role


def offices_kept_by(user: User | AnonymousUser) -> QuerySet[Site]:
    """The offices whose Web Master the person is today; a superuser's are all."""
    if user.is_superuser:
        return Site.objects.all()
    held = Appointment.objects.in_force().filter(user=user.pk, role=Role.WEBMASTER)
    return Site.objects.filter(pk__in=held.values("site"))


class WebmasterPolicy(BasePermissionPolicy):
    """The Web Master does everything with the rows of his own office."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        may = user.is_superuser or Role.WEBMASTER in held_roles(user)
        return user.is_active and may

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Model
    ) -> bool:
        return (
            self.instances_user_has_permission_for(user, action)
            .filter(pk=instance.pk)
            .exists()
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Any
    ) -> QuerySet[Model]:
        return self.model._default_manager.filter(site__in=offices_kept_by(user))


class OfficeForm(WagtailAdminModelForm):
    """A row of one of the person's own offices; the first one is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_kept_by(self.for_user)
        self.fields["site"].queryset = offices
        if self.instance.pk is None:
            self.initial["site"] = self.initial.get("site") or offices.first()


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
