"""Everybody tries everything: nothing unapproved is seen, and nothing is lost.

Every shard begins with a page at another stage of the procedure. A sequence then lets
people do their acts, rightly or not, try the ways around, and lets days pass. After
each step the office is asked what an anonymous reader gets of the page that it was
about, or of all of them, and its records are compared with what the auditor remembers.

More than usual: ``GOVPUB_SEQUENCES=20000 pytest tests/publishing/test_machine.py``,
others by ``GOVPUB_SEED=2``. What fails is printed step by step, with its seed; the same
seed and number of sequences lead to it again.
"""

from __future__ import annotations

import gc
import os
import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.http import JsonResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, event, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from wagtail.documents import get_document_model

from govpub.categories.models import ItemPage, NewsPage
from govpub.jobs import announced_jobs
from govpub.publishing import notices
from govpub.publishing.enums import RequestStatus
from govpub.publishing.ledger import faults
from govpub.publishing.letters import Letter
from tests.publishing.machine import admin_ways  # noqa: F401
from tests.publishing.machine.acts import (
    ACTS,
    HISTORIES,
    NEXT,
    TO_CONFIRM,
    carry_out,
    play,
)
from tests.publishing.machine.auditor import ROBOT, Auditor
from tests.publishing.machine.screens import SCREENS
from tests.publishing.machine.ways import WAYS, dismiss, refused
from tests.publishing.machine.world import ROLE_OF, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# On each of the two databases; every shard takes its part of them.
SEQUENCES = int(os.environ.get("GOVPUB_SEQUENCES", "504"))
SEED = int(os.environ.get("GOVPUB_SEED", "1"))
STEPS = 5
JOBS = ("govpub.publishing", "govpub.upkeep")
# A request that the head may still have to confirm in writing.
ALLOWED_SO_FAR = {
    RequestStatus.ALLOWED,
    RequestStatus.SCHEDULED,
    RequestStatus.PUBLISHED,
}
# What the subject of a shard went through before; its newest draft is always its own.
SHARDS = (
    "draft",
    "proposed",
    "allowed",
    "refused",
    "second round",
    "scheduled",
    "published",
    "verbal",
    "newer version",
)
PEOPLE = st.sampled_from(list(ROLE_OF))
PICK = st.integers(0, 7)
# What changes nothing that anybody is shown; the last is "signed in at".
IDLE = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", 'UPDATE "auth_user"')


