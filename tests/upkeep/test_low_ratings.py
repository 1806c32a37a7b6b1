"""Visitors rate an item low: the Web Master is asked to verify it."""

from __future__ import annotations

import pytest

from wagtail.models import Page

from govpub.publishing.models import OutboxMail, PublicationRequest
from govpub.survey.queries import open_round
from govpub.survey.rating import rate_page
from govpub.survey.subjects import of_page
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
    assert "1.20" in body and f"/{request.pk}/" in body


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
