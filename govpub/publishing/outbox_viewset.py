"""The mails of the procedure in the admin: what was sent, what was not, and why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from govpub.publishing.models import Appointment, MailStatus, OutboxMail
from govpub.publishing.permissions import held_roles
from govpub.roles import Role


def mails_of(user: Any) -> QuerySet[OutboxMail]:
    """The mails of the offices whose Web Master the person is; superusers see all."""
    mails = OutboxMail.objects.select_related("site")
    if user.is_superuser:
        return mails
    held = Appointment.objects.in_force().filter(user=user, role=Role.WEBMASTER)
    return mails.filter(site__in=held.values("site"))


class OutboxPolicy(BasePermissionPolicy):
    """The operator and the Web Masters look; nobody writes, changes or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action != "view" or not user.is_active:
            return False
        return user.is_superuser or Role.WEBMASTER in held_roles(user)


class OutboxIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[OutboxMail]:
        return mails_of(self.request.user)


class OutboxInspectView(InspectView):
    template_name = "govpub/publishing/admin/mail.html"

    def get_object(self, queryset: Any = None) -> OutboxMail:
        return get_object_or_404(mails_of(self.request.user), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send = self.object.status == MailStatus.FAILED
        return super().get_context_data(may_send_again=may_send, **kwargs)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a mail that could not be sent another chance; the scheduler sends it."""
    if not OutboxPolicy(OutboxMail).user_has_permission(request.user, "view"):
        raise PermissionDenied
    mails: Any = mails_of(request.user).filter(pk=pk)
    if mails.send_again():
        messages.success(request, _("The mail will be sent again in a minute."))
    return redirect("govpub_outbox:inspect", pk)


class OutboxViewSet(ModelViewSet):
    """Mails that told people of the acts of the procedure, newest first."""

    model = OutboxMail
    icon = "mail"
    menu_label = gettext_lazy("Mails of the procedure")
    menu_order = 230
    add_to_admin_menu = False
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    inspect_view_enabled = True
    inspect_template_name = "govpub/publishing/admin/mail.html"
    list_display = ["subject", "recipient", "status", "attempts", "created_at"]
    list_filter = ["status", "site"]
    inspect_view_fields = [
        "recipient",
        "subject",
        "body",
        "status",
        "attempts",
        "last_error",
        "created_at",
        "next_try",
        "sent_at",
    ]
    form_fields = ["status"]

    def get_urlpatterns(self) -> list[URLPattern]:
        reading = {"index", "index_results", "inspect"}
        return [
            *(route for route in super().get_urlpatterns() if route.name in reading),
            path("again/<int:pk>/", send_again, name="again"),
        ]