class Office(RuleBasedStateMachine):
    """One sequence: people and days; undone when it is over."""

    start: Auditor  # what there is to know before the first step

    def __init__(self) -> None:
        super().__init__()
        self.auditor = self.start.copy()
        self.world = self.auditor.world
        self.world.loaded = {}
        self.client = Client()
        self.actor, self.disturbed = "", False
        # Was anything written; which page alone (0: any); did all steps end well?
        self.changed, self.page, self.sound = False, 0, True
        self.all_seen = False  # were all pages looked at after the last step?
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        connection.execute_wrappers.append(self.notice)

    def teardown(self) -> None:
        try:
            if self.sound:
                if not self.all_seen:
                    self.page, self.changed = 0, True
                    self.look()
                assert list(faults(self.world.site)) == []
        finally:
            self.undo()

    def undo(self) -> None:
        connection.execute_wrappers.remove(self.notice)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()
        event(f"disturbed: {self.disturbed}")

    def notice(self, execute, sql, params, many, context):
        """Nothing that was not written to needs to be looked at again."""
        if not sql.startswith(IDLE):
            self.changed = True
        return execute(sql, params, many, context)

    # --- The steps ------------------------------------------------------------

    def at(self, which: str) -> int | None:
        """The page; nothing once its draft, never proposed, was deleted."""
        pk: int = getattr(self.world, which)
        return pk if NewsPage.objects.filter(pk=pk).exists() else None

    subjects = st.sampled_from(["subject", "subject", "subject", "bystander"])

    @rule(which=subjects, pick=PICK)
    def carry_on(self, which, pick):
        """The right person does what comes next, and it must be possible."""
        if (pk := self.at(which)) is None:
            return
        request = self.world.newest(pk)
        choices = NEXT[request.status if request else ""]
        if request and request.confirm_by and request.status in ALLOWED_SO_FAR:
            choices = (*choices, *TO_CONFIRM)
        name, who = choices[pick % len(choices)]
        if who in self.auditor.dismissed:
            return
        self.begin(who, pk)
        if name == "propose":
            self.world.save_draft(pk, who)
            request = self.world.newest(pk)
        try:
            carry_out(name, self.world.page(pk), request, self.world.people[who])
        except (ValidationError, PermissionDenied):
            over = request and request.publish_until < timezone.localdate()
            over = over or (request and request.has_lapsed)
            assert self.disturbed or over, f"{name} by {who} was refused"
        else:
            event(f"done: {name}")

    @rule(name=st.sampled_from(["propose", *ACTS]), which=subjects, who=PEOPLE)
    def act(self, name, which, who):
        """Anybody tries to do any act."""
        if (pk := self.at(which)) is None:
            return
        request = self.world.newest(pk)
        self.attempt(
            who,
            lambda user: carry_out(name, self.world.page(pk), request, user),
            pk,
        )

    @rule(name=st.sampled_from(sorted(SCREENS)), which=subjects, who=PEOPLE, pick=PICK)
    def use_a_screen(self, name, which, who, pick):
        """Anybody tries to do any act in the browser."""
        if (pk := self.at(which)) is None:
            return
        page = self.world.page(pk)
        alone = 0 if name == "allow_several_at_once" else pk
        self.attempt(
            who, lambda user: SCREENS[name](self.world, page, user, pick), alone
        )

    @rule(way=st.sampled_from(sorted(WAYS)), which=subjects, who=PEOPLE, pick=PICK)
    def go_around(self, way, which, who, pick):
        """Anybody tries any way around the procedure."""
        if (pk := self.at(which)) is None:
            return
        page = self.world.page(pk)
        self.changed = False
        self.attempt(who, lambda user: WAYS[way](self.world, page, user, pick))
        self.disturbed |= self.changed

    @rule(which=subjects, who=st.sampled_from(["officer", "officer2", "head"]))
    def write(self, which, who):
        """Somebody saves a newer draft; proposed content is no longer the newest."""
        if (pk := self.at(which)) is None:
            return
        self.begin(who, pk)
        request = self.world.newest(pk)
        self.world.save_draft(pk, who)
        self.disturbed |= bool(request and request.is_in_review)

    @rule(days=st.sampled_from([1, 3, 40]))
    def days_pass(self, days):
        self.traveller.shift(timedelta(days=days))
        self.page, self.changed = 0, True

    @rule(care=st.sampled_from(["jobs", "jobs", "tick", "doctor"]))
    def look_after_it(self, care):
        self.begin(ROBOT)
        cares = {
            "jobs": self.do_jobs,
            "tick": self.tick,
            "doctor": self.call_the_doctor,
        }
        cares[care]()

    def tick(self):
        """The operator's command, with all jobs there are."""
        try:
            call_command(
                "govpub_tick", force=True, stdout=StringIO(), stderr=StringIO()
            )
        except SystemExit:
            assert self.disturbed

    def do_jobs(self):
        """The scheduler runs the jobs of the procedure; mails are another matter."""
        for job in announced_jobs():
            if job.name.startswith(JOBS) and not job.name.endswith("outbox"):
                try:
                    job.run()
                except Exception:
                    assert self.disturbed

    def call_the_doctor(self):
        """He closes what contradicts the approvals, and leaves the rest alone."""
        self.auditor.doctor_called = True
        try:
            call_command(
                "govpub_doctor", fix=True, stdout=StringIO(), stderr=StringIO()
            )
        except SystemExit:
            assert self.disturbed

    @rule(who=st.sampled_from(["head", "officer", "webmaster"]), goes=st.booleans())
    def somebody_leaves(self, who, goes):
        if who in self.auditor.dismissed:
            return
        self.begin(who)
        user = self.world.people[who]
        if goes:
            user.govpub_appointments.all().delete()
            type(user).objects.get(pk=user.pk).delete()
            self.auditor.deleted.add(who)
        else:
            dismiss(self.world, who)
        self.auditor.dismissed.add(who)

    def begin(self, who: str, page: int = 0) -> None:
        """One minute later somebody begins; ``page`` is the only one he can change."""
        self.traveller.shift(timedelta(minutes=1))
        self.actor, self.auditor.doctor_called = who, False
        self.page, self.sound, self.all_seen = page, False, False

    def attempt(self, who: str, deed, page: int = 0) -> None:
        if who in self.auditor.deleted:
            return
        self.begin(who, page)
        try:
            deed(self.world.people[who])
        except Exception as error:
            if not refused(error):
                raise

    # --- The two invariants ----------------------------------------------------

    @invariant()
    def nothing_is_lost_and_nothing_unapproved_is_seen(self):
        if self.changed:
            self.look()
        self.sound = True

    def look(self):
        for outcome in self.auditor.read_on(self.actor):
            event(f"outcome: {outcome}")
        self.changed = False
        self.compare_pages()
        self.compare_files()
        self.all_seen = not self.page

    def compare_pages(self):
        pages = NewsPage.objects.values_list("pk", "url_path")
        if self.page:
            pages = pages.filter(pk=self.page)
        root = self.world.root_path
        answers = {
            pk: self.client.get("/" + path.removeprefix(root)) for pk, path in pages
        }
        if self.changed:  # a version whose day has come goes up when it is asked for
            self.auditor.read_on(ROBOT)
            self.changed = False
        for pk, answer in answers.items():
            self.compare_page(self.auditor.may_be_seen(pk), answer)

    def compare_page(self, due, answer):
        if due is None:
            assert answer["content-type"] != "application/json", "it is shown"
            words = re.findall(rb"details \d+", answer.content)
            assert words == [], "some of it is shown"
            return
        assert answer.status_code == 200, "what was allowed is not shown"
        files = [key for key, _content in due.files]
        said = [due.title, due.summary, due.publish_from, due.publish_until, files]
        assert answer.json() == said

    def compare_files(self):
        due = self.auditor.files_to_be_seen()
        documents = get_document_model().objects.order_by("pk")
        if self.page:
            documents = documents.filter(pk=self.world.files[self.page])
        for document in documents:
            response = self.client.get(document.url)
            if document.pk in due:
                assert b"".join(response.streaming_content) == due[document.pk]
            else:
                assert response.status_code == 404, "a file that nobody allowed"


