"""Mails: written with the act, sent after it, tried again, never sent twice."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.users.models import UserProfile

from govpub.publishing import outbox, procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import MailStatus, OutboxMail
from govpub.publishing.models.outbox import PAUSES
from govpub.publishing.signals import act_done
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db

DOWN = f"{__name__}.NobodyAnswers"
PICKY = f"{__name__}.RefusesTheFirstHead"


class NobodyAnswers(EmailBackend):
    asked = 0

    def send_messages(self, messages):
        NobodyAnswers.asked += 1
        raise ConnectionRefusedError("nobody answers")


class RefusesTheFirstHead(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["head@example.com"]:
            raise SMTPRecipientsRefused({"head@example.com": (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """What a real commit would set off is set off."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def proposed(office, people):
    """Both heads have a mail that nobody has sent yet."""
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def sent_to():
    return sorted(message.to[0] for message in mail.outbox)


def tick():
    out, err = StringIO(), StringIO()
    try:
        call_command("govpub_tick", force=True, stdout=out, stderr=err)
    except SystemExit:
        return 1, out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


def test_mails_are_written_with_the_act_and_sent_after_it(office, people, committing):
    page = draft_news(office, people.officer)
    with committing():
        procedure.propose(page, by=people.officer)
        assert OutboxMail.objects.filter(status=MailStatus.NEW).count() == 2
        assert mail.outbox == []
    assert sent_to() == ["head2@example.com", "head@example.com"]
    assert set(OutboxMail.objects.values_list("status", flat=True)) == {"sent"}


def test_no_mail_of_what_was_rolled_back(proposed, people, committing):
    OutboxMail.objects.all().delete()
    with committing(), pytest.raises(ZeroDivisionError), transaction.atomic():
        procedure.allow(proposed, by=people.head)
        raise ZeroDivisionError
    assert not OutboxMail.objects.exists()
    assert mail.outbox == []


def test_a_server_that_is_down_loses_nothing(proposed, people, settings, committing):
    settings.EMAIL_BACKEND = DOWN
    with committing():
        procedure.allow(proposed, by=people.head)
    proposed.refresh_from_db()
    assert proposed.status == "allowed"
    code, text = tick()
    assert code == 1
    assert "nobody answers" in text
    assert OutboxMail.objects.filter(status=MailStatus.SENT).count() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with freeze_time(timezone.now() + timedelta(hours=1)):
        code, text = tick()
    assert code == 0
    assert not OutboxMail.objects.exclude(status=MailStatus.SENT).exists()
    assert len(mail.outbox) == OutboxMail.objects.count() == 4


def test_a_server_that_is_down_is_asked_once_per_pass(proposed, settings):
    settings.EMAIL_BACKEND = DOWN
    NobodyAnswers.asked = 0
    with pytest.raises(outbox.MailsNotSent):
        outbox.send_due()
    assert NobodyAnswers.asked == 1


def test_one_bad_address_does_not_stop_the_others(proposed, settings):
    settings.EMAIL_BACKEND = PICKY
    with pytest.raises(outbox.MailsNotSent):
        outbox.send_due()
    assert sent_to() == ["head2@example.com"]
    bad = OutboxMail.objects.get(recipient="head@example.com")
    assert "SMTPRecipientsRefused" in bad.last_error
    assert bad.status == MailStatus.NEW


def test_pauses_grow_until_it_is_given_up(proposed, settings):
    settings.EMAIL_BACKEND = PICKY
    bad = OutboxMail.objects.get(recipient="head@example.com")
    moment, waited = timezone.now(), []
    while bad.status == MailStatus.NEW:
        with freeze_time(moment):
            outbox.send([bad.pk])
            bad.refresh_from_db()
            waited.append(bad.next_try - timezone.now())
        moment = bad.next_try
    assert waited[:-1] == list(PAUSES)
    assert waited == sorted(waited[:-1]) + waited[-1:]
    assert bad.status == MailStatus.FAILED
    with freeze_time(moment + timedelta(days=90)):
        assert "1" in outbox.send_due()
        bad.refresh_from_db()
    assert bad.status == MailStatus.FAILED


