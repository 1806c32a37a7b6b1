"""What the Web Master confirms before anything goes on the website."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govpub.publishing.exceptions import NotChecked

# In the announcement's order: ถูกต้อง ครบถ้วน เป็นปัจจุบัน
CHECKS = MappingProxyType(
    {
        "accurate": gettext_lazy("Accurate"),
        "complete": gettext_lazy("Complete"),
        "current": gettext_lazy("Current"),
    }
)
ALL_CHECKED: Mapping[str, bool] = MappingProxyType(dict.fromkeys(CHECKS, True))


def require_checked(checks: Mapping[str, Any]) -> dict[str, bool]:
    """The three confirmations as plain data; refuses when one is missing."""
    missing = [label for name, label in CHECKS.items() if checks.get(name) is not True]
    if missing:
        raise NotChecked(
            _("Confirm first: %(missing)s.") % {"missing": ", ".join(map(str, missing))}
        )
    return dict(ALL_CHECKED)
