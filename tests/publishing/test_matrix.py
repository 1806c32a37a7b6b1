"""Who may do what, and when: every role, in every state, at every button.

The buttons are found in the code, those of other apps by their hook; who may press
them is written here by hand. Whatever is not written here is refused for everybody
and changes nothing. A new role, state or button fails until it has its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from wagtail import hooks

from govpub.publishing.checklist import CHECKS
from govpub.publishing.enums import RequestStatus
from govpub.publishing.models import Appointment, PublicationRequest
from govpub.publishing.views.review import ACTS
from govpub.roles import Role
from govpub.upkeep.models import EndKind
from tests.publishing.machine.acts import HISTORIES, play
from tests.publishing.machine.world import World

pytestmark = pytest.mark.django_db

# situation, button: who may press it -> state afterwards, what the act says
TABLE = """
proposed   allow      head acting  -> allowed    allowed
proposed   refuse     head acting  -> refused    refused
proposed   withdraw   proposer     -> withdrawn  withdrawn
proposed   verbal     webmaster    -> allowed    allowed_verbally
allowed    put_up     webmaster    -> published  put_up
allowed    tell_back  webmaster    -> returned   returned
allowed    pass_on    webmaster    -> returned   returned
refused    tell_back  webmaster    -> returned   returned
refused    pass_on    webmaster    -> returned   returned
returned   withdraw   proposer     -> withdrawn  withdrawn
scheduled  elsewhere  webmaster    -> scheduled  posted_elsewhere
scheduled  take_down  webmaster    -> ended      stopped
ended      take_down  webmaster    -> ended      removed
verbal     elsewhere  webmaster    -> published  posted_elsewhere
verbal     verify     proposer webmaster -> published  verified
verbal     take_down  webmaster    -> ended      taken_down
verbal     confirm    head acting  -> published  allowed
verbal     not_confirm head acting -> ended      taken_down
published  extend     proposer officer webmaster -> published extension_asked
asked      elsewhere  webmaster    -> published  posted_elsewhere
asked      verify     proposer webmaster -> published verified
asked      take_down  webmaster    -> ended      taken_down
asked      longer     head acting  -> published  extended
asked      not_longer head acting  -> published  extension_refused
published  elsewhere  webmaster    -> published  posted_elsewhere
published  verify     proposer webmaster -> published  verified
published  take_down  webmaster    -> ended      taken_down
"""
# The situations are the states, and the published that is still to be confirmed.
SITUATIONS = {status: status for status in RequestStatus.values}
SITUATIONS |= {"verbal": "published", "asked": "published"}
# Nothing is done any more to what stands here.
CLOSED = {"replaced", "withdrawn"}

# Who tries: the person's name in the office -> what he is in the table.
WHO = {
    "officer": "proposer",
    "officer2": "officer",
    "head": "head",
    "editor": "second",
    "acting": "acting",
    "former": "head until yesterday",
    "webmaster": "webmaster",
    "inspector": "inspector",
    "superuser": "superuser",
    "other_head": "of another office",
    "other_webmaster": "of another office",
}
ROLES = {
    Role.OFFICER: {"proposer", "officer"},
    Role.HEAD: {"head", "acting", "second", "head until yesterday"},
    Role.WEBMASTER: {"webmaster"},
    Role.INSPECTOR: {"inspector"},
}
# Buttons of other apps, by the address they lead to.
ADDRESSES = {
    "verbal": "govpub_publishing:verbal",
    "confirm": "govpub_publishing:confirm",
    "not_confirm": "govpub_publishing:confirm",
    "elsewhere": "govpub_publishing:elsewhere",
    "verify": "govpub_upkeep_admin:verify",
    "extend": "govpub_upkeep_admin:extend",
    "longer": "govpub_upkeep_admin:extension",
    "not_longer": "govpub_upkeep_admin:extension",
    "take_down": "govpub_upkeep_admin:take_down",
}
# Papers, for reading only: to them nothing is posted.
PAPERS = "govpub_evidence_admin:"
# No act of the dossier: until when the documents of what has ended are kept.
KEPT = "govpub_upkeep_admin:documents"
POSTED = {
    "words": "เหตุผล",
    "reason": "ยังใช้อยู่",
    "public_reason": "ข้อมูลผิด",
    "kind": EndKind.TAKEN_DOWN.value,
    "place": "ศูนย์",
    "link": "",
    **dict.fromkeys(CHECKS, "yes"),
}
REFUSED = {403, 409, 422}
LOGIN = "/admin/login/"


def allowed() -> dict[tuple[str, str], tuple[set[str], str, str]]:
    """(state, button) -> who may, state afterwards, outcome of the act."""
    rows = {}
    for line in TABLE.strip().splitlines():
        cell, result = line.split("->")
        state, button, *who = cell.split()
        rows[state, button] = (set(who), *result.split())
    return rows


def offered(world: World, request: PublicationRequest) -> set[str]:
    """The addresses of the buttons that other apps offer to anybody now."""
    names = {
        resolve(urlsplit(action["url"]).path).view_name
        for user in world.people.values()
        for hook in hooks.get_hooks("register_govpub_request_action")
        for action in hook(user, request)
    }
    return {name for name in names if not name.startswith(PAPERS) and name != KEPT}


def history(state: str) -> str:
    """What happened before; the second head is left out, for he edited the draft."""
    return HISTORIES[state].replace("head2", "acting")


class Cells:
    """A request in one state, and the people who press the buttons."""

    def __init__(self, office, second_office, state: str) -> None:
        self.world = World(office, second_office)
        page = self.world.subject
        # The last who edited the draft is a head, who therefore decides on nothing.
        self.world.people["editor"] = self.world.people["head2"]
        self.world.save_draft(page, "editor")
        for _who in play(self.world, page, history(state)):
            pass
        requests = PublicationRequest.objects.filter(page=page).order_by("pk")
        self.request = requests.first()
        assert self.request.status == SITUATIONS[state]
        self.head = Appointment.objects.get(user=self.world.people["head"])
        self.extension = self.request.extensions.first()
        self.clients = {}
        for name in WHO:
            self.clients[name] = Client()
            self.clients[name].force_login(self.world.people[name])

    def nobody_asked(self, button: str) -> bool:
        """There is no address yet at which a longer period could be decided on."""
        return self.extension is None and button in {"longer", "not_longer"}

    def press(self, name: str, button: str):
        kind = ADDRESSES.get(button, "govpub_publishing:review")
        digest = self.request.current_round.digest
        today = timezone.localdate()
        said = {
            "act": "refuse" if button == "not_confirm" else button,
            "decision": "refuse" if button == "not_longer" else "allow",
            "seen": digest,
            "on": today.isoformat(),
            "given_by": self.head.pk,
            "given_at": f"{today} 00:00",
            "until": (today + timedelta(days=60)).isoformat(),
        }
        key = self.request.pk
        if kind == ADDRESSES["longer"]:
            key = self.extension.pk if self.extension else 0
        return self.clients[name].post(reverse(kind, args=[key]), {**POSTED, **said})


class Writes:
    """Whether anything was written: only then is it worth looking at every row."""

    IDLE = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, execute, sql, params, many, context):
        self.seen |= not sql.startswith(self.IDLE)
        return execute(sql, params, many, context)


def every_row() -> dict[str, list[tuple]]:
    """All rows of all tables, except the sessions of the people who try."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        rows = {}
        for table in sorted(tables - {"django_session"}):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


