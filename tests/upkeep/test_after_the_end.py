"""After the end the address keeps answering: notice, evidence, removal, archive."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import Page

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.ledger import faults
from govpub.publishing.models import LedgerEntry
from govpub.publishing.review_notices import notices_for
from govpub.upkeep.endings import evidence_date
from govpub.upkeep.jobs import keep_periods
from govpub.upkeep.models import (
    AssessmentDate,
    Ending,
    EndKind,
    RetentionRule,
    UpkeepSettings,
)
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

TOPIC = "ประกาศผลการคัดเลือก"
SECRET = "เนื้อความที่ไม่แสดงแล้ว"
UP, AFTER = "2026-11-20 03:00", "2026-12-01 03:00"
UNTIL = date(2026, 11, 30)


def put_up(page, people):
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)


def published(office, people, **fields):
    with freeze_time(UP):
        values = {"title": TOPIC, "summary": SECRET, "publish_until": UNTIL, **fields}
        page = draft_news(office, people.officer, **values)
        document = get_document_model().objects.create(
            title="เอกสารแนบ", file=ContentFile(b"kept", name="kept.txt")
        )
        page.attachments.create(document=document)
        page.save_revision(user=people.officer)
        page = NewsPage.objects.get(pk=page.pk)
        request = put_up(page, people)
    page.document, page.dossier = document, request
    return page


@pytest.fixture
def page(office, people):
    cache.clear()
    return published(office, people)


def keep(office, **choices):
    UpkeepSettings.objects.filter(site=office).update(**choices)


@pytest.mark.parametrize("scheduler", ["stands still", "has run"])
def test_a_dated_notice_in_its_place(page, client, scheduler):
    with freeze_time(AFTER):
        if scheduler == "has run":
            keep_periods()
        response = client.get(page.url)
    html = response.content.decode()
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert TOPIC in html
    assert "30 พฤศจิกายน 2569" in html
    assert page.dossier.code in html
    assert page.dossier.section in html
    assert SECRET not in html
    assert page.document.filename not in html


def test_what_was_never_public_is_not_found(office, people, client):
    page = draft_news(office, people.officer)
    assert client.get(page.get_url()).status_code == 404
    procedure.propose(page, by=people.officer)
    assert client.get(page.get_url()).status_code == 404


def test_apps_add_a_link_to_the_notice(page, client):
    def form(request):
        return f"/forms/{request.fiscal_year}/{request.number}/", "แบบฟอร์มคำขอ"

    with (
        freeze_time(AFTER),
        hooks.register_temporarily("register_govpub_notice_link", form),
    ):
        html = client.get(page.url).content.decode()
    assert f'href="/forms/{page.dossier.fiscal_year}/{page.dossier.number}/"' in html


# --- Evidence -------------------------------------------------------------------


def test_documents_stay_reachable_until_the_evidence_date(page, office, client):
    keep(office, keep_files=True)
    with freeze_time(AFTER):
        assert client.get(page.document.url).status_code == 200  # no scheduler yet
        keep_periods()
        html = client.get(page.url).content.decode()
        assert page.document.url in html
        assert "30 กันยายน 2571" in html
        assert Ending.objects.get().keep_files_until == date(2028, 9, 30)
    with freeze_time("2028-09-30 16:59:50"):  # 23:59:50 in Bangkok
        assert client.get(page.document.url).status_code == 200
    with freeze_time("2028-09-30 17:00:10"):
        assert client.get(page.document.url).status_code == 404
        assert page.document.url not in client.get(page.url).content.decode()


def test_the_table_says_for_how_many_years_documents_of_a_kind_stay(page, office):
    RetentionRule.objects.filter(site=office, category="8", kind="").update(
        keep_files_years=0
    )
    UpkeepSettings.objects.filter(site=office).update(keep_files=True)
    request, last_day = page.dossier, date(2027, 3, 1)
    assert evidence_date(request, last_day) is None
    RetentionRule.objects.filter(site=office, category="8", kind="").update(
        keep_files_years=3
    )
    assert evidence_date(request, last_day) == date(2030, 9, 30)
    RetentionRule.objects.filter(site=office).update(keep_files_years=None)
    assert evidence_date(request, last_day) == date(2028, 9, 30)


def test_the_webmaster_sets_the_day_of_one_item(page, office, people, client):
    with freeze_time(AFTER):
        keep_periods()
        ending = Ending.objects.get(request=page.dossier)
        assert ending.keep_files_until is None
        screen = reverse("govpub_upkeep_admin:documents", args=[ending.request_id])
        posted = {"until": "๓๐ กันยายน ๒๕๗๒", "words": "ผู้ประเมินขอดูย้อนหลัง"}
        webmaster, officer = Client(), Client()
        webmaster.force_login(people.webmaster)
        officer.force_login(people.officer)
        assert officer.post(screen, posted).status_code == 422
        assert webmaster.get(screen).status_code == 200
        no_reason = webmaster.post(screen, {**posted, "words": " "})
        assert no_reason.status_code == 422
        past = webmaster.post(screen, {**posted, "until": "1/1/2560"})
        assert past.status_code == 422
        ending.refresh_from_db()
        assert ending.keep_files_until is None
        assert webmaster.post(screen, posted).status_code == 302
        ending.refresh_from_db()
        assert ending.keep_files_until == date(2029, 9, 30)
        html = client.get(page.url).content.decode()
        document = page.document
        assert document.url in html
        assert client.get(document.url).status_code == 200
        written = LedgerEntry.objects.filter(site=office, action="ending.documents")
        assert written.get().data["until"] == "2029-09-30"
        assert list(faults(office)) == []
        assert webmaster.post(screen, {**posted, "until": ""}).status_code == 302
        assert client.get(document.url).status_code == 404


def test_nobody_is_asked_to_rate_what_is_not_there_any_more(page, client):
    assert "rate-this-page" in client.get(page.url).content.decode()
    with freeze_time(AFTER):
        assert "rate-this-page" not in client.get(page.url).content.decode()


def test_a_later_draft_does_not_let_its_own_files_out(page, office, people, client):
    keep(office, keep_files=True)
    with freeze_time(AFTER):
        keep_periods()
        unapproved = get_document_model().objects.create(
            title="ร่าง", file=ContentFile(b"draft", name="draft.txt")
        )
        draft = NewsPage.objects.get(pk=page.pk)
        draft.attachments.create(document=unapproved)
        draft.save()  # as the editor saves a page that is not live
        draft.save_revision(user=people.officer)
        assert client.get(unapproved.url).status_code == 404
        assert client.get(page.document.url).status_code == 200


# --- Removed, replaced ------------------------------------------------------------


def test_removed_says_why_and_nothing_else(page, office, client):
    keep(office, keep_files=True)
    with freeze_time(AFTER):
        keep_periods()
        Ending.objects.update(kind=EndKind.REMOVED, public_reason="มีข้อมูลส่วนบุคคล")
        response = client.get(page.url)
        html = response.content.decode()
        assert response.status_code == 410
        assert "มีข้อมูลส่วนบุคคล" in html
        assert TOPIC not in html
        assert SECRET not in html
        assert client.get(page.document.url).status_code == 404
        assert (
            TOPIC not in client.get(reverse("govpub_upkeep:archive")).content.decode()
        )


def test_leads_to_its_successor_while_that_is_public(page, office, people, client):
    with freeze_time(AFTER):
        keep_periods()
        newer = draft_news(office, people.officer, publish_until=date(2026, 12, 31))
        put_up(newer, people)
        Ending.objects.update(successor=newer.pk)
        response = client.get(page.url)
        assert response.status_code == 302
        assert newer.get_url().endswith(response["Location"])
    with freeze_time("2027-01-01 03:00"):
        assert client.get(page.url).status_code == 200


# --- The archive ------------------------------------------------------------------


def test_the_archive_goes_by_the_fiscal_year_of_the_last_day(office, people, client):
    last = published(office, people, title="สิ้นปี", publish_until=date(2027, 9, 30))
    first = published(office, people, title="ต้นปี", publish_until=date(2027, 10, 1))
    with freeze_time("2027-10-02 03:00"):
        keep_periods()  # both taken down in the new fiscal year
        old = client.get(reverse("govpub_upkeep:archive_year", args=[2570]))
        new = client.get(reverse("govpub_upkeep:archive_year", args=[2571]))
        assert last.title in old.content.decode()
        assert first.title not in old.content.decode()
        assert first.title in new.content.decode()
        newest = client.get(reverse("govpub_upkeep:archive"))
        assert first.title in newest.content.decode()


def test_the_archive_has_pages_and_needs_no_scheduler(office, people, client):
    for number in range(31):
        published(office, people, title=f"ประกาศฉบับที่ {number}-")
    with freeze_time(AFTER):
        archive = reverse("govpub_upkeep:archive_year", args=[2570])
        first = client.get(archive).content.decode()
        second = client.get(archive, {"page": 2}).content.decode()
        assert (first + second).count("ประกาศฉบับที่") == 31
        assert second.count("ประกาศฉบับที่") == 1
        assert client.get(archive, {"page": "nonsense"}).status_code == 200


@pytest.mark.parametrize("year", ["2500", "99999", "2571"])
def test_years_without_anything_are_not_found(page, client, year):
    assert client.get(f"/archive/{year}/").status_code == 404


def test_an_empty_archive_says_so(office, client):
    assert client.get(reverse("govpub_upkeep:archive")).status_code == 200


def test_another_office_s_archive_is_its_own(page, second_office):
    other = Client(headers={"host": second_office.hostname})
    with freeze_time(AFTER):
        assert TOPIC not in other.get("/archive/").content.decode()


def test_what_is_public_again_is_not_in_the_archive(page, people, client):
    with freeze_time(AFTER):
        keep_periods()
        again = NewsPage.objects.get(pk=page.pk)
        again.publish_until = date(2027, 1, 31)
        again.save_revision(user=people.officer)
        put_up(NewsPage.objects.get(pk=page.pk), people)
        assert SECRET in client.get(page.url).content.decode()
        assert TOPIC not in client.get("/archive/").content.decode()


# --- The assessment ---------------------------------------------------------------


def test_the_dates_we_know_are_written_once(office, second_office):
    assert AssessmentDate.objects.filter(site=office, fiscal_year=2567).count() == 2
    assert not AssessmentDate.objects.exclude(fiscal_year=2567).exists()


def test_both_are_warned_when_the_period_ends_before_the_assessment(office, people):
    AssessmentDate.objects.create(
        site=office, fiscal_year=2570, day=date(2027, 9, 10), label="รอบที่สอง"
    )
    with freeze_time(UP):
        page = draft_news(office, people.officer, publish_until=date(2027, 9, 9))
        request = procedure.propose(page, by=people.officer)
        round_ = request.current_round
        [notice] = notices_for(people.head, [round_])[round_.pk]
        assert "รอบที่สอง" in str(notice.title)
        page = draft_news(office, people.officer, publish_until=date(2027, 9, 10))
        round_ = procedure.propose(page, by=people.officer).current_round
        assert notices_for(people.head, [round_])[round_.pk] == []


def test_the_officer_reads_the_warning_after_proposing(office, people):
    AssessmentDate.objects.create(
        site=office, fiscal_year=2570, day=date(2027, 9, 10), label="รอบที่สอง"
    )
    from django.contrib.messages import get_messages
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.test import RequestFactory

    from govpub.upkeep.warnings import warn_who_proposed

    with freeze_time(UP):
        page = draft_news(office, people.officer, publish_until=date(2027, 9, 9))
        procedure.propose(page, by=people.officer)
        request = RequestFactory().post("/")
        request.session = {}
        request._messages = FallbackStorage(request)
        warn_who_proposed(request, Page.objects.get(pk=page.pk).specific)
    assert any("รอบที่สอง" in str(message) for message in get_messages(request))
