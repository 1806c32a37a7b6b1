"""Visitors rate an item low: the Web Master is asked to verify it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

from govpub.publishing.models import OutboxMail, PublicationRequest
from govpub.survey.enums import BandScheme
from govpub.survey.queries import open_round
from govpub.survey.rating import rate_page
from govpub.survey.scoring import score
from govpub.survey.subjects import of_page
from govpub.upkeep.actions import verify
from govpub.upkeep.low_ratings import ask_to_verify
from govpub.upkeep.models import VerificationCall
from govpub.upkeep.queue import due_for
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


def rate(office, page, levels, capture):
    with capture(execute=True):
        for visitor, level in enumerate(levels):
            rate_page(open_round(office), of_page(page), f"v{visitor}", level=level)


def asked(page):
    """Whom the letters of this item reached that are about no act."""
    letters = OutboxMail.objects.filter(act=None, request__page=page.pk)
    return [(letter.user.username, letter.body) for letter in letters]


def test_the_web_master_is_asked_once(
    office, people, django_capture_on_commit_callbacks
):
    page = published_news(office, people)
    rate(office, page, [1, 1, 1, 1], django_capture_on_commit_callbacks)
    assert asked(page) == []
    rate(office, page, [1, 1, 1, 1, 2, 2], django_capture_on_commit_callbacks)
    ((name, body),) = asked(page)
    request = PublicationRequest.objects.get(page=page.pk)
    assert name == "webmaster"
    assert "1.20" in body and f"/{request.pk}/verify/" in body


def test_well_rated_items_and_other_pages_ask_nobody(
    office, people, django_capture_on_commit_callbacks
):
    page = published_news(office, people)
    rate(office, page, [4, 4, 5, 1, 5, 4], django_capture_on_commit_callbacks)
    front = Page.objects.get(pk=office.root_page_id)
    rate(office, front, [1] * 6, django_capture_on_commit_callbacks)
    draft = draft_news(office, people.officer)
    rate(office, draft, [1] * 6, django_capture_on_commit_callbacks)
    assert not OutboxMail.objects.filter(act=None).exists()


@pytest.fixture
def rated_low(office, people, django_capture_on_commit_callbacks):
    page = published_news(
        office, people, publish_until=timezone.localdate() + timedelta(days=360)
    )
    rate(office, page, [1, 1, 2, 1, 1], django_capture_on_commit_callbacks)
    return PublicationRequest.objects.get(page=page.pk)


def test_it_stands_in_the_queue_with_its_reason(rated_low, people):
    assert due_for(people.webmaster) == [rated_low]
    assert due_for(people.officer) == [rated_low]
    assert rated_low.verify_by == timezone.localdate() + timedelta(days=7)
    client = Client()
    client.force_login(people.webmaster)
    html = client.get(reverse("govpub_upkeep_admin:queue")).content.decode()
    assert "1.20" in html
    screen = reverse("govpub_upkeep_admin:verify", args=[rated_low.pk])
    assert "1.20" in client.get(screen).content.decode()


def test_one_task_for_each_page_and_period(
    office, rated_low, people, django_capture_on_commit_callbacks
):
    page = rated_low.page
    rate(office, page, [5, 5, 5, 5, 5], django_capture_on_commit_callbacks)
    rate(office, page, [1, 1, 1, 1, 1], django_capture_on_commit_callbacks)
    assert VerificationCall.objects.count() == 1
    assert len(asked(page)) == 1
    verify(rated_low, by=people.webmaster)
    assert not VerificationCall.objects.filter(closed_at=None).exists()
    assert due_for(people.webmaster) == []
    # What was looked at in this period is not asked for again, in the next it is.
    rate(office, page, [5, 5, 5, 5, 5], django_capture_on_commit_callbacks)
    rate(office, page, [1, 1, 1, 1, 1], django_capture_on_commit_callbacks)
    assert due_for(people.webmaster) == []
    ask_to_verify(page, score({1: 6}, BandScheme.A), "2599/0")
    assert due_for(people.webmaster) == [rated_low]


def test_what_is_due_sooner_stays_so(office, people):
    page = published_news(office, people)
    soon = timezone.localdate() + timedelta(days=2)
    PublicationRequest.objects.filter(page=page.pk).update(verify_by=soon)
    ask_to_verify(page, score({1: 6}, BandScheme.A), "2570/0")
    assert PublicationRequest.objects.get(page=page.pk).verify_by == soon
