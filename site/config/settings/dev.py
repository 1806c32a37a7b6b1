"""Settings for a developer's own machine and for the demo."""

from __future__ import annotations

from .base import *

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105
ALLOWED_HOSTS = ["*"]
# A demo asks no other website anything.
GOVPUB_LINK_CHECK = False
