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
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from govpub.categories import link_checks
from govpub.categories.enums import LawStatus
from govpub.categories.models import LawPage, NewsPage, PlanPage
from govpub.categories.probe import Answer
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import Outcome
from govpub.publishing.exceptions import NotYourTurn, ReasonsMissing
from govpub.publishing.models import Appointment, OutboxMail, PublicationRequest
from govpub.publishing.periods import next_verification
from govpub.roles import Role
from govpub.upkeep.actions import verify
from govpub.upkeep.findings import _age, findings
from govpub.upkeep.models import Correction, RetentionRule, Verification
from govpub.upkeep.people import responsible_for
from govpub.upkeep.queue import due_for, shares
from tests.conftest import make_person
from tests.drafts import category, draft_news, published_news

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


def test_pictures_without_words_are_found(office, people):
    picture = get_image_model().objects.create(
        title="แผนผัง", file=get_test_image_file(), collection_id=1
    )
    page = draft_news(office, people.officer, lead_image=picture)
    value = {"image": picture, "alternative": "", "caption": ""}
    page.body = [("figure", value)]
    page.gallery = [("picture", value)]
    page.save()
    page = NewsPage.objects.get(pk=page.pk)
    assert len(findings(page)) == 3  # in the text, of the lead, in the gallery
    described = {**value, "alternative": "แผนผังอาคาร"}
    page.body, page.gallery = [("figure", described)], [("picture", described)]
    page.lead_image_alternative = "แผนผัง"
    assert findings(page) == []


def test_links_to_other_websites_that_do_not_answer_are_found(page):
    address = "https://dead.example/x"
    for answer in [Answer(False, "HTTP 404")] * 3:
        link_checks.remember(page.pk, address, answer)
    link_checks.remember(page.pk, "https://ok.example/", Answer(True, "HTTP 200"))
    [found] = findings(page)
    assert address in found and "HTTP 404" in found
    html = login(page.owner).get(
        reverse("govpub_upkeep_admin:verify", args=[page.published_request.pk])
    )
    assert address in html.content.decode()


# --- What a law asks for ----------------------------------------------------------


@freeze_time(UP)
@pytest.mark.parametrize(
    ("effective_on", "next_"),
    [
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2016, 11, 20), date(2026, 11, 20)),  # today counts
        (date(2016, 11, 19), date(2031, 11, 19)),
        (date(2030, 1, 1), date(2035, 1, 1)),
        (None, None),
    ],
)
def test_laws_that_apply_are_looked_at_every_five_years(effective_on, next_):
    law = LawPage(status=LawStatus.IN_FORCE, effective_on=effective_on)
    assert (law.next_legal_date and law.next_legal_date.day) == next_
    law.status = LawStatus.REPEALED
    assert law.next_legal_date is None


@freeze_time(UP)
def test_a_plan_is_to_be_looked_at_when_its_year_ends(office):
    plan = PlanPage(fiscal_year=2570, kind="plan")
    assert plan.next_legal_date.day == date(2027, 9, 30)
    RetentionRule.objects.update(verify_months=12)
    plan.editor_parent = category(office, 1)
    until, begin = date(2028, 9, 30), date(2026, 11, 20)
    # Earlier than the table says; once that day is over, the table counts.
    assert next_verification(plan, office, begin, until) == date(2027, 9, 30)
    later = next_verification(plan, office, date(2027, 9, 30), until)
    assert later != date(2027, 9, 30)
    assert next_verification(plan, office, begin, date(2027, 9, 30)) is None
    with freeze_time("2027-10-02 03:00"):
        plan.document_date = date(2027, 1, 1)
        assert any("30 กันยายน 2570" in found for found in _age(plan))


# --- The screens ---------------------------------------------------------------


@freeze_time(LATE)
def test_a_long_queue_has_pages(office, people, request_, monkeypatch):
    monkeypatch.setattr("govpub.upkeep.views.PER_PAGE", 1)
    with freeze_time(UP):
        published_news(
            office, people, publish_until=date(2027, 11, 20), title="ฉบับที่สอง"
        )
    queue = reverse("govpub_upkeep_admin:queue")
    webmaster = login(people.webmaster)
    first = webmaster.get(queue).content.decode()
    second = webmaster.get(queue, {"page": "2"}).content.decode()
    assert "ฉบับที่สอง" not in first and "ฉบับที่สอง" in second
    assert "page=2" in first
    assert webmaster.get(queue, {"page": "๙x"}).status_code == 200


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
