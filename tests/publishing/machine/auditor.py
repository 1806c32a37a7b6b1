"""The machine's own memory: what was proposed, allowed and put up, and by whom.

It knows nothing of govpub's digests and guards. It reads each new act as an auditor
would, asks whether it could rightly have been done, and remembers what may be public
since. Whatever was written once must be there, word for word, for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail.models import Page, Revision

from govpub.publishing.enums import (
    IN_REVIEW,
    WITH_WEBMASTER,
    Outcome,
    RequestStatus,
)
from govpub.publishing.models import (
    Act,
    LedgerEntry,
    PublicationRequest,
    Round,
    RoundFile,
)
from govpub.roles import Role
from tests.publishing.machine.world import ROLE_OF, Snapshot, World

ROBOT = "govpub-robot"
# Of these every column stays for ever; of a request, those that name it.
KEPT = (Act, Round, RoundFile, LedgerEntry)
NAMES = ("site_id", "fiscal_year", "number", "page_id", "opened_at")


@dataclass
class Dossier:
    """What the auditor knows of one request."""

    page: int
    officer: str
    status: str = ""
    rounds: int = 0
    proposed: Snapshot | None = None
    revision: int = 0
    barred: set[str] = field(default_factory=set)
    asked_by: str = ""  # who asked for a longer period
    asked_until: str = ""
    not_confirmed: bool = False  # the head refused it afterwards
    confirm_by: datetime | None = None  # allowed by word of mouth, not yet in writing

    @property
    def has_lapsed(self) -> bool:
        return self.confirm_by is not None and self.confirm_by < timezone.now()


@dataclass
class Auditor:
    """What was seen up to now; compares with it what is there after the next step."""

    world: World
    dossiers: dict[int, Dossier] = field(default_factory=dict)
    public: dict[int, tuple[int, Snapshot]] = field(default_factory=dict)
    records: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    bound: dict[int, Snapshot] = field(default_factory=dict)  # allowed, by round
    dismissed: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    doctor_called: bool = False

    def copy(self) -> Auditor:
        """Another who knows the same; the rows that were read are never changed."""
        return replace(
            self,
            dossiers=deepcopy(self.dossiers),
            public=dict(self.public),
            records=dict(self.records),
            bound=dict(self.bound),
            dismissed=set(self.dismissed),
            deleted=set(self.deleted),
        )

    # --- Reading on -----------------------------------------------------------

    def read_on(self, actor: str) -> list[str]:
        """Read what was added in this step; the outcomes, in their order."""
        known = [key for model, key in self.records if model == "Act"]
        new = Act.objects.exclude(pk__in=known).select_related("round__request", "user")
        outcomes = []
        for act in new.order_by("pk"):
            self._read(act, actor)
            outcomes.append(act.outcome)
        self._compare_records()
        self._compare_states()
        return outcomes

    def _read(self, act: Act, actor: str) -> None:
        by = act.user.username if act.user else ""
        assert by in {actor, ROBOT}, f"{act} was not done by {actor}"
        assert act.person.strip(), "an act without a name"
        assert act.outcome in READ, f"tell the auditor what “{act.outcome}” means"
        dossier = self.dossiers.setdefault(
            act.round.request_id, Dossier(act.round.request.page_id, by)
        )
        READ[act.outcome](self, act, dossier, by)

    # --- What may be public -----------------------------------------------------

    def may_be_seen(self, page: int) -> Snapshot | None:
        """What an anonymous reader gets of this page today: this, or nothing."""
        request, snapshot = self.public.get(page, (0, None))
        if snapshot is None or self.dossiers[request].has_lapsed:
            return None
        return snapshot if snapshot.is_in_period() else None

    def files_to_be_seen(self) -> dict[int, bytes]:
        """The documents that are handed out today, with their bytes."""
        seen = filter(None, map(self.may_be_seen, self.public))
        return {key: content for snapshot in seen for key, content in snapshot.files}

    # --- What stays for ever ------------------------------------------------------

    def _compare_records(self) -> None:
        there = {
            (model.__name__, row["id"]): row
            for model in KEPT
            for row in model.objects.values()
        } | {
            ("PublicationRequest", row["id"]): row
            for row in PublicationRequest.objects.values("id", *NAMES)
        }
        for key, row in self.records.items():
            assert key in there, f"{key} was lost"
            if self.deleted and "user_id" in row:
                row = {**row, "user_id": there[key]["user_id"]}
            assert there[key] == row, f"{key} was changed"
        self.records = there

    def _compare_states(self) -> None:
        there = dict(PublicationRequest.objects.values_list("pk", "status"))
        known = {pk: dossier.status for pk, dossier in self.dossiers.items()}
        assert there == known, "a request stands where no act has brought it"
        for round_ in Round.objects.filter(pk__in=self.bound):
            content = Snapshot.of(round_.content)
            assert content == self.bound[round_.pk], "what was allowed is lost"

    # --- Could this act rightly be done? ---------------------------------------------

    def _holds(self, name: str, *roles: Role) -> None:
        assert ROLE_OF.get(name) in roles, f"{name} has no right to do this"
        assert name not in self.dismissed, f"{name} was dismissed"

    @staticmethod
    def _stood(dossier: Dossier, *statuses: RequestStatus) -> None:
        assert dossier.status in statuses, f"not from {dossier.status}"

    @staticmethod
    def _unchanged(act: Act, dossier: Dossier) -> None:
        content = Revision.objects.get(pk=dossier.revision).content
        assert Snapshot.of(content) == dossier.proposed, "decided on something else"
        assert act.round.revision_id == dossier.revision

    def proposed(self, act: Act, dossier: Dossier, by: str) -> None:
        self._holds(by, Role.OFFICER, Role.WEBMASTER)
        self._stood(dossier, "", RequestStatus.RETURNED)
        revision = act.round.revision
        dossier.rounds += 1
        assert act.round.number == dossier.rounds, "a round was left out"
        dossier.proposed = Snapshot.of(revision.content)
        dossier.revision = revision.pk
        editor = revision.user.username if revision.user else ""
        dossier.barred = {by, dossier.officer, editor}
        dossier.not_confirmed = False
        dossier.status = RequestStatus.PROPOSED

    def decided(self, act: Act, dossier: Dossier, by: str) -> None:
        if dossier.asked_by and act.round.number > dossier.rounds:
            self._longer(act, dossier, by)
            return
        self._holds(by, Role.HEAD)
        assert by not in dossier.barred, f"{by} decided on his own proposal"
        assert act.acting == (by == "acting")
        refuses = act.outcome == Outcome.REFUSED
        assert act.words.strip() or not refuses, "refused without reasons"
        if dossier.confirm_by is None:
            self._stood(dossier, RequestStatus.PROPOSED)
            self._newest(act, dossier)
            dossier.status = act.outcome
        elif not refuses:
            self._unchanged(act, dossier)
            assert not dossier.has_lapsed, "confirmed too late"
            dossier.confirm_by = None
        dossier.not_confirmed = refuses
        if not refuses:
            self.bound[act.round_id] = dossier.proposed

    def permitted(self, act: Act, dossier: Dossier, by: str) -> None:
        """The Web Master says that a head has allowed it by word of mouth."""
        self._holds(by, Role.WEBMASTER)
        self._stood(dossier, RequestStatus.PROPOSED)
        self._newest(act, dossier)
        head = act.details["given_by"]
        self._holds(head, Role.HEAD)
        assert not {by, head} & dossier.barred, "allowed their own proposal"
        dossier.confirm_by = datetime.fromisoformat(act.details["confirm_by"])
        dossier.status = RequestStatus.ALLOWED
        self.bound[act.round_id] = dossier.proposed

    def _newest(self, act: Act, dossier: Dossier) -> None:
        self._unchanged(act, dossier)
        newest = Page.objects.get(pk=dossier.page).latest_revision_id
        assert newest == dossier.revision, "there is a newer draft"

    def put_up(self, act: Act, dossier: Dossier, by: str) -> None:
        self._holds(by, Role.WEBMASTER)
        self._stood(dossier, RequestStatus.ALLOWED)
        self._unchanged(act, dossier)
        assert not dossier.has_lapsed, "put up too late"
        dossier.status = RequestStatus.SCHEDULED
        if act.outcome == Outcome.PUT_UP:
            self._show(act, dossier)

    def went_live(self, act: Act, dossier: Dossier, by: str) -> None:
        self._stood(dossier, RequestStatus.SCHEDULED)
        self._unchanged(act, dossier)
        assert by == ROBOT
        assert not dossier.has_lapsed, "went live without a confirmation"
        assert dossier.proposed.publish_from <= timezone.localdate().isoformat()
        self._show(act, dossier)

    def _show(self, act: Act, dossier: Dossier) -> None:
        dossier.status = RequestStatus.PUBLISHED
        self.public[dossier.page] = (act.round.request_id, dossier.proposed)

    def replaced(self, act: Act, dossier: Dossier, by: str) -> None:
        self._stood(dossier, RequestStatus.PUBLISHED)
        dossier.status = RequestStatus.REPLACED

    def taken_down(self, act: Act, dossier: Dossier, by: str) -> None:
        self._stood(dossier, RequestStatus.PUBLISHED)
        request, snapshot = self.public.pop(dossier.page)
        assert request == act.round.request_id
        assert act.words.strip(), "taken down without reasons"
        over = (snapshot.publish_until or "9999") < timezone.localdate().isoformat()
        if by == ROBOT:
            lapsed = over or dossier.has_lapsed
            assert lapsed or self.doctor_called, "taken down before its time"
        elif not dossier.not_confirmed:
            self._holds(by, Role.WEBMASTER)
        dossier.status, dossier.confirm_by = RequestStatus.ENDED, None

    def returned(self, act: Act, dossier: Dossier, by: str) -> None:
        unconfirmed = dossier.has_lapsed or dossier.not_confirmed
        if not unconfirmed:
            self._stood(dossier, *IN_REVIEW if by == ROBOT else WITH_WEBMASTER)
        if by == ROBOT:
            passed_on = dossier.status == RequestStatus.REFUSED
            assert self.doctor_called or unconfirmed or passed_on
        elif not unconfirmed:
            self._holds(by, Role.WEBMASTER)
        self.bound.pop(act.round_id, None)
        dossier.status, dossier.confirm_by = RequestStatus.RETURNED, None

    def withdrawn(self, act: Act, dossier: Dossier, by: str) -> None:
        self._stood(dossier, RequestStatus.PROPOSED, RequestStatus.RETURNED)
        assert by == dossier.officer
        assert act.words.strip(), "withdrawn without reasons"
        dossier.status = RequestStatus.WITHDRAWN

    def noted(self, act: Act, dossier: Dossier, by: str) -> None:
        self._holds(by, Role.WEBMASTER)
        self._stood(dossier, RequestStatus.SCHEDULED, RequestStatus.PUBLISHED)

    def verified(self, act: Act, dossier: Dossier, by: str) -> None:
        """The Web Master, or whoever answers for it, has looked at it again."""
        self._holds(by, Role.WEBMASTER, Role.OFFICER)
        self._stood(dossier, RequestStatus.PUBLISHED)

    def stopped(self, act: Act, dossier: Dossier, by: str) -> None:
        """What was under way ends with what is taken down, or passed unseen."""
        if by == ROBOT:
            self._stood(dossier, RequestStatus.SCHEDULED)
            last_day = dossier.proposed.publish_until or "9999"
            assert last_day < timezone.localdate().isoformat(), "it could still appear"
        else:
            self._holds(by, Role.WEBMASTER)
        assert act.words.strip(), "stopped without reasons"
        dossier.status, dossier.confirm_by = RequestStatus.ENDED, None

    def longer_asked(self, act: Act, dossier: Dossier, by: str) -> None:
        self._holds(by, Role.OFFICER, Role.WEBMASTER)
        self._stood(dossier, RequestStatus.PUBLISHED)
        dossier.asked_by, dossier.asked_until = by, act.details["until"]

    def longer_refused(self, act: Act, dossier: Dossier, by: str) -> None:
        self._holds(by, Role.HEAD)
        assert by not in {dossier.asked_by, dossier.officer}
        assert act.words.strip(), "refused without reasons"
        dossier.asked_by = ""

    def _longer(self, act: Act, dossier: Dossier, by: str) -> None:
        """The head allows a new round: the same content, until a later day."""
        self._holds(by, Role.HEAD)
        assert by not in {dossier.asked_by, dossier.officer}
        self._stood(dossier, RequestStatus.PUBLISHED, RequestStatus.ENDED)
        content = Snapshot.of(act.round.content)
        same = replace(dossier.proposed, publish_until=dossier.asked_until)
        assert content == same, "more than the period was changed"
        dossier.rounds, dossier.revision = act.round.number, act.round.revision_id
        dossier.proposed = content
        self.bound[act.round_id] = content

    def longer_allowed(self, act: Act, dossier: Dossier, by: str) -> None:
        assert dossier.revision == act.round.revision_id
        dossier.asked_by = ""
        self._show(act, dossier)


# What each outcome says; a new one needs a line here.
READ: dict[str, Callable[[Auditor, Act, Dossier, str], None]] = {
    Outcome.PROPOSED: Auditor.proposed,
    Outcome.ALLOWED: Auditor.decided,
    Outcome.ALLOWED_VERBALLY: Auditor.permitted,
    Outcome.REFUSED: Auditor.decided,
    Outcome.PUT_UP: Auditor.put_up,
    Outcome.APPROVED_FOR_DAY: Auditor.put_up,
    Outcome.WENT_LIVE: Auditor.went_live,
    Outcome.POSTED_ELSEWHERE: Auditor.noted,
    Outcome.RETURNED: Auditor.returned,
    Outcome.WITHDRAWN: Auditor.withdrawn,
    Outcome.VERIFIED: Auditor.verified,
    Outcome.FOUND_WANTING: Auditor.verified,
    Outcome.STOPPED: Auditor.stopped,
    Outcome.EXTENSION_ASKED: Auditor.longer_asked,
    Outcome.EXTENSION_REFUSED: Auditor.longer_refused,
    Outcome.EXTENDED: Auditor.longer_allowed,
    Outcome.REPLACED: Auditor.replaced,
    Outcome.TAKEN_DOWN: Auditor.taken_down,
}
