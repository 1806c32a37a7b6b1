"""What people call the keys that are the same at every office."""

from __future__ import annotations

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

DEVICES = {
    "desktop": lambda: _("Computer"),
    "mobile": lambda: _("Mobile phone"),
    "tablet": lambda: _("Tablet"),
    "other": lambda: _("Another device"),
}


def device(key: str) -> str:
    return DEVICES[key]() if key in DEVICES else key


def language(code: str) -> str:
    """The name of a language, in that of the reader; the code if Django has none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
