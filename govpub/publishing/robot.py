from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from govpub.conf import conf


def robot() -> User:
    """The named user in whose name the software acts by itself."""
    return get_user_model().objects.get(username=conf.ROBOT_USERNAME)
