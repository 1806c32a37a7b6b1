"""Verification rounds: due dates, three answers, corrections, deputies, shares."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.documents import get_document_model

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import Outcome
from govpub.publishing.exceptions import NotYourTurn, ReasonsMissing
from govpub.publishing.models import Appointment, OutboxMail, PublicationRequest
from govpub.roles import Role
from govpub.upkeep.actions import verify
from govpub.upkeep.findings import findings
from govpub.upkeep.models import Correction, Verification
from govpub.upkeep.people import responsible_for
from govpub.upkeep.queue import due_for, shares
from tests.conftest import make_person
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db

UP = "2026-11-20 03:00"
DUE = date(2027, 5, 20)  # six months later: the cadence of news
SOON, LATE = "2027-05-01 03:00", "2027-06-01 03:00"
NO = {"accurate": True, "complete": True, "current": False}


@pytest.fixture
def page(office, people):
    with freeze_time(UP):
        return published_news(office, people, publish_until=date(2027, 11, 20))


@pytest.fixture
def request_(page):
    return PublicationRequest.objects.get(page=page.pk)


def login(user):
    client = Client()
    client.force_login(user)
    return client


def again(request):
    return PublicationRequest.objects.get(pk=request.pk)


def test_due_after_the_months_of_the_table(request_, people):
    assert request_.verify_by == DUE
    with freeze_time("2027-04-01 03:00"):
        assert due_for(people.webmaster) == []
    with freeze_time(SOON):
        assert due_for(people.webmaster) == [request_]
        assert due_for(people.officer) == [request_]
        assert due_for(people.officer2) == []
        assert due_for(people.head) == []


def test_three_times_yes_sets_the_next_date_and_is_shown(
    request_, page, people, client
):
    with freeze_time(SOON):
        verify(request_, by=people.officer)
        assert again(request_).verify_by == date(2027, 11, 1)
        html = client.get(page.url).content.decode()
        assert "ตรวจสอบล่าสุดเมื่อ" in html
        assert "1 พฤษภาคม 2570" in html
    made = Verification.objects.get()
    assert (made.due_on, made.day, made.in_time) == (DUE, date(2027, 5, 1), True)


def test_a_no_needs_a_note_and_asks_for_a_correction(request_, people):
    with freeze_time(SOON):
        with pytest.raises(ReasonsMissing):
            verify(request_, by=people.webmaster, answers=NO)
        verify(request_, by=people.webmaster, answers=NO, words="เบอร์โทรเปลี่ยนแล้ว")
        assert again(request_).verify_by == DUE
        assert again(request_).acts.last().outcome == Outcome.FOUND_WANTING
        correction = Correction.objects.get(closed_at=None)
        assert correction.asked_of == people.officer
        told = OutboxMail.objects.filter(act__outcome=Outcome.FOUND_WANTING)
        assert [mail.user for mail in told] == [people.officer]
        # A second no does not open a second correction; a new version closes it.
        verify(request_, by=people.webmaster, answers=NO, words="ยังไม่แก้")
        assert Correction.objects.count() == 1
        draft = NewsPage.objects.get(pk=request_.page_id)
        draft.summary = "แก้แล้ว"
        draft.save_revision(user=people.officer)
        newer = procedure.propose(NewsPage.objects.get(pk=draft.pk), by=people.officer)
        procedure.allow(newer, by=people.head)
        procedure.put_up(newer, by=people.webmaster, checks=ALL_CHECKED)
    assert not Correction.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("who", ["officer2", "head", "inspector", "superuser"])
def test_nobody_else_verifies(request_, people, who):
    with pytest.raises(NotYourTurn):
        verify(request_, by=getattr(people, who))
    assert not Verification.objects.exists()


def test_who_is_gone_is_stood_in_for(office, request_, people):
    assert responsible_for(request_) == [people.officer]
    Appointment.objects.filter(user=people.officer).update(
        unit="งานแผน", valid_until=timezone.localdate() - timedelta(days=1)
    )
    assert responsible_for(request_) == [people.webmaster]
    colleague = make_person("colleague", office, Role.OFFICER, unit="งานแผน")
    assert responsible_for(request_) == [colleague]
    deputy = make_person("deputy", office, Role.OFFICER, unit="งานแผน", acting=True)
    assert responsible_for(request_) == [deputy]
    with freeze_time(SOON):
        verify(request_, by=deputy)


# --- What the machine finds -----------------------------------------------------------


def test_missing_files_broken_links_and_age_are_found(office, people):
    other = published_news(office, people, title="ปลายทาง")
    page = draft_news(office, people.officer, document_date=date(2020, 1, 1))
    page.body = [
        ("paragraph", f'<p><a linktype="page" id="{other.pk}">ดู</a></p>'),
    ]
    file = get_document_model().objects.create(
        title="หายไป", file=ContentFile(b"x", name="gone.txt")
    )
    page.attachments.create(document=file)
    page.save()
    assert any("2563" in found for found in findings(page))
    assert len(findings(page)) == 1
    file.file.storage.delete(file.file.name)
    other.live = False
    NewsPage.objects.filter(pk=other.pk).update(live=False)
    found = " ".join(findings(NewsPage.objects.get(pk=page.pk)))
    assert "หายไป" in found
    assert "ปลายทาง" in found


def test_what_its_kind_asks_for_is_found(office, people):
    page = draft_news(office, people.officer, kind="")
    assert len(findings(page)) == 1


# --- The screens ---------------------------------------------------------------


@freeze_time(LATE)
def test_the_queue_says_what_is_overdue_and_verifies_several(office, people, request_):
    with freeze_time(UP):
        published_news(office, people, publish_until=date(2027, 11, 20))
    webmaster = login(people.webmaster)
    queue = reverse("govpub_upkeep_admin:queue")
    html = webmaster.get(queue).content.decode()
    assert html.count("เกินกำหนดตั้งแต่วันที่ 20 พฤษภาคม 2570") == 2
    keys = [request.pk for request in due_for(people.webmaster)]
    ticked = {"request": keys, "accurate": "on", "complete": "on"}
    assert webmaster.post(queue, ticked).status_code == 422
    assert not Verification.objects.exists()
    assert webmaster.post(queue, {**ticked, "current": "on"}).status_code == 302
    assert Verification.objects.count() == 2
    assert not any(made.in_time for made in Verification.objects.all())
    assert due_for(people.webmaster) == []


@freeze_time(SOON)
def test_one_item_on_its_screen(request_, people):
    webmaster = login(people.webmaster)
    screen = reverse("govpub_upkeep_admin:verify", args=[request_.pk])
    assert webmaster.get(screen).status_code == 200
    answers = {"accurate": "yes", "complete": "no", "current": "yes"}
    assert webmaster.post(screen, {"accurate": "yes"}).status_code == 422
    assert webmaster.post(screen, answers).status_code == 422  # a no needs a note
    assert not Verification.objects.exists()
    posted = {**answers, "words": "ขาดเอกสารแนบ", "then": "take_down"}
    response = webmaster.post(screen, posted)
    assert response["Location"].endswith("/take-down/")
    assert Correction.objects.filter(closed_at=None).exists()


def test_the_screen_is_not_for_others(request_, people):
    screen = reverse("govpub_upkeep_admin:verify", args=[request_.pk])
    posted = {"accurate": "yes", "complete": "yes", "current": "yes"}
    assert login(people.head).post(screen, posted).status_code == 422
    assert not Verification.objects.exists()


def test_the_share_in_time_by_category(office, people):
    with freeze_time(UP):
        pages = [
            published_news(office, people, publish_until=date(2027, 11, 20))
            for _ in range(4)
        ]
    requests = [PublicationRequest.objects.get(page=page.pk) for page in pages]
    with freeze_time(SOON):
        verify(requests[0], by=people.webmaster)
        verify(requests[1], by=people.webmaster)
    with freeze_time(LATE):
        verify(requests[2], by=people.webmaster)
        [share] = shares([office], date(2026, 10, 1))
    assert (share.in_time, share.late, share.overdue) == (2, 1, 1)
    assert share.percent == 50
    assert share.section == requests[0].section
