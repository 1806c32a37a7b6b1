"""The rules that the acts of the procedure check, each refusing in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page, Site, Workflow

from govpub.conf import conf
from govpub.publishing.content import attached_files, content_digest, full_digest
from govpub.publishing.exceptions import (
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.models import (
    Appointment,
    HeadApprovalTask,
    PublicationRequest,
    Round,
)
from govpub.publishing.periods import first_day, rule_for
from govpub.publishing.personal_data_guard import why_not_considered
from govpub.publishing.uploads import validate_stored_file
from govpub.roles import Role
from govpub.thai.dates import thai_datetime
from govpub.thai.text import is_blank


def office_of(page: Page) -> Site:
    """The office whose website the page is on."""
    site = page.get_site()
    if site is None:
        raise ProcedureError(_("This page is not on the website of any office."))
    return site


def is_procedure(workflow: Workflow) -> bool:
    """Whether the head of an office decides in it; Wagtail may have others above."""
    tasks = HeadApprovalTask.objects.filter(workflow_tasks__workflow=workflow.pk)
    return tasks.filter(active=True).exists()


def hold_page(page_id: int) -> Page:
    """The page; until the end of the transaction nobody else acts on it.

    Every act begins with it, so that two never wait for each other.
    """
    return Page.objects.select_for_update().get(pk=page_id)


def not_your_turn() -> NotYourTurn:
    return NotYourTurn(_("This step is for another role of the procedure."))


def require_role(user: User, roles: Iterable[Role], site: Site) -> Appointment:
    """The appointment by which the person may act; refuses when there is none."""
    appointment = Appointment.objects.of_any(user, tuple(roles), site)
    if appointment is None:
        raise not_your_turn()
    return appointment


def require_head(user: User, request: PublicationRequest) -> Appointment:
    """An appointed head who neither proposed this round nor edited it last."""
    head = require_role(user, (Role.HEAD,), request.site)
    require_not_involved(user, request)
    return head


def require_not_involved(user: User, request: PublicationRequest) -> None:
    """Refuses who proposed this round, edited it last, or acted on it before."""
    round_ = request.current_round
    involved = {request.officer_id, round_.revision.user_id}
    involved |= {act.user_id for act in round_.acts.all()}
    if user.pk in involved:
        raise NotYourTurn(
            _("Who proposed or last edited this information cannot allow it.")
        )


def require_reasons(words: str) -> None:
    if is_blank(words):
        raise ReasonsMissing(_("Write the reasons."))


def require_place(place: str, link: str, on: date) -> None:
    """Where else something was posted: a place with a name, on a day that has been."""
    if is_blank(place):
        raise ProcedureError(_("Write where it was posted."))
    if on > timezone.localdate():
        raise ProcedureError(_("The date lies in the future."))
    if link:
        URLValidator(schemes=["http", "https"])(link)


def require_unchanged(round_: Round, seen: str = "", *, latest: bool = True) -> None:
    """What is there now, and what the person looked at, is what was proposed."""
    page = round_.request.page
    if latest and page.latest_revision_id != round_.revision_id:
        raise ContentChanged(_("The information was changed after it was proposed."))
    if full_digest(round_.revision) != round_.digest:
        raise ContentChanged(_("The information was changed after it was proposed."))
    if seen and seen != round_.digest:
        raise ContentChanged(_("The information was changed since you looked at it."))


def require_period_not_over(request: PublicationRequest) -> None:
    if request.publish_until and request.publish_until < timezone.localdate():
        raise ProcedureError(_("The requested publication period is over."))


def require_permission_in_time(request: PublicationRequest) -> None:
    """A verbal permission counts only until it should have been confirmed."""
    if request.has_lapsed:
        raise ProcedureError(
            _("The verbal permission was not confirmed in writing in time.")
        )


def require_complete(page: Page) -> None:
    """The draft has what the official form asks for; the editor checks the same."""
    draft = page.get_latest_revision_as_object()
    # First of all: whoever reads the draft's rows completes them on the way.
    lost = _lost_something(page, draft)
    errors = list(form_errors(draft, page.get_site()).values())
    if lost:
        errors.append(_("A file of this draft was deleted; save it before proposing."))
    for file in attached_files(draft):
        validate_stored_file(file)
    if errors:
        raise ProcedureError(errors)


def _lost_something(page: Page, draft: Page) -> bool:
    """Whether the stored version names a file or picture that is there no more."""
    stored = page.get_latest_revision()
    if stored is None:
        return False
    return content_digest(draft.serializable_data()) != content_digest(stored.content)


def form_errors(draft: Page, office: Site | None) -> dict[str, str]:
    """What is missing or wrong in the official form, by field name."""
    errors: dict[str, str] = {}
    if is_blank(draft.title):
        errors["title"] = _("Write the topic.")
    if is_blank(draft.unit):
        errors["unit"] = _("Write the name of the unit.")
    if draft.document_date is None:
        errors["document_date"] = _("Give the date of the form.")
    if is_blank(draft.summary) and not attached_files(draft):
        errors["summary"] = _("Write the details in short, or attach a document.")
    if message := period_error(draft, office):
        errors["publish_until"] = message
    if message := why_not_considered(draft, office):
        errors["personal_data_reason"] = message
    return errors | draft.own_form_errors()


def period_error(draft: Page, office: Site | None) -> str:
    """Why the requested publication period cannot be granted; empty if it can."""
    end: date | None = draft.publish_until
    if end and end < timezone.localdate():
        return _("The requested publication period is over.")
    return rule_for(draft, office).problem(first_day(draft), end)


def signer(user: User, site: Site) -> Appointment | User:
    """The person's appointment if there is one, else the account (the scheduler's)."""
    if user.get_username() == conf.ROBOT_USERNAME:
        return user  # nobody appoints it
    roles = (Role.WEBMASTER, Role.HEAD, Role.OFFICER)
    return Appointment.objects.of_any(user, roles, site) or user


def who_was_faster(request: PublicationRequest) -> str:
    """Says in one sentence who did what, and when, before the person could."""
    act = request.acts.last()
    if act is None:
        return _("This has been decided already.")
    return _("This has been decided already: %(outcome)s by %(person)s, %(at)s.") % {
        "outcome": act.get_outcome_display(),
        "person": act.person,
        "at": thai_datetime(act.at),
    }
