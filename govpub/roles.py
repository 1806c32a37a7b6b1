"""The four roles of the procedure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an appointment makes a person; codes are stored, labels are shown."""

    OFFICER = "officer", _("Officer who wishes to publish")
    HEAD = "head", _("Head of the office (approver)")
    WEBMASTER = "webmaster", _("Web Master")
    INSPECTOR = "inspector", _("Inspector")
