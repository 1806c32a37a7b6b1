"""Who works with the survey of an office, and how far.

Three permissions on an office's survey settings, given per site by the form of a group:
to read its results and comments, to answer and release comments, and to change
everything, which includes the other two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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

MANAGE = frozenset({"change"})
READ = frozenset({"view"}) | MANAGE
ANSWER = frozenset({"answer"}) | MANAGE


def _settings_policy() -> Any:
    return policy_registry.get_by_type(SurveySettings)


def offices_of(user: Person, needed: Collection[str] = READ) -> QuerySet[Site]:
    """The offices for whose survey a person has one of the permissions."""
    return _settings_policy().sites_user_has_any_permission_for(user, needed)


def works_somewhere(user: Person, needed: Collection[str] = READ) -> bool:
    """Whether there is any such office; Wagtail asks the database once for all."""
    return _settings_policy().user_has_any_permission(user, needed)


def office_of(request: HttpRequest, needed: Collection[str] = READ) -> Site:
    """The office a person works for now: that of this address, or else their first."""
    offices = offices_of(request.user, needed)
    here = Site.find_for_request(request)
    found = offices.filter(pk=here.pk).first() if here else None
    found = found or offices.first()
    if found is None:
        raise PermissionDenied
    return found


class DeskPolicy(BasePermissionPolicy):
    """What people may do with the records of their offices.

    ``office`` is the lookup from the record to its site, ``actions`` the permissions
    of which one is needed for each action; other actions are nobody's.
    """

    def __init__(
        self, model: type[Model], office: str, actions: Mapping[str, Collection[str]]
    ):
        super().__init__(model)
        self.office = office
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        needed = self._needed([action])
        return bool(needed) and works_somewhere(user, needed)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Model
    ) -> bool:
        allowed = self.instances_user_has_any_permission_for(user, [action])
        return allowed.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Model]:
        records = self.model._default_manager.all()
        needed = self._needed(actions)
        if not needed:
            return records.none()
        return records.filter(**{f"{self.office}__in": offices_of(user, needed)})

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[Any]:
        return _settings_policy().users_with_any_permission(self._needed(actions))

    def _needed(self, actions: Collection[str]) -> set[str]:
        asked = (self.actions.get(action, ()) for action in actions)
        return {permission for permissions in asked for permission in permissions}
