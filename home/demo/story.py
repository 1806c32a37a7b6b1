"""How an item went through the procedure: the acts of people, one after another.

Each move is carried out by the real function of the procedure, as the account that
holds the role. Whoever's turn it is alternates, so that everybody has done something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from wagtail.models import Page

from govpub.publishing import procedure, urgent
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.roles import Role
from govpub.upkeep import actions as upkeep
from govpub.upkeep import takedown
from home.demo.words import fill


@dataclass
class Scene:
    """An item on its way, and the people of the office by account name."""

    page: Page
    officer: str
    people: Mapping[str, User]
    request: PublicationRequest | None = None

    @property
    def dossier(self) -> PublicationRequest:
        if self.request is None:
            raise ValueError("Nothing has been proposed yet.")
        return self.request

    @property
    def proposer(self) -> User:
        return self.people[self.officer]

    @property
    def head(self) -> User:
        """Every fifth dossier comes while the head is away."""
        away = self.dossier.number % 5 == 0
        return self.people["acting_head" if away else "head"]

    @property
    def webmaster(self) -> User:
        """Two Web Masters, who stand in for each other."""
        other = self.dossier.number % 3 == 0
        return self.people["webmaster2" if other else "webmaster"]


Move = Callable[[Scene], None]
Story = tuple[Move, ...]


def propose(scene: Scene) -> None:
    page = Page.objects.get(pk=scene.page.pk).specific
    scene.request = procedure.propose(page, by=scene.proposer)


def allow(scene: Scene) -> None:
    scene.request = procedure.allow(scene.dossier, by=scene.head)


def permit_verbally(words: str) -> Move:
    """The head allows it over the telephone; the Web Master writes it down."""

    def move(scene: Scene) -> None:
        request = scene.dossier
        given_by = Appointment.objects.of(scene.head, Role.HEAD, request.site)
        if given_by is None:
            raise ValueError("Nobody is appointed head.")
        scene.request = urgent.permit_verbally(
            request,
            by=scene.webmaster,
            given_by=given_by,
            given_at=timezone.now(),
            words=words,
        )

    return move


def refuse(words: str) -> Move:
    def move(scene: Scene) -> None:
        scene.request = procedure.refuse(scene.dossier, by=scene.head, words=words)

    return move


def put_up(scene: Scene) -> None:
    by = scene.webmaster
    scene.request = procedure.put_up(scene.dossier, by=by, checks=ALL_CHECKED)


def tell_back(words: str = "") -> Move:
    def move(scene: Scene) -> None:
        by = scene.webmaster
        scene.request = procedure.tell_back(scene.dossier, by=by, words=words)

    return move


def correct(**fields: Any) -> Move:
    """The officer saves a new draft with these fields changed."""

    def move(scene: Scene) -> None:
        page = Page.objects.get(pk=scene.page.pk).specific
        draft = page.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, fill(value) if isinstance(value, str) else value)
        draft.save_revision(user=scene.proposer)

    return move


def withdraw(words: str) -> Move:
    def move(scene: Scene) -> None:
        by = scene.proposer
        scene.request = procedure.withdraw(scene.dossier, by=by, words=words)

    return move


def verify(words: str) -> Move:
    def move(scene: Scene) -> None:
        scene.request = upkeep.verify(scene.dossier, by=scene.webmaster, words=words)

    return move


def take_down(words: str) -> Move:
    def move(scene: Scene) -> None:
        by = scene.webmaster
        scene.request = takedown.take_down_now(
            scene.dossier, by=by, words=words, public_reason=words
        )

    return move


DRAFT: Story = ()
PUBLISHED: Story = (propose, allow, put_up)
