"""Take-down now: it wins against schedules, locks and reviews, and takes all along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from wagtail.documents import get_document_model
from wagtail.models import Page, WorkflowState

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.enums import Outcome, RequestStatus
from govpub.publishing.exceptions import AlreadyDecided, NotYourTurn, ReasonsMissing
from govpub.publishing.ledger import faults
from govpub.publishing.models import PublicationRequest
from govpub.upkeep import caches
from govpub.upkeep.jobs import keep_periods
from govpub.upkeep.models import EndKind
from govpub.upkeep.takedown import reach_of, remove, take_down_now
from tests.drafts import category, draft_news, published_news
from tests.upkeep.front_cache import forgotten

pytestmark = pytest.mark.django_db

WORDS = {"words": "พบเลขบัตรประชาชน", "public_reason": "อยู่ระหว่างตรวจสอบความถูกต้อง"}


@pytest.fixture
def webmaster(people):
    client = Client()
    client.force_login(people.webmaster)
    return client


@pytest.fixture
def page(office, people):
    return published_news(office, people)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def newer_version(page, people, **fields):
    draft = fresh(page)
    for name, value in {"summary": "ฉบับใหม่", **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.officer)
    return procedure.propose(fresh(page), by=people.officer)


def test_needs_the_webmaster_and_both_reasons(page, people, client):
    request = page.published_request
    with pytest.raises(NotYourTurn):
        take_down_now(request, by=people.officer, **WORDS)
    for missing in WORDS:
        with pytest.raises(ReasonsMissing):
            take_down_now(request, by=people.webmaster, **{**WORDS, missing: " \u200b"})
    assert page.summary in client.get(page.url).content.decode()


def test_the_public_reads_only_the_explanation(office, page, people, client):
    take_down_now(page.published_request, by=people.webmaster, **WORDS)
    html = client.get(page.url).content.decode()
    assert WORDS["public_reason"] in html
    assert WORDS["words"] not in html
    assert page.summary not in html
    act = PublicationRequest.objects.get(page=page.pk).acts.last()
    assert (act.outcome, act.words) == (Outcome.TAKEN_DOWN, WORDS["words"])
    assert act.position
    assert list(faults(office)) == []


def test_the_second_is_told_that_it_is_done(page, people):
    request = page.published_request
    take_down_now(request, by=people.webmaster, **WORDS)
    with pytest.raises(AlreadyDecided):
        take_down_now(request, by=people.webmaster, **WORDS)


@pytest.mark.parametrize("stage", ["proposed", "allowed", "refused", "scheduled"])
def test_no_version_under_way_comes_back_after_it(office, page, people, client, stage):
    old = page.published_request
    tomorrow = timezone.localdate() + timedelta(days=1)
    newer = newer_version(page, people, publish_from=tomorrow)
    if stage == "refused":
        procedure.refuse(newer, by=people.head, words="ไม่ครบ")
    elif stage != "proposed":
        procedure.allow(newer, by=people.head)
    if stage == "scheduled":
        procedure.put_up(newer, by=people.webmaster, checks=ALL_CHECKED)
    take_down_now(old, by=people.webmaster, **WORDS)
    newer.refresh_from_db()
    assert newer.status == RequestStatus.ENDED
    assert newer.acts.last().outcome == Outcome.STOPPED
    assert not WorkflowState.objects.active().for_instance(fresh(page)).exists()
    with freeze_time(timezone.now() + timedelta(days=2)):
        keep_periods()
        assert not fresh(page).live
        assert "ฉบับใหม่" not in client.get(page.url).content.decode()
    assert list(faults(office)) == []


def test_one_that_waits_for_its_day_can_be_stopped(office, people):
    day = timezone.localdate() + timedelta(days=3)
    page = draft_news(office, people.officer, publish_from=day)
    request = procedure.propose(page, by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    take_down_now(request, by=people.webmaster, **WORDS)
    with freeze_time(timezone.now() + timedelta(days=4)):
        keep_periods()
    assert not fresh(page).live


def test_a_lock_of_the_editor_does_not_hold_it_up(page, people):
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=people.officer)
    take_down_now(page.published_request, by=people.webmaster, **WORDS)
    assert not fresh(page).live


def test_pages_below_go_along(page, people):
    plain = fresh(page).add_child(
        instance=Page(title="หน้าธรรมดา", slug="plain", live=True)
    )
    assert [found.pk for found in reach_of(page.published_request).pages] == [plain.pk]
    take_down_now(page.published_request, by=people.webmaster, **WORDS)
    assert not Page.objects.get(pk=plain.pk).live


def test_files_are_listed_and_shared_ones_stay(office, people, client):
    files = [
        get_document_model().objects.create(
            title=name, file=ContentFile(b"x", name=f"{name}.txt")
        )
        for name in ("own", "shared")
    ]
    requests = []
    for attached in (files, files[1:]):
        page = draft_news(office, people.officer, title=f"ใช้ {len(attached)} ไฟล์")
        for file in attached:
            page.attachments.create(document=file)
        page.save_revision(user=people.officer)
        request = procedure.propose(fresh(page), by=people.officer)
        procedure.allow(request, by=people.head)
        requests.append(
            procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
        )
    reach = reach_of(requests[0])
    assert reach.files == files
    assert list(reach.shared) == files[1:]
    take_down_now(requests[0], by=people.webmaster, **WORDS)
    assert [client.get(file.url).status_code for file in files] == [404, 200]


def test_bringing_it_back_means_a_new_proposal(page, people):
    take_down_now(page.published_request, by=people.webmaster, **WORDS)
    request = procedure.propose(fresh(page), by=people.officer)
    assert request.status == RequestStatus.PROPOSED
    assert PublicationRequest.objects.filter(page=page.pk).count() == 2


def test_removed_also_after_it_has_ended(page, people, client):
    request = page.published_request
    take_down_now(request, by=people.webmaster, **WORDS)
    assert f"/forms/{request.fiscal_year}/" in client.get(page.url).content.decode()
    remove(request, by=people.webmaster, **WORDS)
    response = client.get(page.url)
    assert response.status_code == 410
    assert page.title not in response.content.decode()
    assert request.acts.last().outcome == Outcome.REMOVED
    form = f"/forms/{request.fiscal_year}/{request.number}/"
    assert client.get(form).status_code == 404
    assert client.get(f"{form.rstrip('/')}.pdf").status_code == 404


def test_whole_cached_pages_are_forgotten(
    page, people, settings, django_capture_on_commit_callbacks
):
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    client = Client()
    assert page.summary in client.get(page.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        take_down_now(page.published_request, by=people.webmaster, **WORDS)
    assert page.summary not in client.get(page.url).content.decode()
    cache.clear()


@pytest.fixture
def front_cache(settings, monkeypatch):
    """The office's cache in front of the website, as Wagtail's app would tell it."""
    monkeypatch.setattr(caches.apps, "is_installed", lambda name: True)
    settings.WAGTAILFRONTENDCACHE = {
        "front": {"BACKEND": "tests.upkeep.front_cache.NotingBackend"}
    }
    forgotten.clear()
    return forgotten


def test_the_cache_in_front_forgets_the_page_its_lists_and_its_files(
    office, people, front_cache, django_capture_on_commit_callbacks
):
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"x", name="a.txt")
    )
    draft = draft_news(office, people.officer)
    draft.attachments.create(document=document)
    draft.save_revision(user=people.officer)
    request = procedure.propose(fresh(draft), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    page = fresh(draft)
    with django_capture_on_commit_callbacks(execute=True):
        take_down_now(page.published_request, by=people.webmaster, **WORDS)
    root = office.root_url
    wanted = {
        page.full_url,
        category(office, 8).full_url,
        f"{root}/",
        root + reverse("govpub_categories:news_feed"),
        root + reverse("govpub_categories:sitemap"),
        root + reverse("govpub_upkeep:archive"),
        root + document.url,
    }
    assert wanted <= set(front_cache)


def test_the_cache_in_front_forgets_also_what_the_scheduler_took_down(
    page, front_cache, django_capture_on_commit_callbacks
):
    after = timezone.now() + timedelta(days=400)
    with freeze_time(after), django_capture_on_commit_callbacks(execute=True):
        keep_periods()
    assert page.full_url in front_cache


def test_a_cache_that_does_not_answer_stops_no_take_down(
    page, people, settings, front_cache, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {
        "front": {"BACKEND": "tests.upkeep.front_cache.DeadBackend"}
    }
    with django_capture_on_commit_callbacks(execute=True):
        take_down_now(page.published_request, by=people.webmaster, **WORDS)
    assert not type(page).objects.get(pk=page.pk).live


# --- The screen -------------------------------------------------------------------


def test_the_screen_lists_first_and_then_acts(page, webmaster, people):
    request = page.published_request
    newer = newer_version(page, people)
    screen = reverse("govpub_upkeep_admin:take_down", args=[request.pk])
    html = webmaster.get(screen).content.decode()
    assert page.title in html
    assert newer.code in html
    response = webmaster.post(screen, {"words": "เหตุผล", "kind": EndKind.TAKEN_DOWN})
    assert response.status_code == 422
    assert "เหตุผล" in response.content.decode()
    assert fresh(page).live
    posted = {**WORDS, "kind": EndKind.REMOVED}
    assert webmaster.post(screen, posted).status_code == 302
    assert not fresh(page).live
    assert request.ending.kind == EndKind.REMOVED


def test_nobody_else_uses_the_screen(page, people):
    screen = reverse("govpub_upkeep_admin:take_down", args=[page.published_request.pk])
    client = Client()
    client.force_login(people.officer)
    posted = {**WORDS, "kind": EndKind.REMOVED}
    assert client.post(screen, posted).status_code == 422
    assert fresh(page).live