@pytest.fixture
def plain_screens(settings):
    """What stands on a refused screen is tested elsewhere; here its number counts."""
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "APP_DIRS": False,
            "OPTIONS": {
                **settings.TEMPLATES[0]["OPTIONS"],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", SCREENS),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ]


SCREENS = {
    f"govpub/{name}.html": "{{ problem }}"
    for name in (
        "publishing/admin/changed",
        "publishing/admin/confirm",
        "publishing/admin/request_form",
        "publishing/admin/review",
        "upkeep/admin/extend",
        "upkeep/admin/extension",
        "upkeep/admin/take_down",
        "upkeep/admin/verify",
    )
}


def test_every_role_state_and_button_has_its_line(office, second_office):
    situations = {situation for situation, _button in allowed()} | CLOSED
    assert situations == set(SITUATIONS)
    assert set(SITUATIONS.values()) == set(RequestStatus.values)
    buttons = {button for _state, button in allowed()}
    assert buttons == set(ACTS) | set(ADDRESSES)
    assert set(ROLES) == set(Role)
    assert set().union(*ROLES.values()) <= set(WHO.values())
    for row, (who, after, _outcome) in allowed().items():
        assert who <= set(WHO.values()), row
        assert after in RequestStatus.values, row


@pytest.mark.parametrize("state", SITUATIONS)
def test_every_cell(state, office, second_office, people, plain_screens):
    cells = Cells(office, second_office, state)
    buttons = [*ACTS, *ADDRESSES]
    assert offered(cells.world, cells.request) == {
        ADDRESSES[button] for button in ADDRESSES if (state, button) in allowed()
    }
    before = every_row()
    wrong = []
    for name, button in ((name, button) for name in WHO for button in buttons):
        with transaction.atomic():
            wrong += judge(cells, state, name, button, before)
            transaction.set_rollback(True)
    assert wrong == []


def leads_to_login(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith(LOGIN)


def judge(cells, state, name, button, before) -> Iterator[str]:
    """What is wrong with one cell, in words; nothing when it is as the table says."""
    who, after, outcome = allowed().get((state, button), (set(), state, ""))
    writes = Writes()
    with connection.execute_wrapper(writes):
        answer = cells.press(name, button)
    status = answer.status_code
    cell = f"{state}: {WHO[name]} presses {button}, answer {status}"
    if WHO[name] not in who:
        # Another office's request is not there; without an office there is no admin.
        nowhere = status == 404 and cells.nobody_asked(button)
        hidden = nowhere or WHO[name] == "of another office" and status == 404
        locked_out = WHO[name] == "head until yesterday" and leads_to_login(answer)
        if not (hidden or locked_out or status in REFUSED):
            yield f"{cell}; it should be refused"
        if writes.seen and every_row() != before:
            yield f"{cell}; something was changed"
        return
    request = PublicationRequest.objects.get(pk=cells.request.pk)
    act = request.acts.last()
    if status != 302:
        yield f"{cell}; it should be possible"
    if (request.status, act.outcome, act.user) != (
        after,
        outcome,
        cells.world.people[name],
    ):
        yield f"{cell}; it led to {request.status}, {act.outcome} by {act.person}"
