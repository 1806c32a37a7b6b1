"""Reminders: 30, 7 and 1 days before, then daily while overdue, one mail a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from govpub.models import Job
from govpub.publishing.models import OutboxMail, PublicationRequest
from govpub.upkeep import extensions
from govpub.upkeep.actions import verify
from govpub.upkeep.models import DueFailure
from govpub.upkeep.reminders import remind
from tests.drafts import published_news

pytestmark = pytest.mark.django_db

UNTIL = date(2027, 1, 31)


@pytest.fixture
def request_(office, people):
    with freeze_time("2026-11-20 03:00"):
        page = published_news(office, people, publish_until=UNTIL)
    OutboxMail.objects.all().delete()
    return PublicationRequest.objects.get(page=page.pk)


def mails_of_days(first, last):
    """The days on which somebody was written to, and who was."""
    days, day = {}, first
    while day <= last:
        before = OutboxMail.objects.count()
        for hour in (1, 4, 9):  # 8, 11 and 16 o'clock in Bangkok
            with freeze_time(f"{day} 0{hour}:00"):
                remind()
        new = OutboxMail.objects.order_by("pk")[before:]
        if new:
            days[day] = sorted(mail.user.username for mail in new)
        day += timedelta(days=1)
    return days


def test_owner_and_webmaster_30_7_and_1_days_before_the_end(request_):
    both = ["officer", "webmaster"]
    assert mails_of_days(date(2026, 12, 28), UNTIL) == {
        date(2027, 1, 1): both,
        date(2027, 1, 24): both,
        date(2027, 1, 30): both,
    }


def test_a_day_that_was_missed_is_made_up_for(request_):
    assert list(mails_of_days(date(2027, 1, 3), date(2027, 1, 10))) == [
        date(2027, 1, 3)
    ]


def test_who_asked_for_longer_is_left_in_peace(request_, people):
    with freeze_time("2026-12-20 03:00"):
        extensions.ask(
            request_, by=people.officer, until=date(2027, 3, 31), reason="ยังใช้"
        )
    OutboxMail.objects.all().delete()
    assert mails_of_days(date(2026, 12, 28), date(2027, 1, 31)) == {}


def test_one_mail_for_many_items_and_none_at_night(office, people, request_):
    with freeze_time("2026-11-20 03:00"):
        published_news(office, people, publish_until=UNTIL, title="อีกเรื่องหนึ่ง")
    OutboxMail.objects.all().delete()
    with freeze_time("2026-12-31 23:00"):  # 6 o'clock in Bangkok
        assert remind() == ""
    with freeze_time("2027-01-01 01:00"):
        remind()
    [mail] = OutboxMail.objects.filter(user=people.officer)
    assert request_.topic in mail.body
    assert "อีกเรื่องหนึ่ง" in mail.body
    assert "31 ม.ค. 2570" in mail.body
    assert "2" in mail.subject


def test_overdue_every_day_until_it_is_verified(office, people):
    with freeze_time("2026-11-20 03:00"):
        page = published_news(office, people, publish_until=date(2028, 1, 31))
    OutboxMail.objects.all().delete()
    days = mails_of_days(date(2027, 5, 18), date(2027, 5, 23))
    assert list(days) == [date(2027, 5, day) for day in (18, 19, 21, 22, 23)]
    with freeze_time("2027-05-24 01:00"):
        verify(PublicationRequest.objects.get(page=page.pk), by=people.webmaster)
    OutboxMail.objects.all().delete()
    assert mails_of_days(date(2027, 5, 24), date(2027, 5, 26)) == {}


# --- The red banner ------------------------------------------------------------


def home(user):
    client = Client()
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_the_banner_is_red_while_the_scheduler_stands_still(office, people):
    assert "gp-banner" in home(people.webmaster)
    Job.objects.create(name="x", last_finished=timezone.now())
    assert "gp-banner" not in home(people.webmaster)
    with freeze_time(timezone.now() + timedelta(minutes=11)):
        assert "gp-banner" in home(people.officer)


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_explore_root", "wagtailadmin_account", "govpub_upkeep_admin:queue"],
)
def test_the_banner_stands_above_every_page_of_the_admin(office, people, name):
    client = Client()
    client.force_login(people.webmaster)
    page = reverse(name)
    assert client.get(page, follow=True).content.count(b"gp-banner") == 1
    Job.objects.create(name="x", last_finished=timezone.now())
    assert b"gp-banner" not in client.get(page, follow=True).content


def test_the_banner_names_what_could_not_be_handled(request_, people):
    Job.objects.create(name="x", last_finished=timezone.now())
    DueFailure.objects.create(request=request_, error="RuntimeError: poison")
    assert "RuntimeError: poison" in home(people.webmaster)
    assert "RuntimeError: poison" not in home(people.officer)
