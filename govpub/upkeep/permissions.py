"""Who looks after what is published: the Web Master of the office."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, QuerySet

from wagtail.models import Site
from wagtail.permission_policies.base import BasePermissionPolicy

from govpub.publishing.models import Appointment
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
        return user.is_active and offices_kept_by(user).exists()

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
