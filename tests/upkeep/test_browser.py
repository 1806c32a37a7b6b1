"""The screens of upkeep and what the public sees afterwards, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import Site

from govpub.categories import link_checks
from govpub.categories.models import NewsPage
from govpub.categories.probe import Answer
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import PublicationRequest
from govpub.upkeep import extensions
from govpub.upkeep.actions import verify
from govpub.upkeep.models import EndKind, UpkeepSettings
from govpub.upkeep.takedown import take_down_now
from tests.drafts import draft_news

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def publish(browser_page, office, people):
    Site.objects.filter(hostname="localhost").delete()
    UpkeepSettings.objects.filter(site=office).update(keep_files=True)

    def publish(title):
        until = timezone.localdate() + timedelta(days=300)
        page = draft_news(office, people.officer, title=title, publish_until=until)
        document = get_document_model().objects.create(
            title="ประกาศฉบับลงนาม", file=ContentFile(b"x", name="signed.txt")
        )
        page.attachments.create(document=document)
        page.save_revision(user=people.officer)
        page = NewsPage.objects.get(pk=page.pk)
        request = procedure.propose(page, by=people.officer)
        procedure.allow(request, by=people.head)
        return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)

    return publish


def end(request, people, kind=EndKind.TAKEN_DOWN):
    take_down_now(
        request,
        by=people.webmaster,
        words="พบข้อมูลส่วนบุคคล",
        public_reason="มีข้อมูลส่วนบุคคลของผู้สมัคร จึงนำออกเพื่อคุ้มครองเจ้าของข้อมูล",
        kind=kind,
    )


def path_of(request):
    return urlsplit(request.page.url).path


def faults_of(window, addresses, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for address in addresses:
        window.goto(address)
        if window.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} is wider than {width}")
        result = axe.run(window, options=RULES)
        if result.violations_count:
            found.append(f"{address}\n{result.generate_report()}")
    return "\n".join(found)


@pytest.mark.parametrize("width", [360, 1280])
def test_screens_of_the_webmaster(
    browser_page, publish, people, client, live_server, width
):
    due, asked, ended = (publish(f"ประกาศเรื่องที่ {number}") for number in "๑๒๓")
    late = timezone.localdate() - timedelta(days=3)
    PublicationRequest.objects.filter(pk__in=[due.pk, asked.pk]).update(verify_by=late)
    for _ in range(3):
        address = "https://dead.example/an-address-that-is-rather-long/" + "x" * 60
        link_checks.remember(due.page_id, address, Answer(False, "HTTP 404"))
    answers = {"accurate": False, "complete": True, "current": True}
    verify(asked, by=people.webmaster, answers=answers, words="หมายเลขโทรศัพท์เปลี่ยนแล้ว")
    until = asked.publish_until + timedelta(days=60)
    extension = extensions.ask(
        asked, by=people.officer, until=until, reason="ยังรับสมัครอยู่"
    )
    end(ended, people)
    window = browser_page(width)
    client.force_login(people.webmaster)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    window.context.add_cookies([{**cookie, "url": live_server.url}])
    name = "govpub_upkeep_admin:"
    addresses = [
        reverse(name + "queue"),
        *(reverse(name + one, args=[due.pk]) for one in ("verify", "extend")),
        reverse(name + "take_down", args=[due.pk]),
        reverse(name + "documents", args=[ended.pk]),
        reverse(name + "extension", args=[extension.pk]),
        "/admin/",  # with the red banner: no scheduler has run
    ]
    assert faults_of(window, addresses, width) == ""


@pytest.mark.parametrize("width", [360, 1280])
def test_what_the_public_sees_after_the_end(browser_page, publish, people, width):
    ended, removed = publish("ประกาศที่สิ้นสุด"), publish("ประกาศที่ลบออก")
    end(ended, people)
    end(removed, people, EndKind.REMOVED)
    window = browser_page(width)
    addresses = [
        path_of(ended),
        path_of(removed),
        reverse("govpub_upkeep:archive"),
    ]
    assert faults_of(window, addresses, width) == ""
    window.goto(path_of(ended))
    assert window.get_by_role("link", name="ประกาศฉบับลงนาม").is_visible()
