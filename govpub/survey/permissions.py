"""Who works with the survey of an office: whoever may change its survey settings.

That permission is given per site, in Wagtail's own form for groups.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from wagtail.models import Site
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from govpub.survey.models import SurveySettings

Person = User | AnonymousUser


def _settings_policy() -> Any:
    return policy_registry.get_by_type(SurveySettings)


def offices_of(user: Person) -> QuerySet[Site]:
    """The offices with whose survey a person may work."""
    return _settings_policy().sites_user_has_permission_for(user, "change")


def office_of(request: HttpRequest) -> Site:
    """The office a person works for now: that of this address, or else their first."""
    offices = offices_of(request.user)
    here = Site.find_for_request(request)
    found = offices.filter(pk=here.pk).first() if here else None
    found = found or offices.first()
    if found is None:
        raise PermissionDenied
    return found


class DeskPolicy(BasePermissionPolicy):
    """Allows some actions on the records of the offices with which a person works.

    ``office`` is the lookup from the record to its site.
    """

    def __init__(self, model: type[Model], office: str, actions: Collection[str]):
        super().__init__(model)
        self.office = office
        self.actions = {"view", *actions}

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and offices_of(user).exists()

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Model
    ) -> bool:
        allowed = self.instances_user_has_any_permission_for(user, [action])
        return allowed.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Model]:
        records = self.model._default_manager.all()
        if not self.actions & set(actions):
            return records.none()
        return records.filter(**{f"{self.office}__in": offices_of(user)})

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        return _settings_policy().users_with_any_permission(["change"])
