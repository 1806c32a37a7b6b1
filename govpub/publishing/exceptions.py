"""What can go wrong in the procedure, each with a sentence for the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError


class ProcedureError(ValidationError):
    """The act is against the procedure; nothing was changed."""


class NotYourTurn(ProcedureError):
    """The person does not hold the role, or proposed this information himself."""


class ReasonsMissing(ProcedureError):
    """A refusal or a return needs reasons that somebody can read."""


class NotChecked(ProcedureError):
    """The Web Master has not confirmed all that the procedure asks for."""


class AlreadyDecided(ProcedureError):
    """Somebody else was faster; the message says who, what and when."""


class ContentChanged(ProcedureError):
    """What is there now is not what was proposed or looked at."""


class NotApproved(PermissionDenied):
    """Something tried to make public, or to hide, content without its approval."""
