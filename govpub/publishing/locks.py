from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """While the office decides, nobody edits: what is decided on stays what it was."""

    def get_message(self, user: User) -> SafeString:
        return format_html(
            "{} {}",
            _("This information has been proposed and waits for: %(step)s.")
            % {"step": self.task.name},
            _(
                "It is locked for everybody so that exactly what was proposed "
                "is decided on."
            ),
        )

    def get_description(self, user: User, can_lock: bool = False) -> str:
        return _("Nobody can edit it until the decision")
