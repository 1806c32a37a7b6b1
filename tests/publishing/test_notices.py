"""Notices: everybody concerned reads them in the admin, with or without a mail."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from govpub.publishing import procedure
from govpub.publishing.models import MailStatus, OutboxMail
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(office, people):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def as_person(client, user):
    client.force_login(user)
    return client


def test_who_has_no_address_reads_it_in_the_admin(office, people, client):
    people.head.email = ""
    people.head.save()
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    notice = OutboxMail.objects.get(user=people.head)
    assert notice.status == MailStatus.UNADDRESSED
    as_person(client, people.head)
    listed = client.get(reverse("govpub_publishing:notices"))
    assert request.code in listed.content.decode()
    assert request.topic in listed.content.decode()


def test_people_who_share_an_address_get_one_mail(
    office, people, django_capture_on_commit_callbacks
):
    people.head2.email = people.head.email
    people.head2.save()
    with django_capture_on_commit_callbacks(execute=True):
        procedure.propose(draft_news(office, people.officer), by=people.officer)
    assert [message.to for message in mail.outbox] == [["head@example.com"]]
    assert OutboxMail.objects.filter(user__in=[people.head, people.head2]).count() == 2


def test_opening_one_leads_to_the_request_and_marks_it_read(proposed, people, client):
    as_person(client, people.head)
    notice = OutboxMail.objects.get(user=people.head)
    assert notice.subject in client.get(reverse("wagtailadmin_home")).content.decode()
    answer = client.get(reverse("govpub_publishing:notice", args=[notice.pk]))
    assert answer["Location"] == reverse("govpub_publishing:review", args=[proposed.pk])
    notice.refresh_from_db()
    assert notice.read_at is not None
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert notice.subject not in home


def test_nobody_opens_another_persons_notice(proposed, people, client):
    as_person(client, people.officer)
    notice = OutboxMail.objects.get(user=people.head)
    address = reverse("govpub_publishing:notice", args=[notice.pk])
    assert client.get(address).status_code == 404
    listed = client.get(reverse("govpub_publishing:notices")).content.decode()
    assert notice.subject not in listed
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_all_read_touches_only_ones_own(proposed, people, client):
    as_person(client, people.head)
    address = reverse("govpub_publishing:notices_read")
    assert client.get(address).status_code == 405
    client.post(address)
    unread = OutboxMail.objects.unread()
    assert not unread.filter(user=people.head).exists()
    assert unread.filter(user=people.head2).exists()
