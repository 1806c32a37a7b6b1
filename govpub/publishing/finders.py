"""Where in the admin a record of the procedure is looked at."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from govpub.publishing.models import RoundFile
from govpub.publishing.permissions import visible_requests


class RoundFileFinder:
    """Leads from a file to the request that it belongs to, for those who may see it."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user

    def get_edit_url(self, instance: RoundFile) -> str | None:
        request_id = instance.round.request_id
        if self.user and not visible_requests(self.user).filter(pk=request_id).exists():
            return None
        return reverse("govpub_publishing:review", args=[request_id])