def say_everything(page, request, *args, **kwargs):
    """In place of the template: what the page would show, as it is."""
    return JsonResponse(
        [
            page.title,
            page.summary,
            page.publish_from,
            page.publish_until,
            sorted(row.document_id for row in page.attachments.all()),
        ],
        safe=False,
    )


SETTINGS = settings(
    max_examples=SEQUENCES // len(SHARDS),
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    # A sequence is short enough to be read, and making it shorter takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def quick(settings, monkeypatch):
    """Little middleware, no template: a step must cost little."""
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name.startswith("django.contrib")
    ]
    settings.ROOT_URLCONF = "tests.publishing.machine.urls"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
    }
    monkeypatch.setattr(ItemPage, "serve", say_everything)
    monkeypatch.setattr(notices, "_letter", lambda *_: Letter("notice", "words"))
    gc.freeze()  # all of Wagtail need not be looked through again and again
    yield
    gc.unfreeze()


@pytest.mark.parametrize("stage", SHARDS)
def test_everybody_tries_everything(stage, office, second_office, people, quick):
    auditor = Auditor(World(office, second_office))
    world = auditor.world
    for page, history in (world.bystander, "published"), (world.subject, stage):
        for who in play(world, page, HISTORIES[history]):
            auditor.read_on(who)
    machine = seed(SEED)(type("Office", (Office,), {"start": auditor}))
    try:
        run_state_machine_as_test(machine, settings=SETTINGS)
    except BaseException as error:
        error.add_note(f"GOVPUB_SEED={SEED} GOVPUB_SEQUENCES={SEQUENCES} -k '{stage}'")
        raise
