"""A longer period for the same content: asked by the officer, decided by the head."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page, Revision

from govpub.publishing import clock, rules
from govpub.publishing.acts import record_act
from govpub.publishing.attachments import keep_files
from govpub.publishing.content import attached_digests, content_digest, full_digest
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
)
from govpub.publishing.models import Act, Appointment, PublicationRequest, Round
from govpub.publishing.periods import next_verification, rule_for
from govpub.roles import Role
from govpub.thai.dates import thai_date
from govpub.upkeep.models import (
    Ending,
    EndKind,
    Extension,
    ExtensionStatus,
    UpkeepSettings,
    WhileExtending,
)

LONGEST_WAIT = timedelta(days=30)


@transaction.atomic
def ask(
    request: PublicationRequest, *, by: User, until: date, reason: str
) -> Extension:
    """The officer asks that it stays up until ``until``; nothing is edited."""
    rules.hold_page(request.page_id)
    fresh = PublicationRequest.objects.select_for_update().get(pk=request.pk)
    officer = rules.require_role(by, (Role.OFFICER, Role.WEBMASTER), fresh.site)
    rules.require_reasons(reason)
    _require_possible(fresh, until)
    extension = Extension.objects.create(
        request=fresh, until=until, reason=reason, asked_by=by
    )
    keep_up = UpkeepSettings.of(fresh.site).while_extending == WhileExtending.KEEP_UP
    if keep_up and (end := fresh.publish_until):
        fresh.kept_until = min(until, end + LONGEST_WAIT)
        fresh.save(update_fields=["kept_until"])
    record_act(
        fresh.current_round,
        Step.EXTEND,
        Outcome.EXTENSION_ASKED,
        officer,
        reason,
        since=extension.asked_at,
        details={"until": until.isoformat()},
    )
    return extension


def may_be_asked(request: PublicationRequest) -> bool:
    """Whether anybody could ask for a longer period of it now."""
    try:
        _require_askable(request)
    except ProcedureError:
        return False
    return True


def _require_askable(request: PublicationRequest) -> date:
    """Refuses when no longer period can be asked for; gives the last day of now."""
    end = request.publish_until
    if request.status != RequestStatus.PUBLISHED:
        raise AlreadyDecided(_("This information is not on the website."))
    if end is None:
        raise ProcedureError(_("Its period has no end."))
    if request.confirm_by is not None:
        raise ProcedureError(_("The verbal permission has to be confirmed first."))
    if end < timezone.localdate():
        raise ProcedureError(_("Its period is over; propose it anew."))
    if request.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise AlreadyDecided(_("A longer period has been asked for already."))
    _require_no_newer(request)
    return end


def _require_possible(request: PublicationRequest, until: date) -> None:
    end = _require_askable(request)
    if until <= end:
        raise ProcedureError(
            _("The new last day must lie after %(day)s.") % {"day": thai_date(end)}
        )
    rule = rule_for(request.page.specific, request.site)
    if problem := rule.problem(timezone.localdate(), until):
        raise ProcedureError(problem)


def _require_no_newer(request: PublicationRequest) -> None:
    newer = PublicationRequest.objects.open().filter(page=request.page_id).first()
    if newer is not None:
        raise ProcedureError(
            _("Request %(code)s for a newer version is under way; its period counts.")
            % {"code": newer.code}
        )


@transaction.atomic
def allow(
    extension: Extension, *, by: User, words: str = "", seen: str = ""
) -> Extension:
    """The head allows it: the approved content, with the longer period, is published.

    Also after the period has ended meanwhile; then it is on the website again.
    """
    extension, request, head = _take_up(extension, by)
    old = request.current_round
    if seen and seen != old.digest:
        raise ContentChanged(_("The information was changed since you looked at it."))
    if full_digest(old.revision) != old.digest:
        raise ContentChanged(_("The information was changed after it was proposed."))
    if extension.until < timezone.localdate():
        raise ProcedureError(_("The requested publication period is over."))
    _require_no_newer(request)
    round_ = _longer_round(request, old, extension)
    _publish_again(request, extension)
    record_act(
        round_, Step.CONSIDER, Outcome.ALLOWED, head, words, since=extension.asked_at
    )
    record_act(
        round_,
        Step.EXTEND,
        Outcome.EXTENDED,
        head,
        details={"until": extension.until.isoformat(), "reason": extension.reason},
    )
    round_.revision.publish(user=by, skip_permission_checks=True)
    _decide(extension, ExtensionStatus.ALLOWED)
    return extension


@transaction.atomic
def refuse(extension: Extension, *, by: User, words: str) -> Extension:
    """The head does not allow it, and says why; it ends when it would have ended."""
    extension, request, head = _take_up(extension, by)
    rules.require_reasons(words)
    request.kept_until = None
    request.save(update_fields=["kept_until"])
    record_act(
        request.current_round,
        Step.EXTEND,
        Outcome.EXTENSION_REFUSED,
        head,
        words,
        since=extension.asked_at,
    )
    _decide(extension, ExtensionStatus.REFUSED)
    return extension


def _take_up(
    extension: Extension, by: User
) -> tuple[Extension, PublicationRequest, Appointment]:
    rules.hold_page(extension.request.page_id)
    fresh = Extension.objects.select_for_update().get(pk=extension.pk)
    if fresh.status != ExtensionStatus.ASKED:
        raise AlreadyDecided(rules.who_was_faster(fresh.request))
    request = PublicationRequest.objects.select_for_update().get(pk=fresh.request_id)
    head = rules.require_role(by, (Role.HEAD,), request.site)
    if is_involved(by, fresh):
        raise NotYourTurn(_("Who asked for it cannot allow it."))
    return fresh, request, head


def is_involved(user: User, extension: Extension) -> bool:
    """Whether the person asked for it, or proposed or last edited what it is for."""
    request = extension.request
    editor = request.current_round.revision.user_id
    return user.pk in {extension.asked_by_id, request.officer_id, editor}


def _decide(extension: Extension, status: ExtensionStatus) -> None:
    extension.status, extension.decided_at = status, timezone.now()
    extension.save(update_fields=["status", "decided_at"])


def _longer_round(
    request: PublicationRequest, old: Round, extension: Extension
) -> Round:
    """The approved content once more, with nothing changed but its last day."""
    until = extension.until.isoformat()
    content = {**copy.deepcopy(old.content), "publish_until": until}
    revision = _revision(old.revision, content, extension.asked_by)
    draft = revision.as_object()
    files = attached_digests(draft)
    round_ = Round.objects.create(
        request=request,
        number=old.number + 1,
        revision=revision,
        content=content,
        content_digest=content_digest(content),
        digest=full_digest(revision, files),
        form={**old.form, "publish_until": until},
    )
    keep_files(round_, draft, files)
    return round_


def _revision(old: Revision, content: dict[str, Any], user: Any) -> Revision:
    """A revision beside the officer's own drafts; it replaces only what it repeats."""
    revision = Revision.objects.create(
        content_type=old.content_type,
        base_content_type=old.base_content_type,
        object_id=old.object_id,
        object_str=old.object_str,
        content=content,
        user=user,
    )
    Page.objects.filter(pk=old.object_id, latest_revision=old.pk).update(
        latest_revision=revision, latest_revision_created_at=revision.created_at
    )
    return revision


