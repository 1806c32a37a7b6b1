"""Each user of the admin chooses a language; the dates follow it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from wagtail.users.models import UserProfile

from tests.drafts import draft_news


def speak(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def shown_date(client, page):
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    return re.search(r'name="publish_until" value="([^"]+)"', html.decode())[1]


@pytest.mark.parametrize(
    ("language", "word"), [("", "ภาพรวม"), ("th", "ภาพรวม"), ("en", "Dashboard")]
)
def test_the_admin_speaks_the_language_of_its_user(client, people, language, word):
    speak(people.officer, language)
    client.force_login(people.officer)
    assert word in client.get(reverse("wagtailadmin_home")).content.decode()


def test_dates_follow_the_language(client, people, office):
    page = draft_news(office, people.officer)
    day = page.publish_until
    client.force_login(people.officer)
    speak(people.officer, "th")
    assert shown_date(client, page) == f"{day:%d/%m}/{day.year + 543}"
    speak(people.officer, "en")
    assert shown_date(client, page) == day.isoformat()
