"""What the look at other websites found, for the person who verifies an item."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from govpub.categories.enums import LinkState
from govpub.categories.models import LinkCheck
from govpub.thai.dates import thai_date


def dead_links(page: Any) -> list[str]:
    """The links of a page to other websites that did not answer the last time."""
    failing = LinkCheck.objects.filter(item=page.pk).exclude(state=LinkState.ALIVE)
    return [_sentence(check) for check in failing.order_by("failing_since", "pk")]


def _sentence(check: LinkCheck) -> str:
    words = (
        _("The link %(address)s has been broken since %(day)s (%(answer)s).")
        if check.state == LinkState.BROKEN
        else _("The link %(address)s did not answer on %(day)s (%(answer)s).")
    )
    return words % {
        "address": check.address,
        "day": thai_date(check.failing_since or check.checked_at),
        "answer": check.answer,
    }