def test_what_another_sender_has_in_hand_is_left_alone(proposed):
    first = OutboxMail.objects.first()
    assert OutboxMail.objects.claim(first.pk)
    assert not OutboxMail.objects.claim(first.pk)
    assert outbox.send([first.pk]) == (0, [])
    with freeze_time(timezone.now() + timedelta(minutes=11)):
        assert outbox.send([first.pk]) == (1, [])
    assert outbox.send([first.pk]) == (0, [])


def test_officer_hears_of_every_outcome_with_the_reasons(office, people):
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    procedure.refuse(request, by=people.head, words="ขาดแผนที่\nขาดวันที่")
    procedure.tell_back(request, by=people.webmaster, words="โปรดแก้ไข")
    page = request.page.specific
    request = procedure.propose(page, by=people.officer2)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    procedure.take_down(request, by=people.webmaster, words="ข้อมูลผิด")
    told = OutboxMail.objects.filter(user=people.officer).order_by("pk")
    outcomes = [row.act.outcome for row in told]
    assert outcomes == ["returned", "allowed", "put_up", "taken_down"]
    assert "ขาดแผนที่\nขาดวันที่" in told[0].body
    assert "โปรดแก้ไข" in told[0].body
    assert "ข้อมูลผิด" in told[3].body
    again = OutboxMail.objects.filter(user=people.officer2)
    assert again.filter(act__outcome="put_up").exists()


def test_each_person_reads_it_in_his_language(office, people):
    UserProfile.objects.update_or_create(
        user=people.head2, defaults={"preferred_language": "en"}
    )
    procedure.propose(draft_news(office, people.officer), by=people.officer)
    subjects = dict(OutboxMail.objects.values_list("user__username", "subject"))
    assert subjects["head2"].startswith("Proposed")
    assert not subjects["head"].isascii()


def test_other_channels_hear_of_it_after_the_commit(proposed, people, committing):
    heard = []

    def listen(sender, request, act, **kwargs):
        heard.append((request.code, act.outcome))
        raise RuntimeError("a chat that is down")

    act_done.connect(listen)
    try:
        with committing():
            procedure.allow(proposed, by=people.head)
            assert heard == []
    finally:
        act_done.disconnect(listen)
    assert heard == [(proposed.code, "allowed")]


def login(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", ["superuser", "webmaster"])
def test_operator_sees_what_failed_and_sends_it_again(proposed, people, name):
    OutboxMail.objects.filter(user=people.head).update(
        status=MailStatus.FAILED, attempts=9, last_error="nobody answers"
    )
    failed = OutboxMail.objects.get(status=MailStatus.FAILED)
    client = login(getattr(people, name))
    html = client.get(reverse("govpub_outbox:index")).content.decode()
    assert "head@example.com" in html
    detail = reverse("govpub_outbox:inspect", args=[failed.pk])
    assert "nobody answers" in client.get(detail).content.decode()
    assert (
        client.get(reverse("govpub_outbox:again", args=[failed.pk])).status_code == 405
    )
    client.post(reverse("govpub_outbox:again", args=[failed.pk]))
    outbox.send_due()
    assert "head@example.com" in sent_to()


def test_a_sent_mail_is_not_sent_again(proposed, people):
    outbox.send_due()
    first = OutboxMail.objects.first()
    login(people.superuser).post(reverse("govpub_outbox:again", args=[first.pk]))
    first.refresh_from_db()
    assert first.status == MailStatus.SENT


def test_mails_are_not_for_others(proposed, people, second_office):
    mail_ = OutboxMail.objects.first()
    detail = reverse("govpub_outbox:inspect", args=[mail_.pk])
    for name in ("officer", "head", "inspector"):
        assert login(getattr(people, name)).get(detail).status_code in {302, 404}
    mail_.site = second_office
    mail_.save(update_fields=["site"])
    client = login(people.webmaster)
    assert client.get(detail).status_code == 404
    client.post(reverse("govpub_outbox:again", args=[mail_.pk]))
    assert client.get(reverse("govpub_outbox:index")).status_code == 200


def test_published_tells_the_officer(office, people, committing):
    with committing():
        published_news(office, people)
    assert "officer@example.com" in sent_to()
