"""A request as somebody who decides on it needs to see it, gathered in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest

from wagtail.models import Page

from govpub.publishing.content import content_digest
from govpub.publishing.differences import (
    FileDifference,
    Files,
    digest_now,
    field_differences,
)
from govpub.publishing.enums import Outcome, Step
from govpub.publishing.models import (
    Act,
    OfficeSettings,
    PublicationRequest,
    PublicationRequestQuerySet,
    Round,
    RoundFile,
)
from govpub.publishing.permissions import signed_in
from govpub.publishing.review_notices import ReviewNotice, notices_for

# Outcomes by which a round ended without being published, with their reasons.
AGAINST = frozenset({Outcome.REFUSED, Outcome.RETURNED, Outcome.WITHDRAWN})


@dataclass(frozen=True)
class Comparison:
    """The proposal beside another version of the same page."""

    fields: Sequence[Any]
    files: Sequence[FileDifference]

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)


@dataclass(frozen=True)
class Dossier:
    """Everything that the review page shows of a request."""

    round: Round
    rounds: Sequence[Round]
    acts: Sequence[Act]
    office: OfficeSettings
    files: Sequence[RoundFile]
    notices: Sequence[ReviewNotice]
    with_live: Comparison | None = None
    with_previous: Comparison | None = None
    form: dict[str, Any] = field(default_factory=dict)

    @property
    def history(self) -> list[dict[str, Any]]:
        """The rounds, newest first, each with its acts in their order."""
        return [
            {
                "round": round_,
                "acts": [act for act in self.acts if act.round_id == round_.pk],
            }
            for round_ in reversed(self.rounds)
        ]

    @property
    def earlier_reasons(self) -> list[Act]:
        """Why earlier rounds were not allowed, newest first."""
        return [
            act
            for act in reversed(self.acts)
            if act.round_id != self.round.pk and act.outcome in AGAINST and act.words
        ]

    @property
    def signatures(self) -> dict[str, Act | None]:
        """The acts behind the three signatures of the form."""
        steps = {
            "officer": Step.PROPOSE,
            "head": Step.CONSIDER,
            "webmaster": Step.PUT_UP,
        }
        return {name: self._last(step) for name, step in steps.items()}

    def _last(self, step: Step) -> Act | None:
        own = [act for act in self.acts if act.round_id == self.round.pk]
        return next((act for act in reversed(own) if act.step == step), None)


def for_review(requests: PublicationRequestQuerySet) -> PublicationRequestQuerySet:
    """The requests with all that ``dossier`` needs, fetched along with them."""
    rounds = Round.objects.select_related("revision").order_by("number")
    return requests.select_related("site__officesettings").prefetch_related(
        Prefetch("rounds", rounds.prefetch_related("acts"))
    )


def dossier(http_request: HttpRequest, request: PublicationRequest) -> Dossier:
    """Gather what the person at the screen is shown of the request."""
    rounds = list(request.rounds.all())
    round_ = rounds[-1]
    office = getattr(request.site, "officesettings", None)
    return Dossier(
        round=round_,
        rounds=rounds,
        acts=[act for round_ in rounds for act in round_.acts.all()],
        office=office or OfficeSettings(site=request.site),
        files=files_of(round_),
        notices=notices_for(signed_in(http_request), [round_])[round_.pk],
        with_live=_with_live(http_request, request, round_),
        with_previous=_with_previous(http_request, request, rounds),
        form=form_as_read(round_),
    )


def is_tampered(shown: Dossier) -> bool:
    """Whether what is there now is something else than what was proposed.

    The same as ``rules.require_unchanged`` would find, from what is fetched already:
    where the content is the same, so are the files that it names.
    """
    round_ = shown.round
    if round_.request.page.latest_revision_id != round_.revision_id:
        return True
    if content_digest(round_.revision.content) != round_.content_digest:
        return True
    return any(digest_now(row.file) != row.digest for row in shown.files)


def files_of(round_: Round) -> list[RoundFile]:
    return list(round_.files.select_related("document", "image").order_by("pk"))


def form_as_read(round_: Round) -> dict[str, Any]:
    """The form as it was frozen, its dates as dates."""
    days = ("document_date", "publish_from", "publish_until")
    form = dict(round_.form)
    for name in days:
        form[name] = date.fromisoformat(form[name]) if form.get(name) else None
    return form


def _with_live(
    http_request: HttpRequest, request: PublicationRequest, round_: Round
) -> Comparison | None:
    """The proposal beside what the public sees now; ``None`` if it sees nothing."""
    live = request.page
    if not live.live or live.live_revision_id == round_.revision_id:
        return None
    page = live.specific
    shown = Round.objects.filter(revision=live.live_revision_id).last()
    before = Files.of_round(shown) if shown else Files.of_page(page)
    return Comparison(
        field_differences(http_request, page, _content_of(page, round_)),
        before.to(Files.of_round(round_)),
    )


def _with_previous(
    http_request: HttpRequest, request: PublicationRequest, rounds: Sequence[Round]
) -> Comparison | None:
    """The proposal beside the one of the round before; ``None`` in the first."""
    if len(rounds) < 2:
        return None
    before, now = rounds[-2:]
    page = request.page.specific
    return Comparison(
        field_differences(
            http_request,
            page.with_content_json(before.content),
            _content_of(page, now),
        ),
        Files.of_round(before).to(Files.of_round(now)),
    )


def _content_of(page: Any, round_: Round) -> Page:
    return page.with_content_json(round_.revision.content)
