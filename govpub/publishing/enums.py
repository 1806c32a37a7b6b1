"""The words of the procedure: states of a request, steps, outcomes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    """Where a publication request stands."""

    PROPOSED = "proposed", _("Proposed, waiting for the head's decision")
    ALLOWED = "allowed", _("Allowed, waiting for the Web Master")
    REFUSED = "refused", _("Not allowed, waiting for the Web Master to tell back")
    RETURNED = "returned", _("Returned to the officer for correction")
    SCHEDULED = "scheduled", _("Allowed and checked, waiting for its day")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a newer version")
    ENDED = "ended", _("Taken down")
    WITHDRAWN = "withdrawn", _("Withdrawn by the officer")


# Somebody of the office has to decide: the content is locked.
IN_REVIEW = frozenset(
    {RequestStatus.PROPOSED, RequestStatus.ALLOWED, RequestStatus.REFUSED}
)
# The Web Master's turn.
WITH_WEBMASTER = frozenset({RequestStatus.ALLOWED, RequestStatus.REFUSED})
# Somebody of the office has to do something.
WAITING = IN_REVIEW | {RequestStatus.RETURNED}
# Where a request may stand that was allowed verbally and not yet in writing.
TO_CONFIRM = frozenset(
    {RequestStatus.ALLOWED, RequestStatus.SCHEDULED, RequestStatus.PUBLISHED}
)
# A page has at most one request in these states.
OPEN = WAITING | {RequestStatus.SCHEDULED}


class Step(models.TextChoices):
    """The steps of the procedure that somebody carries out, in their order."""

    PROPOSE = "propose", _("Propose information for publication")
    CONSIDER = "consider", _("Consider and decide")
    VERBAL = "verbal", _("Record verbal permission in an urgent case")
    PUT_UP = "put_up", _("Put on the website")
    APPEAR = "appear", _("Appear on its day")
    ELSEWHERE = "elsewhere", _("Post it elsewhere as well")
    TELL_BACK = "tell_back", _("Tell the officer back with the reasons")
    WITHDRAW = "withdraw", _("Withdraw the proposal")
    KEEP = "keep", _("Check accuracy, completeness and currency")
    EXTEND = "extend", _("Extend the publication period")
    TAKE_DOWN = "take_down", _("Take down from the website")


class Outcome(models.TextChoices):
    """What a step came to, in the office's own words."""

    PROPOSED = "proposed", _("Proposed")
    ALLOWED = "allowed", _("Publication allowed")
    ALLOWED_VERBALLY = "allowed_verbally", _("Publication allowed verbally")
    REFUSED = "refused", _("Not allowed")
    PUT_UP = "put_up", _("Put on the website")
    APPROVED_FOR_DAY = "approved_for_day", _("Ready, waiting for its day")
    WENT_LIVE = "went_live", _("On the website since its day")
    POSTED_ELSEWHERE = "posted_elsewhere", _("Also posted elsewhere")
    RETURNED = "returned", _("Told back with reasons")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VERIFIED = "verified", _("Accurate, complete and current")
    REPLACED = "replaced", _("Replaced by a newer version")
    TAKEN_DOWN = "taken_down", _("Taken down")
    STOPPED = "stopped", _("Stopped; it goes no further")
    REMOVED = "removed", _("Removed for good")
    FOUND_WANTING = "found_wanting", _("Not accurate, complete or current")
    EXTENSION_ASKED = "extension_asked", _("A longer period is asked for")
    EXTENSION_REFUSED = "extension_refused", _("A longer period is not allowed")
    EXTENDED = "extended", _("Publication period extended")
