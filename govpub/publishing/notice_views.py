"""A person's notices in the admin: the same words as in the mails, newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from govpub.publishing.models import OutboxMail
from govpub.publishing.permissions import signed_in


def notices_of(request: HttpRequest) -> QuerySet[OutboxMail]:
    """Everything the signed-in person was told, newest first."""
    return OutboxMail.objects.filter(user=signed_in(request)).order_by("-pk")


class NoticeListView(WagtailAdminTemplateMixin, ListView):
    template_name = "govpub/publishing/admin/notices.html"
    page_title = _("Notices")
    header_icon = "mail"
    context_object_name = "notices"
    paginate_by = 30
    _show_breadcrumbs = True

    def get_queryset(self) -> QuerySet[OutboxMail]:
        return notices_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread = OutboxMail.objects.unread().filter(user=signed_in(self.request))
        return super().get_context_data(unread=unread.count(), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the notice is about; from then on it counts as read."""
    notice = get_object_or_404(notices_of(request), pk=pk)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    if notice.request_id:
        return redirect("govpub_publishing:review", notice.request_id)
    return redirect("govpub_publishing:notices")


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    notices_of(request).filter(read_at=None).update(read_at=timezone.now())
    return redirect("govpub_publishing:notices")
