"""The story of the announcement, played by four people and a citizen in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from govpub.categories.models import NewsPage
from govpub.publishing.models import Act
from govpub.survey.models import Response
from govpub.thai.dates import thai_date
from tests.drafts import category

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOPIC = "ประกาศกำหนดวันฉีดวัคซีนไข้หวัดใหญ่"
REASON = "ขาดสถานที่ให้บริการ"


@pytest.fixture(autouse=True)
def no_autosave(settings):
    """A draft saved by itself at the moment of a click would be a second one."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0


@pytest.fixture
def window(browser_page, people):
    """Opens a browser window in which the named person is logged in."""
    for name in ("officer", "head", "webmaster"):
        user = getattr(people, name)
        user.set_password("x")
        user.save()

    def open_window(name: str, width: int = 1280):
        page = browser_page(width)
        page.goto("/admin/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", "x")
        page.click("main button[type=submit], form button[type=submit]")
        page.wait_for_url(re.compile("/admin/$"))
        return page

    return open_window


def open_tab(page, number):
    """The tabs answer only once the editor's scripts have started."""
    for _ in range(30):
        page.get_by_role("tab").nth(number).click()
        if page.locator("[name=kind]").is_visible():
            return
        page.wait_for_timeout(500)


def open_waiting_request(page):
    """From the dashboard to the request that waits for this person."""
    page.goto("/admin/")
    page.get_by_role("link", name=TOPIC).first.click()


def test_the_whole_procedure(browser_page, window, office):
    officer, head, webmaster = (
        window("officer"),
        window("head", 360),
        window("webmaster"),
    )
    citizen = browser_page(360)
    news = category(office, 8)

    # 1. The officer fills in the form and proposes.
    officer.goto(f"/admin/pages/add/govpub_categories/newspage/{news.pk}/")
    officer.fill("[name=title]", TOPIC)
    officer.fill("[name=summary]", "ฉีดวัคซีนให้กลุ่มเสี่ยงโดยไม่มีค่าใช้จ่าย")
    until = timezone.localdate() + timedelta(days=30)
    officer.fill("[name=publish_until]", thai_date(until, style="numeric"))
    officer.keyboard.press("Escape")
    open_tab(officer, 1)
    officer.select_option("[name=kind]", "news")
    officer.get_by_role("button", name="เสนอขอเผยแพร่").click()
    officer.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    page = NewsPage.objects.get()
    assert page.publish_until == until
    assert not page.live

    # 2. The head does not allow it, with a reason.
    open_waiting_request(head)
    head.get_by_role("button", name="ไม่อนุญาต").click()
    assert "โปรดระบุเหตุผล" in head.locator(".gp-problem").inner_text()
    head.fill("[name=words]", REASON)
    head.get_by_role("button", name="ไม่อนุญาต").click()

    # 3. The Web Master passes the reasons back.
    open_waiting_request(webmaster)
    assert REASON in webmaster.inner_text("main")
    webmaster.get_by_role("button", name="แจ้งเหตุผลกลับไปยังเจ้าหน้าที่").click()

    # The officer corrects it and starts again from step 1.
    open_waiting_request(officer)
    assert REASON in officer.inner_text("main")
    officer.get_by_role("link", name="แก้ไขแล้วเสนออีกครั้ง").click()
    officer.fill("[name=summary]", "ฉีดวัคซีนที่โรงพยาบาลส่งเสริมสุขภาพตำบลทุกแห่ง")
    officer.get_by_role("button", name="เสนอขอเผยแพร่").click()
    officer.wait_for_load_state()
    assert Act.objects.filter(outcome="proposed").count() == 2

    # The head allows it, the Web Master puts it up.
    open_waiting_request(head)
    head.get_by_role("button", name="ทราบ / อนุญาตเผยแพร่").click()
    head.wait_for_load_state()
    assert not NewsPage.objects.get().live
    open_waiting_request(webmaster)
    for check in ("ถูกต้อง", "ครบถ้วน", "เป็นปัจจุบัน"):
        webmaster.get_by_label(check, exact=True).check()
    webmaster.get_by_role("button", name="นำขึ้นเว็บไซต์").click()
    webmaster.wait_for_load_state()

    # A citizen reads it and rates the website.
    citizen.goto("/news/")
    citizen.get_by_role("link", name=TOPIC).first.click()
    assert "โรงพยาบาลส่งเสริมสุขภาพตำบลทุกแห่ง" in citizen.inner_text("main")
    address = citizen.url
    citizen.goto("/statistics/survey/")
    citizen.wait_for_timeout(3000)
    citizen.get_by_role("radio", name=re.compile("มากที่สุด")).first.check(force=True)
    citizen.locator("main form button[type=submit]").last.click()
    citizen.wait_for_url(re.compile("/statistics/survey/thanks/"))
    assert Response.objects.get().status == "counted"

    # Its period ends: it is gone at once, and the scheduler closes the request.
    with freeze_time(timezone.now() + timedelta(days=31), tick=True, real_asyncio=True):
        citizen.goto(address)  # a dated notice, without the content
        assert "โรงพยาบาลส่งเสริมสุขภาพตำบลทุกแห่ง" not in citizen.inner_text("main")
        citizen.goto("/news/")
        assert TOPIC not in citizen.inner_text("main")
        call_command("govpub_tick", force=True)
        assert not NewsPage.objects.get().live
        assert Act.objects.filter(outcome="taken_down").count() == 1
        citizen.goto(address)  # the address keeps answering, with the same notice
        main = citizen.inner_text("main")
        assert "สิ้นสุดระยะเวลาเผยแพร่" in main
        assert "โรงพยาบาลส่งเสริมสุขภาพตำบลทุกแห่ง" not in main
