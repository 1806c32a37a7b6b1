"""The demo office, made once by its command, looked at from all sides."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from openpyxl import load_workbook

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import Attachment, CategoryPage, ItemPage, TopicPage
from govpub.evidence.board import State, board
from govpub.evidence.models import Checklist
from govpub.publishing.enums import Outcome, RequestStatus, Step
from govpub.publishing.models import Act, OutboxMail, PublicationRequest
from govpub.publishing.signals import act_recorded
from govpub.stats.models import DailyCount
from govpub.survey.models import Response
from govpub.upkeep.jobs import keep_periods
from home.demo import office
from home.demo.content import news
from home.demo.load import SECTIONS
from home.models import HomeSettings
from tests.conftest import build_offices

# One process of a parallel run plays the demo, once.
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def demo_root(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker, demo_root):
    """The whole demo, once for the module; rolled back at its end."""
    here = override_settings(
        DEBUG=True, VAR_DIR=demo_root / "var", MEDIA_ROOT=demo_root / "var" / "media"
    )
    with django_db_blocker.unblock():
        build_offices()
    with django_db_blocker.unblock(), here, transaction.atomic():
        call_command("demo", no_serve=True)
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(autouse=True)
def media_root(settings, demo_root):
    settings.DEBUG = True
    settings.VAR_DIR = demo_root / "var"
    settings.MEDIA_ROOT = demo_root / "var" / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def requests(site):
    return PublicationRequest.objects.filter(site=site)


def contents():
    return [item for items in SECTIONS.values() for item in items]


def everything_counted():
    return {
        model: model.objects.count()
        for model in (
            Page,
            PublicationRequest,
            Act,
            Attachment,
            get_document_model(),
            get_image_model(),
            Response,
            DailyCount,
        )
    }


def test_there_are_many_public_pages_in_all_categories(site):
    public = ItemPage.objects.public().descendant_of(site.root_page)
    assert public.count() >= 36
    for category in CategoryPage.objects.child_of(site.root_page):
        if category.number != Category.STATISTICS:
            assert public.descendant_of(category).exists(), category


def test_each_of_the_ten_topics_says_something(site):
    public = ItemPage.objects.public()
    topics = TopicPage.objects.descendant_of(site.root_page)
    assert topics.count() == len(GeneralTopic)
    assert all(public.descendant_of(topic).exists() for topic in topics)


def test_every_state_of_the_procedure_occurs(requests):
    assert set(requests.values_list("status", flat=True)) == set(RequestStatus.values)


def test_some_drafts_were_never_proposed(site, requests):
    proposed = requests.values("page")
    drafts = ItemPage.objects.descendant_of(site.root_page).exclude(pk__in=proposed)
    assert drafts.count() == 2
    assert not drafts.filter(live=True).exists()


def test_second_rounds_wait_and_were_published(requests):
    second = requests.filter(rounds__number=2)
    assert second.filter(status=RequestStatus.PROPOSED).exists()
    assert second.filter(status=RequestStatus.PUBLISHED).exists()


def test_everybody_acted_in_his_own_role(db):
    acted = {
        step: set(
            Act.objects.filter(step=step).values_list("user__username", flat=True)
        )
        for step in Step
    }
    webmasters = {"webmaster", "webmaster2"}
    assert acted[Step.PROPOSE] == {"officer", "officer2"}
    assert acted[Step.CONSIDER] == {"head", "acting_head"}
    assert acted[Step.PUT_UP] == webmasters
    for step in (Step.TELL_BACK, Step.KEEP, Step.TAKE_DOWN):
        assert acted[step] and acted[step] <= webmasters


def test_refusals_and_returns_have_reasons(db):
    refused = Act.objects.filter(outcome=Outcome.REFUSED)
    assert refused.count() >= 3
    assert not refused.filter(words="").exists()


def test_running_it_again_adds_nothing(db):
    before = everything_counted()
    call_command("demo", no_serve=True)
    assert everything_counted() == before


def test_every_public_page_answers(site, client):
    places = [site.root_page.specific]
    places += CategoryPage.objects.child_of(site.root_page)
    places += TopicPage.objects.descendant_of(site.root_page)
    places += ItemPage.objects.public().descendant_of(site.root_page)
    wrong = {
        page.url: status
        for page in places
        if (status := client.get(page.url).status_code) != 200
    }
    assert wrong == {}


def test_nothing_else_is_shown(site, client):
    items = ItemPage.objects.descendant_of(site.root_page)
    hidden = items.exclude(pk__in=ItemPage.objects.public())
    assert hidden.count() >= 11
    shown = [client.get(page.url) for page in hidden]
    # What was public once leaves a notice behind; of the rest there is nothing.
    assert {response.status_code for response in shown} == {200, 404}
    for page, response in zip(hidden, shown, strict=True):
        assert not page.summary or page.summary not in response.content.decode()


def test_public_files_are_handed_out_as_what_they_are(site, client):
    public = ItemPage.objects.public().descendant_of(site.root_page)
    kinds = set()
    for attachment in Attachment.objects.filter(page__in=public):
        response = client.get(attachment.document.url)
        assert response.status_code == 200
        head = b"".join(response)[:4]
        kind = attachment.document.file_extension
        assert head == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[kind]
        kinds.add(kind)
    assert kinds == {"pdf", "xlsx"}


def test_the_file_of_a_proposal_is_not_handed_out(db, client):
    document = get_document_model().objects.get(file__contains="order")
    assert client.get(document.url).status_code == 404


def test_spreadsheets_hold_numbers_that_add_up(db):
    document = get_document_model().objects.get(file__endswith="action-plan.xlsx")
    with document.file.open("rb") as stream:
        page = load_workbook(stream).worksheets[0]
    *amounts, total = (row[4] for row in page.iter_rows(3, 11, values_only=True))
    assert all(isinstance(amount, int) for amount in amounts)
    assert sum(amounts) == total == 1_425_000


def test_pictures_are_of_both_kinds_and_described(site):
    names = [image.filename for image in get_image_model().objects.all()]
    assert {name.rpartition(".")[2] for name in names} == {"png", "jpg"}
    for item in contents():
        pictures = [block for block in item.body if hasattr(block, "alternative")]
        pictures += [item.picture] if item.picture else []
        assert all(len(picture.alternative) > 20 for picture in pictures)


def test_a_few_pages_are_there_in_english_beside_the_thai_ones(site, client):
    public = ItemPage.objects.public().descendant_of(site.root_page)
    english = public.filter(locale__language_code="en")
    assert english.count() == 3
    for page in english:
        (thai,) = page.public_translations
        assert page.slug == f"{thai.slug}-en"
        assert page.url in client.get(thai.url).content.decode()


def test_the_home_page_shows_the_no_gift_policy(site, client):
    banner = HomeSettings.for_site(site).public_banner()
    assert banner.title == news.NO_GIFT.title
    assert news.NO_GIFT.title in client.get(site.root_page.url).content.decode()


def test_what_ends_today_is_taken_down_by_the_scheduler_tomorrow(requests):
    last_day = requests.filter(publish_until=timezone.localdate())
    (request,) = last_day.filter(status=RequestStatus.PUBLISHED)
    with freeze_time(timezone.now() + timedelta(days=1)):
        keep_periods()
    request.refresh_from_db()
    assert request.status == RequestStatus.ENDED
    assert not Page.objects.get(pk=request.page_id).live


def test_visits_and_answers_were_counted(site):
    assert DailyCount.objects.filter(subject__site=site).exists()
    answers = Response.objects.filter(round__site=site)
    assert answers.filter(round__status="open").count() == 46
    assert answers.filter(round__status="closed").count() == 38


def test_nobody_got_a_mail_and_mails_go_on_afterwards(db):
    assert getattr(mail, "outbox", []) == []
    assert not OutboxMail.objects.exists()
    assert act_recorded.has_listeners()


def test_there_is_no_real_person_in_it():
    text = repr(contents())
    title = r"(?:นาย|นาง|นางสาว|น\.ส\.|นพ\.|พญ\.|ดร\.)"
    assert re.findall(rf"(?<![ก-๛]){title}\s?[ก-ฮเ-ไ]", text) == []
    assert set(re.findall(r"[\w.]+@([\w.]+)", text)) == {"example.com"}
    phones = re.findall(r"\b0[ -]?\d{4}[ -]?\d{4}\b|\b0\d[ -]?\d{3}[ -]?\d{4}\b", text)
    assert phones and all(phone.startswith("0 2000 00") for phone in phones)
    assert re.findall(r"\d{13}", text) == []


def test_it_refuses_to_run_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="production"):
        call_command("demo", no_serve=True)


def test_the_board_shows_every_state_and_its_export_is_read_back(site, client):
    checklist = Checklist.objects.get(site=site)
    address = reverse("govpub_evidence_admin:board_of", args=[checklist.pk])
    client.force_login(get_user_model().objects.get(username="officer"))
    content = client.get(address).content.decode()
    for state in State:
        assert f"gp-mark--{state.value}" in content, state
    rows = [row for row in board(checklist) if row.shown]
    sheet = load_workbook(BytesIO(client.get(address, {"format": "xlsx"}).content))
    lines = list(sheet.active.iter_rows(min_row=2, values_only=True))
    pieces = [(row, found) for row in rows for found in row.shown]
    assert len(lines) == len(pieces) > 20
    for line, (row, found) in zip(lines, pieces, strict=True):
        code, title, _quarter, address, form, explanation = line
        assert (code, title, address) == (row.item.code, row.item.title, found.address)
        assert explanation.startswith("หน้าแรก > ")
        # An assessor opens the page and its form without signing in.
        client.logout()
        assert client.get(urlsplit(address).path).status_code == 200, address
        assert client.get(urlsplit(form).path).status_code == 200, form


def test_assessors_see_the_evidence_of_the_year(site, client):
    checklist = Checklist.objects.get(site=site)
    content = client.get(f"/evidence/{checklist.fiscal_year}/").content.decode()
    assert "ทำเนียบผู้บริหาร" in content and "MOIT 2 ข้อ 1.1" in content


def test_addresses_on_paper_lead_to_this_machine(site):
    site.hostname = "localhost"
    office.describe(site, 8123)
    assert site.root_url == "http://localhost:8123"
    site.hostname = "office.example"
    office.describe(site, 80)
    assert site.port == 8123  # somebody's own address stays as it is
