"""A version whose day has come goes up with its first reader at the latest."""

from __future__ import annotations

import logging
from typing import Any

from wagtail.models import Page

from govpub.publishing import procedure
from govpub.publishing.models import PublicationMixin, PublicationRequest
from govpub.publishing.robot import robot

logger = logging.getLogger("govpub.upkeep")


def put_up_if_due(page: Page) -> Any:
    """The page as it is public now, or nothing: one version follows another.

    Between midnight and the next pass of the scheduler the old version is over already;
    the approved new one then need not wait.
    """
    if not isinstance(page, PublicationMixin) or page.is_public:
        return None
    due = PublicationRequest.objects.period_begun().filter(page=page.pk).first()
    if due is None:
        return None
    try:
        procedure.go_live(due, by=robot())
    except Exception:
        # The scheduler tries again and tells the Web Master; the reader gets no error.
        logger.exception("Could not put it up", extra={"request": due.code})
        return None
    fresh: Any = Page.objects.get(pk=page.pk).specific
    return fresh if fresh.is_public else None
