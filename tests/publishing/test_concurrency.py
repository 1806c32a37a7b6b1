"""Several people at the same instant, on a real PostgreSQL with real commits."""

from __future__ import annotations

from functools import partial
from threading import Barrier, Lock, Thread

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections

from wagtail.models import Revision

from govpub.categories.models import NewsPage
from govpub.publishing import outbox, procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.content import content_digest
from govpub.publishing.exceptions import AlreadyDecided, ContentChanged, ProcedureError
from govpub.publishing.ledger import faults
from govpub.publishing.models import (
    Act,
    LedgerEntry,
    MailStatus,
    OutboxMail,
    PublicationRequest,
)
from govpub.thai.dates import thai_datetime
from tests.drafts import draft_news, published_news
from tests.publishing.screens import post_editor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TIMES = 50


class Postbox(BaseEmailBackend):
    """Keeps what all threads send."""

    delivered: list[tuple[str, str]] = []
    lock = Lock()

    def send_messages(self, messages):
        with self.lock:
            self.delivered += [(mail.to[0], mail.body) for mail in messages]
        return len(messages)


@pytest.fixture(autouse=True)
def postbox(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Postbox"
    Postbox.delivered.clear()
    return Postbox.delivered


def at_once(*acts):
    """Carry out all acts in threads of their own; what each came to, in order."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def carry_out(index, act):
        try:
            barrier.wait(timeout=60)
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [Thread(target=carry_out, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    return results


def test_two_heads_decide_at_the_same_instant(office, people, postbox):
    """One winner, the other told who and when; one act, record and set of mails."""
    winners = set()
    for _ in range(TIMES):
        page = draft_news(office, people.officer)
        request = procedure.propose(page, by=people.officer)
        postbox.clear()
        results = at_once(
            partial(procedure.allow, request, by=people.head),
            partial(procedure.refuse, request, by=people.head2, words="ไม่ครบ"),
        )
        (act,) = request.acts.exclude(outcome="proposed")
        winner = 0 if act.outcome == "allowed" else 1
        loser = results[1 - winner]
        assert isinstance(results[winner], PublicationRequest), results
        assert isinstance(loser, AlreadyDecided), results
        assert act.person in loser.message
        assert thai_datetime(act.at) in loser.message
        assert LedgerEntry.objects.filter(act=act).count() == 1
        told = {"webmaster@example.com"}
        told |= {"officer@example.com"} if winner == 0 else set()
        assert sorted(to for to, _ in postbox) == sorted(told)
        assert act.mails.count() == len(told)
        request.refresh_from_db()
        assert request.status == act.outcome
        winners.add(winner)
    assert Act.objects.count() == 2 * TIMES
    assert list(faults(office)) == []


def test_one_person_presses_twice(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    results = at_once(
        *[lambda: procedure.allow(request, by=people.head) for _ in range(4)]
    )
    assert sum(isinstance(result, PublicationRequest) for result in results) == 1
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 3
    assert request.acts.filter(outcome="allowed").count() == 1


def test_numbers_under_parallel_proposals(office, people):
    pages = [draft_news(office, people.officer) for _ in range(20)]
    at_once(
        *[
            lambda page=page: procedure.propose(page, by=people.officer)
            for page in pages
        ]
    )
    numbers = PublicationRequest.objects.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 21))
    records = LedgerEntry.objects.filter(site=office).order_by("sequence")
    assert records.filter(action="act").count() == 20
    sequences = list(records.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))
    assert list(faults(office)) == []


def test_one_page_proposed_twice_at_once(office, people):
    page = draft_news(office, people.officer)
    results = at_once(
        lambda: procedure.propose(page, by=people.officer),
        lambda: procedure.propose(page, by=people.officer2),
    )
    assert PublicationRequest.objects.get().number == 1
    assert sum(isinstance(result, ProcedureError) for result in results) == 1, results


def test_newer_version_up_while_the_older_is_taken_down(office, people):
    """Neither waits for the other for ever, and the newer one is public after both."""
    for _ in range(10):
        page = published_news(office, people)
        older = page.published_request
        page.summary = "ฉบับใหม่"
        page.save_revision(user=people.officer)
        newer = procedure.propose(page, by=people.officer)
        procedure.allow(newer, by=people.head)
        results = at_once(
            lambda newer=newer: procedure.put_up(
                newer, by=people.webmaster, checks=ALL_CHECKED
            ),
            lambda older=older: procedure.take_down(
                older, by=people.webmaster, words="ฉบับเก่า"
            ),
        )
        assert isinstance(results[0], PublicationRequest), results
        assert isinstance(results[1], PublicationRequest | AlreadyDecided), results
        newer.refresh_from_db()
        assert newer.status == "published"
        assert type(page).objects.get(pk=page.pk).is_public


def test_two_senders_never_send_one_mail_twice(office, people, postbox, monkeypatch):
    monkeypatch.setattr(outbox, "send", lambda keys: None)  # nothing after the commit
    for _ in range(10):
        procedure.propose(draft_news(office, people.officer), by=people.officer)
    monkeypatch.undo()
    keys = list(OutboxMail.objects.values_list("pk", flat=True))
    results = at_once(*[lambda: outbox.send(keys) for _ in range(4)])
    assert sum(sent for sent, _errors in results) == len(keys) == 20
    assert len(postbox) == len(set(postbox)) == 20
    assert not OutboxMail.objects.exclude(status=MailStatus.SENT).exists()


def save_draft(page, user, words):
    draft = NewsPage.objects.get(pk=page.pk)
    draft.summary = words
    return draft.save_revision(user=user)


def is_exactly_what_was_allowed(request):
    """What is public of it, if anything, is the content of the newest round."""
    page = NewsPage.objects.get(pk=request.page_id)
    round_ = request.current_round
    if page.live:
        assert page.live_revision_id == round_.revision_id
        assert content_digest(page.serializable_data()) == round_.content_digest
    return page.live


def test_a_draft_saved_while_the_head_decides(office, people):
    """Whoever is first: nothing that the head did not see goes any further."""
    for _ in range(20):
        page = draft_news(office, people.officer)
        request = procedure.propose(page, by=people.officer)
        seen = request.current_round.digest
        saved, decided = at_once(
            partial(save_draft, page, people.officer, "แก้ระหว่างพิจารณา"),
            partial(procedure.allow, request, by=people.head, seen=seen),
        )
        assert isinstance(saved, Revision), saved
        assert isinstance(decided, PublicationRequest | ContentChanged), decided
        request.refresh_from_db()
        allowed = request.acts.filter(outcome="allowed").count()
        assert allowed == isinstance(decided, PublicationRequest)
        assert request.status == ("allowed" if allowed else "proposed")
        if allowed:
            with pytest.raises(ContentChanged):
                procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
        assert not is_exactly_what_was_allowed(request)
    assert list(faults(office)) == []


def test_a_draft_saved_or_written_over_while_it_goes_up(office, people):
    def write_over(request):
        revision = request.current_round.revision
        revision.content["summary"] = "เขียนทับ"
        revision.save()

    live = 0
    for number in range(20):
        page = draft_news(office, people.officer)
        request = procedure.propose(page, by=people.officer)
        procedure.allow(request, by=people.head)
        edit = partial(save_draft, page, people.officer, "แก้ระหว่างเผยแพร่")
        _edited, put_up = at_once(
            edit if number % 2 else partial(write_over, request),
            partial(procedure.put_up, request, by=people.webmaster, checks=ALL_CHECKED),
        )
        assert isinstance(put_up, PublicationRequest | ContentChanged), put_up
        request.refresh_from_db()
        shown = is_exactly_what_was_allowed(request)
        assert shown == (request.status == "published")
        live += shown
    assert NewsPage.objects.live().count() == live
    assert list(faults(office)) == []


def test_the_editor_saves_while_it_is_proposed(office, people):
    """The screen looked at the lock a moment too early; the head sees that."""
    for _ in range(5):
        page = draft_news(office, people.officer)
        post = partial(post_editor, people.officer2, page, summary="จากจอที่เปิดค้าง")
        answer, proposed = at_once(
            post, partial(procedure.propose, page, by=people.officer)
        )
        assert answer.status_code in {200, 302, 403}, answer
        assert isinstance(proposed, PublicationRequest), proposed
        newest = NewsPage.objects.get(pk=page.pk).latest_revision_id
        same = newest == proposed.current_round.revision_id
        if same:
            procedure.allow(proposed, by=people.head)
        else:
            with pytest.raises(ContentChanged):
                procedure.allow(proposed, by=people.head)
