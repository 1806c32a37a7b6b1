"""Each act is cut off at each of its writes: all of it is there, or nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.serializers import serialize
from django.db import connection
from django.utils import timezone

from wagtail.models import (
    Page,
    PageLogEntry,
    Revision,
    Task,
    TaskState,
    WorkflowState,
)

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Act,
    LedgerEntry,
    LedgerHead,
    NumberSeries,
    OutboxMail,
    PublicationRequest,
    Round,
    RoundFile,
)
from govpub.upkeep import actions as upkeep
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

KEPT = (
    Page,
    NewsPage,
    Revision,
    PageLogEntry,
    TaskState,
    WorkflowState,
    Task,
    PublicationRequest,
    Round,
    RoundFile,
    Act,
    LedgerEntry,
    LedgerHead,
    NumberSeries,
    OutboxMail,
)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """Not an Exception: nothing on the way may think that it can go on."""


class KillAt:
    """Lets so many writes pass, and none after."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self.left -= 1
            if self.left < 0:
                raise Killed(sql)
        return execute(sql, params, many, context)


def state():
    """Every row that an act may write."""
    return {
        model.__name__: serialize("json", model.objects.order_by("pk"))
        for model in KEPT
    }


class Case:
    """A page brought to where an act is due."""

    def __init__(self, office, people):
        self.people = people
        self.page = draft_news(office, people.officer)
        self.request = None

    def propose(self):
        page = NewsPage.objects.get(pk=self.page.pk)
        self.request = procedure.propose(page, by=self.people.officer)

    def act(self, name, by, **options):
        return partial(
            getattr(procedure, name),
            self.request,
            by=getattr(self.people, by),
            **options,
        )

    def allowed(self):
        self.propose()
        self.act("allow", "head")()

    def published(self):
        self.allowed()
        self.act("put_up", "webmaster", checks=ALL_CHECKED)()

    def newer_version(self):
        self.published()
        page = NewsPage.objects.get(pk=self.page.pk)
        page.summary = "ฉบับใหม่"
        page.save_revision(user=self.people.officer)
        self.allowed()

    def scheduled(self):
        day = timezone.localdate() + timedelta(days=1)
        self.page.publish_from = day
        self.page.save_revision(user=self.people.officer)
        self.published()


def propose(case):
    return case.propose


def allow(case):
    case.propose()
    return case.act("allow", "head")


def refuse(case):
    case.propose()
    return case.act("refuse", "head", words="ไม่ครบ")


def withdraw(case):
    case.propose()
    return case.act("withdraw", "officer", words="ผิดหมวด")


def put_up(case):
    case.allowed()
    return case.act("put_up", "webmaster", checks=ALL_CHECKED)


def put_up_newer_version(case):
    case.newer_version()
    return case.act("put_up", "webmaster", checks=ALL_CHECKED)


def put_up_for_a_day(case):
    day = timezone.localdate() + timedelta(days=1)
    case.page.publish_from = day
    case.page.save_revision(user=case.people.officer)
    case.allowed()
    return case.act("put_up", "webmaster", checks=ALL_CHECKED)


def go_live(case):
    case.scheduled()
    return case.act("go_live", "webmaster")


def tell_back(case):
    case.allowed()
    return case.act("tell_back", "webmaster", words="ไฟล์เสีย")


def tell_back_after_refusal(case):
    refuse(case)()
    return case.act("tell_back", "webmaster")


def propose_again(case):
    tell_back(case)()
    return case.propose


def take_down(case):
    case.published()
    return case.act("take_down", "webmaster", words="หมดเวลา")


def post_elsewhere(case):
    case.published()
    today = timezone.localdate()
    return case.act(
        "record_posted_elsewhere", "webmaster", place="ศูนย์", link="", on=today
    )


def verify(case):
    case.published()
    return partial(upkeep.verify, case.request, by=case.people.webmaster)


ACTS = (
    propose,
    propose_again,
    allow,
    refuse,
    withdraw,
    put_up,
    put_up_newer_version,
    put_up_for_a_day,
    go_live,
    tell_back,
    tell_back_after_refusal,
    take_down,
    post_elsewhere,
    verify,
)


@pytest.mark.parametrize("prepare", ACTS, ids=lambda act: act.__name__)
def test_all_of_it_or_nothing(
    office, people, prepare, django_capture_on_commit_callbacks
):
    act = prepare(Case(office, people))
    before, writes = state(), 0
    while True:
        try:
            with (
                django_capture_on_commit_callbacks(execute=True),
                connection.execute_wrapper(KillAt(writes)),
            ):
                act()
            break
        except Killed:
            assert state() == before, f"write {writes + 1} left something behind"
            assert mail.outbox == []
            assert list(faults(office)) == []
            writes += 1
    after = state()
    assert writes >= 3
    changed = {name for name in after if after[name] != before[name]}
    assert {"Act", "LedgerEntry", "LedgerHead"} <= changed
    assert list(faults(office)) == []
