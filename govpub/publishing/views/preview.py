from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import View

from wagtail.utils.decorators import xframe_options_sameorigin_override

from govpub.publishing.models import Round
from govpub.publishing.permissions import signed_in, visible_requests


@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class PreviewView(View):
    """The page as the public would see the round's revision, decided on or not.

    Wagtail's own preview is for those who may edit; this one is for everybody whom
    the request concerns, also while it is locked.
    """

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
        round_ = get_object_or_404(
            Round.objects.select_related("revision"),
            request__in=visible_requests(signed_in(request)),
            request=pk,
            number=number,
        )
        page: Any = round_.revision.as_object()
        return page.make_preview_request(request, page.default_preview_mode)
