"""A longer period, asked and decided without editing; one version after another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from govpub.categories.models import NewsPage
from govpub.publishing import procedure, urgent
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.doctor import examine
from govpub.publishing.enums import Outcome, RequestStatus
from govpub.publishing.exceptions import (
    AlreadyDecided,
    ContentChanged,
    NotYourTurn,
    ProcedureError,
    ReasonsMissing,
)
from govpub.publishing.ledger import faults
from govpub.publishing.models import Appointment, OutboxMail, PublicationRequest
from govpub.roles import Role
from govpub.upkeep import extensions
from govpub.upkeep.jobs import keep_periods
from govpub.upkeep.models import Extension, ExtensionStatus, UpkeepSettings
from govpub.upkeep.takedown import take_down_now
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db

UP, AFTER = "2026-11-20 03:00", "2026-12-01 03:00"
UNTIL, LONGER = date(2026, 11, 30), date(2027, 3, 31)


@pytest.fixture
def page(office, people):
    with freeze_time(UP):
        return published_news(office, people, publish_until=UNTIL)


@pytest.fixture
def asked(page, people):
    with freeze_time(UP):
        return extensions.ask(
            page.published_request, by=people.officer, until=LONGER, reason="ยังใช้อยู่"
        )


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def seen(client, page):
    return page.summary in client.get(page.url).content.decode()


def keep_up(office):
    UpkeepSettings.objects.filter(site=office).update(while_extending="keep-up")


def test_allowed_it_stays_up_with_the_content_that_was_approved(
    office, page, asked, people, client
):
    before = fresh(page)
    with freeze_time(UP):
        extensions.allow(asked, by=people.head, seen=asked.request.current_round.digest)
        assert list(examine()) == []
    after, request = fresh(page), PublicationRequest.objects.get(page=page.pk)
    assert after.publish_until == request.publish_until == LONGER
    assert (after.title, after.summary, after.slug) == (
        before.title,
        before.summary,
        before.slug,
    )
    assert not after.has_unpublished_changes
    assert request.current_round.form["publish_until"] == LONGER.isoformat()
    assert [act.outcome for act in request.acts][-3:] == [
        Outcome.EXTENSION_ASKED,
        Outcome.ALLOWED,
        Outcome.EXTENDED,
    ]
    with freeze_time(AFTER):
        keep_periods()
        assert seen(client, page)
    with freeze_time("2027-03-31 17:00:10"):  # Bangkok midnight after the new last day
        assert not seen(client, page)
    assert list(faults(office)) == []


def test_a_draft_in_the_making_is_not_published_by_it(page, people, client):
    draft = fresh(page)
    draft.summary = "ร่างที่ยังไม่เสนอ"
    newer = draft.save_revision(user=people.officer)
    with freeze_time(UP):
        extension = extensions.ask(
            page.published_request, by=people.officer, until=LONGER, reason="ยังใช้อยู่"
        )
        extensions.allow(extension, by=people.head)
        assert seen(client, page)
        assert "ร่างที่ยังไม่เสนอ" not in client.get(page.url).content.decode()
    assert fresh(page).latest_revision_id == newer.pk
    assert fresh(page).has_unpublished_changes


@pytest.mark.parametrize(
    ("until", "reason", "error"),
    [
        (LONGER, " ", ReasonsMissing),
        (UNTIL, "เหตุผล", ProcedureError),
        (date(2029, 12, 1), "เหตุผล", ProcedureError),  # longer than the table allows
    ],
)
def test_what_cannot_be_asked(page, people, until, reason, error):
    with freeze_time(UP), pytest.raises(error):
        extensions.ask(
            page.published_request, by=people.officer, until=until, reason=reason
        )
    assert not Extension.objects.exists()


def offered(user, request):
    client = Client()
    client.force_login(user)
    review = reverse("govpub_publishing:review", args=[request.pk])
    address = reverse("govpub_upkeep_admin:extend", args=[request.pk])
    return address in client.get(review).content.decode()


def test_offered_only_where_it_can_be_asked(office, page, people):
    """Not for what the head has yet to confirm in writing, nor beside a newer one."""
    with freeze_time(UP):
        assert offered(people.officer, page.published_request)
        assert not offered(people.head, page.published_request)
        head = Appointment.objects.get(user=people.head)
        request = procedure.propose(
            draft_news(office, people.officer), by=people.officer
        )
        urgent.permit_verbally(
            request, by=people.webmaster, given_by=head, given_at=timezone.now()
        )
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
        request.refresh_from_db()
        assert not offered(people.officer, request)
        urgent.confirm(request, by=people.head)
        request.refresh_from_db()
        assert offered(people.officer, request)
        fresh(page).save_revision(user=people.officer)
        procedure.propose(fresh(page), by=people.officer)
        assert not offered(people.officer, page.published_request)
    with freeze_time(AFTER):
        assert not offered(people.officer, page.published_request)


def test_who_last_edited_it_does_not_allow_it(office, people):
    """As with the proposal itself: here head2 wrote what head then allowed."""
    Appointment.objects.create(
        site=office, user=people.head2, role=Role.OFFICER, position="x"
    )
    page = draft_news(office, people.officer)
    page.save_revision(user=people.head2)
    request = procedure.propose(fresh(page), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    until = timezone.localdate() + timedelta(days=90)
    request.refresh_from_db()
    extension = extensions.ask(request, by=people.officer, until=until, reason="ยังใช้อยู่")
    with pytest.raises(NotYourTurn):
        extensions.allow(extension, by=people.head2)
    extensions.allow(extension, by=people.head)


def test_only_once_at_a_time_and_not_by_the_head(page, asked, people):
    ask = {"until": LONGER, "reason": "เหตุผล"}
    with freeze_time(UP):
        with pytest.raises(AlreadyDecided):
            extensions.ask(asked.request, by=people.officer, **ask)
        with pytest.raises(NotYourTurn):
            extensions.ask(asked.request, by=people.head, **ask)


def test_not_beside_a_newer_version(page, people):
    with freeze_time(UP):
        draft = fresh(page)
        draft.summary = "ใหม่"
        draft.save_revision(user=people.officer)
        procedure.propose(fresh(page), by=people.officer)
        with pytest.raises(ProcedureError):
            extensions.ask(
                page.published_request, by=people.officer, until=LONGER, reason="x"
            )


@pytest.mark.parametrize("who", ["officer", "officer2", "webmaster", "superuser"])
def test_only_the_head_decides(asked, people, who):
    with freeze_time(UP):
        for act in (extensions.allow, extensions.refuse):
            with pytest.raises(NotYourTurn):
                act(asked, by=getattr(people, who), words="x")
    asked.refresh_from_db()
    assert asked.status == ExtensionStatus.ASKED


def test_decided_once_and_on_what_was_seen(asked, people):
    with freeze_time(UP):
        with pytest.raises(ContentChanged):
            extensions.allow(asked, by=people.head, seen="another")
        with pytest.raises(ReasonsMissing):
            extensions.refuse(asked, by=people.head, words="")
        extensions.refuse(asked, by=people.head, words="หมดความจำเป็น")
        with pytest.raises(AlreadyDecided):
            extensions.allow(asked, by=people.head2)


def test_the_head_and_then_the_officer_are_told(asked, people):
    told = OutboxMail.objects.filter(act__outcome=Outcome.EXTENSION_ASKED)
    assert people.head.pk in told.values_list("user", flat=True)
    with freeze_time(UP):
        extensions.refuse(asked, by=people.head, words="หมดความจำเป็น")
    told = OutboxMail.objects.filter(act__outcome=Outcome.EXTENSION_REFUSED)
    assert list(told.values_list("user", flat=True)) == [people.officer.pk]


# --- While the head has not decided -------------------------------------------------


def test_by_default_it_goes_down_and_comes_back_when_allowed(
    page, asked, people, client
):
    with freeze_time(AFTER):
        assert not seen(client, page)
        keep_periods()
        assert not fresh(page).live
        extensions.allow(asked, by=people.head)
        assert seen(client, page)
        assert list(examine()) == []
    assert PublicationRequest.objects.get(page=page.pk).status == "published"


def test_the_office_may_keep_it_up_for_30_days_at_most(office, page, people, client):
    keep_up(office)
    with freeze_time(UP):
        extensions.ask(
            page.published_request, by=people.officer, until=LONGER, reason="x"
        )
    with freeze_time(AFTER):
        keep_periods()
        assert seen(client, page)
        assert page.pk in NewsPage.objects.public().values_list("pk", flat=True)
    with freeze_time("2026-12-30 17:00:10"):  # 31 December in Bangkok
        assert not seen(client, page)
        assert not NewsPage.objects.public().filter(pk=page.pk).exists()
        keep_periods()
        assert not fresh(page).live


def test_refused_while_kept_up_it_goes_down(office, page, people, client):
    keep_up(office)
    with freeze_time(UP):
        extension = extensions.ask(
            page.published_request, by=people.officer, until=LONGER, reason="x"
        )
    with freeze_time(AFTER):
        extensions.refuse(extension, by=people.head, words="หมดความจำเป็น")
        assert not seen(client, page)


def test_taken_down_now_it_does_not_come_back(page, asked, people, client):
    with freeze_time(UP):
        take_down_now(
            page.published_request, by=people.webmaster, words="x", public_reason="y"
        )
        with pytest.raises(AlreadyDecided):
            extensions.allow(asked, by=people.head)
    asked.refresh_from_db()
    assert asked.status == ExtensionStatus.DROPPED
    assert not fresh(page).live


# --- The screens ----------------------------------------------------------------------


def login(user):
    client = Client()
    client.force_login(user)
    return client


@freeze_time(UP)
def test_asked_and_allowed_on_the_screens_with_thai_digits(page, people):
    request = page.published_request
    officer, head = login(people.officer), login(people.head)
    screen = reverse("govpub_upkeep_admin:extend", args=[request.pk])
    html = officer.get(screen).content.decode()
    assert "นำลงจากเว็บไซต์จนกว่าหัวหน้าหน่วยงานจะพิจารณา" in html
    wrong = officer.post(screen, {"until": "30/2/2570", "reason": "ยังใช้อยู่"})
    assert wrong.status_code == 422
    posted = {"until": "๓๑ มีนาคม ๒๕๗๐", "reason": "ยังใช้อยู่"}
    assert officer.post(screen, posted).status_code == 302
    extension = Extension.objects.get()
    assert extension.until == LONGER
    review = reverse("govpub_publishing:review", args=[request.pk])
    decide = reverse("govpub_upkeep_admin:extension", args=[extension.pk])
    assert decide in head.get(review).content.decode()
    html = head.get(decide).content.decode()
    assert "31 มีนาคม 2570" in html
    assert "decision" not in officer.get(decide).content.decode()
    digest = request.current_round.digest
    allowed = head.post(decide, {"decision": "allow", "seen": digest})
    assert allowed.status_code == 302
    assert fresh(page).publish_until == LONGER


@freeze_time(UP)
@pytest.mark.parametrize(
    "typed",
    [
        "31/03/2570",
        "31/3/2027",
        "2027-03-31",
        "๓๑/๐๓/๒๕๗๐",
        "31 มี.ค. 2570",
        "๓๑ มีนาคม ๒๐๒๗",
    ],
)
def test_the_day_may_be_typed_in_both_eras_and_digits(page, people, typed):
    request = page.published_request
    screen = reverse("govpub_upkeep_admin:extend", args=[request.pk])
    posted = {"until": typed, "reason": "ยังใช้อยู่"}
    assert login(people.officer).post(screen, posted).status_code == 302
    assert Extension.objects.get().until == LONGER


@freeze_time(UP)
def test_not_allowed_needs_reasons_on_the_screen(asked, people):
    decide = reverse("govpub_upkeep_admin:extension", args=[asked.pk])
    head = login(people.head)
    assert head.post(decide, {"decision": "refuse"}).status_code == 422
    posted = {"decision": "refuse", "words": "ไม่จำเป็น"}
    assert head.post(decide, posted).status_code == 302


# --- One version after another -----------------------------------------------------


@pytest.fixture
def replacement(page, people):
    """A new version from the day after the old one's last day."""
    with freeze_time(UP):
        draft = fresh(page)
        draft.summary = "ฉบับที่ใช้ต่อ"
        draft.publish_from = UNTIL + timedelta(days=1)
        draft.publish_until = LONGER
        draft.save_revision(user=people.officer)
        request = procedure.propose(fresh(page), by=people.officer)
        procedure.allow(request, by=people.head)
        return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)


def test_no_gap_and_no_overlap_even_without_the_scheduler(
    page, replacement, client, office
):
    with freeze_time("2026-11-30 16:59:59"):  # 23:59:59 in Bangkok
        html = client.get(page.url).content.decode()
        assert page.summary in html
        assert "ฉบับที่ใช้ต่อ" not in html
    with freeze_time("2026-11-30 17:00:00"):
        html = client.get(page.url).content.decode()
        assert "ฉบับที่ใช้ต่อ" in html
        assert page.summary not in html
        keep_periods()
        keep_periods()
    statuses = [
        request.status for request in PublicationRequest.objects.filter(page=page.pk)
    ]
    assert sorted(statuses) == [RequestStatus.PUBLISHED, RequestStatus.REPLACED]
    assert list(faults(office)) == []


def test_the_scheduler_puts_up_before_it_takes_down(page, replacement, client):
    with freeze_time("2026-11-30 17:00:00"):
        keep_periods()
        assert "ฉบับที่ใช้ต่อ" in client.get(page.url).content.decode()