def _publish_again(request: PublicationRequest, extension: Extension) -> None:
    if request.status == RequestStatus.ENDED:
        Ending.objects.filter(request=request).delete()
    changed = clock.enter(request, RequestStatus.PUBLISHED)
    request.publish_until, request.kept_until = extension.until, None
    request.closed_at = None
    if request.verify_by is None:
        request.verify_by = next_verification(
            request.page.specific, request.site, timezone.localdate(), extension.until
        )
    changes = ["publish_until", "kept_until", "closed_at", "verify_by"]
    request.save(update_fields=[*changed, *changes])


def drop_when_gone(
    sender: type[Act], request: PublicationRequest, act: Act, **kwargs: Any
) -> None:
    """A wish for a longer period ends with its item, unless only its time was over."""
    if act.outcome not in {Outcome.TAKEN_DOWN, Outcome.REPLACED, Outcome.REMOVED}:
        return
    if act.outcome == Outcome.TAKEN_DOWN:
        ending = getattr(request, "ending", None)
        if ending is not None and ending.kind == EndKind.OVER:
            return
    asked = Extension.objects.filter(request=request, status=ExtensionStatus.ASKED)
    asked.update(status=ExtensionStatus.DROPPED, decided_at=timezone.now())


def latest_end(request: PublicationRequest) -> date:
    """The last day for which the office's table lets one ask today."""
    rule = rule_for(request.page.specific, request.site)
    return rule.latest_end(timezone.localdate())


def rule_in_words(request: PublicationRequest) -> str:
    """What happens at the end of the period while the head has not decided."""
    if request.kept_until:
        words = _("It stays on the website until the decision, at most until %(day)s.")
        return words % {"day": thai_date(request.kept_until)}
    choice = WhileExtending(UpkeepSettings.of(request.site).while_extending)
    return str(choice.label)
