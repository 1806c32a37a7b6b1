"""Deleting what records refer to: refused by the database, said here in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from govpub.publishing.models import PublicationRequest


class RecordsAreKept:
    """Where Wagtail's admin deletes something that must stay, it says why it stays.

    Wagtail asks before it deletes a page or a file, but not before a person, a group
    or a site; without this the answer would be a server error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """A page that was proposed has no button to delete it; here is why."""
        asked = request.resolver_match
        if asked is None or asked.view_name != "wagtailadmin_pages:delete":
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        page = kwargs["page_id"]
        if not PublicationRequest.objects.filter(page=page).exists():
            return None
        messages.error(
            request,
            _(
                "This cannot be deleted, because it was proposed and is a record; "
                "what is public can be taken down."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(error, ProtectedError):
            return None
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        kinds = {str(one._meta.verbose_name) for one in error.protected_objects}
        words = _("This cannot be deleted, because records refer to it: %(records)s.")
        messages.error(request, words % {"records": ", ".join(sorted(kinds))})
        return redirect(request.get_full_path())  # the page that asks, once more
