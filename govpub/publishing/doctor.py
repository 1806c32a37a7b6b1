"""Finds what contradicts the approvals, and can close it.

Python guards every ``save``; what went past it (SQL, ``QuerySet.update``, a restored
backup) is found here. Closing never shows anything: it hides, returns or cancels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page, Site, TaskState, WorkflowState

from govpub.publishing import ledger
from govpub.publishing.acts import record_act
from govpub.publishing.content import content_digest, full_digest
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.exceptions import ContentChanged
from govpub.publishing.guards import approved_round
from govpub.publishing.models import PublicationMixin, PublicationRequest, Round
from govpub.publishing.robot import robot

# Both must be there before anything is public.
NEEDED = (
    {Outcome.ALLOWED, Outcome.ALLOWED_VERBALLY},
    {Outcome.PUT_UP, Outcome.APPROVED_FOR_DAY, Outcome.EXTENDED},
)


@dataclass(frozen=True)
class Finding:
    """One contradiction: what it is about, what is wrong, and how to close it."""

    subject: str
    problem: str
    close: Callable[[], None]


def examine() -> Iterator[Finding]:
    """Every contradiction of the installation, one after another."""
    for page in _live_pages():
        yield from _examine_page(page)
    yield from _published_but_hidden()
    yield from _workflow_without_request()
    yield from _request_without_workflow()
    yield from _other_period()


# --- Pages that are public ----------------------------------------------------


def controlled_models() -> list[type[Any]]:
    """Every page class that is under the procedure."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, PublicationMixin) and not model._meta.proxy
    ]


def _live_pages() -> Iterator[Any]:
    types = ContentType.objects.get_for_models(*controlled_models())
    for model, content_type in types.items():
        pages = model._default_manager.filter(live=True, content_type=content_type)
        yield from pages.order_by("pk").iterator()


def _examine_page(page: Any) -> Iterator[Finding]:
    problem = why_not_approved(page)
    if problem:
        subject = _("page %(number)s “%(title)s”") % {
            "number": page.pk,
            "title": page.title,
        }
        yield Finding(subject, problem, lambda: _take_off(page, problem))


def why_not_approved(page: Any) -> str:
    """How a live page contradicts its approval; empty when it does not."""
    round_ = approved_round(page)
    if round_ is None or not _is_complete(round_):
        return _("It is public without a complete approval.")
    if content_digest(page.serializable_data()) != round_.content_digest:
        return _("What is public is not what was approved.")
    try:
        same = full_digest(round_.revision) == round_.digest
    except ContentChanged as error:
        return str(error.message)
    return "" if same else _("An approved version or its files were changed.")


def _is_complete(round_: Round) -> bool:
    done = set(round_.acts.values_list("outcome", flat=True))
    return all(done & outcomes for outcomes in NEEDED)


@transaction.atomic
def _take_off(page: Any, problem: str) -> None:
    """Hide the page; its published request, if there is one, ends with it."""
    published = PublicationRequest.objects.select_for_update().filter(
        page=page.pk, status=RequestStatus.PUBLISHED
    )
    for request in published:
        _end(request, problem)
    Page.objects.filter(pk=page.pk).update(
        live=False, live_revision=None, has_unpublished_changes=True
    )
    _note(page.get_site(), {"page": page.pk, "title": page.title, "problem": problem})


# --- Requests and their workflow ----------------------------------------------


def _published_but_hidden() -> Iterator[Finding]:
    problem = _("It is published on paper, but its page is not public.")
    published = PublicationRequest.objects.filter(status=RequestStatus.PUBLISHED)
    for request in published.filter(page__live=False).order_by("pk"):
        yield _finding(request, problem, _end)


def _workflow_without_request() -> Iterator[Finding]:
    problem = _("Wagtail says that it is under review, no request says so.")
    types = ContentType.objects.get_for_models(*controlled_models()).values()
    running = WorkflowState.objects.active().filter(content_type__in=types)
    in_review = set(
        PublicationRequest.objects.in_review().values_list("page", flat=True)
    )
    for state in running.order_by("pk"):
        if int(state.object_id) not in in_review:
            subject = _("review %(number)s of “%(page)s”") % {
                "number": state.pk,
                "page": state.content_object,
            }
            yield Finding(subject, problem, partial(_cancel, state))


def _request_without_workflow() -> Iterator[Finding]:
    problem = _("It is under review, but nobody can be asked to decide.")
    for request in PublicationRequest.objects.in_review().order_by("pk"):
        running = WorkflowState.objects.active().for_instance(request.page)
        if not running.exists():
            yield _finding(request, problem, _return)


def _other_period() -> Iterator[Finding]:
    problem = _("Its period is not the one that was proposed.")
    closed = [RequestStatus.ENDED, RequestStatus.REPLACED, RequestStatus.WITHDRAWN]
    requests = PublicationRequest.objects.exclude(status__in=closed)
    for request in requests.order_by("pk"):
        content = request.current_round.revision.content
        if _period(content) != _period(request.__dict__):
            yield _finding(request, problem, _restore_period)


def _period(values: dict[str, Any]) -> list[str]:
    return [str(values[name]) for name in ("publish_from", "publish_until")]


def _finding(
    request: PublicationRequest,
    problem: str,
    close: Callable[[PublicationRequest, str], None],
) -> Finding:
    subject = _("request %(code)s “%(topic)s”") % {
        "code": request.code,
        "topic": request.topic,
    }
    return Finding(subject, problem, lambda: close(request, problem))


@transaction.atomic
def _end(request: PublicationRequest, problem: str) -> None:
    request.status, request.closed_at = RequestStatus.ENDED, timezone.now()
    request.save(update_fields=["status", "closed_at"])
    round_ = request.current_round
    record_act(round_, Step.TAKE_DOWN, Outcome.TAKEN_DOWN, robot(), problem)


@transaction.atomic
def _return(request: PublicationRequest, problem: str) -> None:
    request.status = RequestStatus.RETURNED
    request.save(update_fields=["status"])
    round_ = request.current_round
    record_act(round_, Step.TELL_BACK, Outcome.RETURNED, robot(), problem)


@transaction.atomic
def _restore_period(request: PublicationRequest, problem: str) -> None:
    proposed = request.current_round.revision.as_object()
    request.publish_from = proposed.publish_from
    request.publish_until = proposed.publish_until
    request.save(update_fields=["publish_from", "publish_until"])
    _note(request.site, {"request": request.code, "problem": problem})


@transaction.atomic
def _cancel(state: WorkflowState) -> None:
    TaskState.objects.filter(
        workflow_state=state, status=TaskState.STATUS_IN_PROGRESS
    ).update(status=TaskState.STATUS_CANCELLED, finished_at=timezone.now())
    WorkflowState.objects.filter(pk=state.pk).update(
        status=WorkflowState.STATUS_CANCELLED
    )
    page = state.content_object
    _note(page.get_site(), {"page": page.pk, "title": page.title, "review": state.pk})


def _note(site: Site | None, data: dict[str, Any]) -> None:
    """Write into the office's ledger what was closed."""
    office = site or Site.objects.order_by("-is_default_site", "pk").first()
    if office is not None:
        ledger.append(office, "doctor", data)
