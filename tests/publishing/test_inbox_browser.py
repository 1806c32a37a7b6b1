"""The inbox in a real browser: on a phone, by keyboard alone, and for everybody."""

from __future__ import annotations

import re

import pytest

from govpub.publishing import procedure
from govpub.publishing.models import Act
from tests.drafts import draft_news

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INBOX = "/admin/govpub/requests/"
LIST = re.compile(INBOX + "(#.*)?$")
REVIEW = re.compile(rf"{INBOX}\d+/(#.*)?$")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def window(browser_page, people, client, live_server):
    """Opens a window in which the named person is logged in."""

    def open_window(name, width=1280, **options):
        page = browser_page(width, **options)
        client.force_login(getattr(people, name))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        return page

    return open_window


@pytest.fixture
def three_wait(browser_page, office, people):
    return [
        procedure.propose(
            draft_news(office, people.officer, title=f"ประกาศเรื่องที่ {number}"),
            by=people.officer,
        )
        for number in (1, 2, 3)
    ]


def outcome(request):
    act = Act.objects.filter(round__request=request).last()
    return act.outcome, act.words


def fits(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


def test_head_decides_on_a_phone(window, three_wait):
    one, two, three = three_wait
    head = window("head", 360, has_touch=True)
    head.goto("/admin/")
    head.get_by_role("link", name=one.topic).tap()
    head.wait_for_url(REVIEW)
    assert fits(head, 360)
    head.get_by_role("link", name="ไปที่การพิจารณา").tap()
    button = head.get_by_role("button", name="ทราบ / อนุญาตเผยแพร่")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    head.wait_for_url(LIST)
    assert outcome(one) == ("allowed", "")

    # The next one is not allowed: an usual reason, and one in his own words.
    assert fits(head, 360)
    head.get_by_role("link", name=two.topic).tap()
    head.wait_for_url(REVIEW)
    head.get_by_label("มีข้อมูลส่วนบุคคล").check()
    head.fill("[name=words]", "ปิดเลขประจำตัวในหน้า ๒")
    head.get_by_role("button", name="ทราบ / ไม่อนุญาต").tap()
    head.wait_for_url(LIST)
    assert outcome(two) == ("refused", "มีข้อมูลส่วนบุคคล\nปิดเลขประจำตัวในหน้า ๒")
    assert head.get_by_role("link", name=three.topic).is_visible()


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_by_keyboard_alone_from_the_inbox_to_a_decision(window, three_wait):
    head = window("head")
    head.goto(INBOX)
    press = head.keyboard.press
    topics = [request.topic for request in three_wait]
    steps = []
    for key in ("j", "j", "ArrowDown", "ArrowDown", "k", "ArrowUp"):
        press(key)
        steps.append(focused(head))
    assert steps == [topics[n] for n in (0, 1, 2, 2, 1, 0)]
    press("x")
    assert head.get_by_role("checkbox", name=topics[0]).is_checked()
    press("x")
    press("/")
    assert head.evaluate("document.activeElement.name") == "q"
    # In the search box the letters are letters.
    head.keyboard.type("jk")
    assert head.input_value("[name=q]") == "jk"
    head.goto(INBOX)
    press("j")
    press("Enter")
    head.wait_for_url(REVIEW)
    for _ in range(60):
        press("Tab")
        if head.evaluate("document.activeElement.value") == "allow":
            break
    press("Enter")
    head.wait_for_url(LIST)
    assert outcome(three_wait[0])[0] == "allowed"


def test_shortcuts_can_be_switched_off(window, three_wait):
    head = window("head")
    head.goto(INBOX)
    head.locator(".gp-keys summary").click()
    head.get_by_label("เปิดใช้ปุ่มลัด").uncheck()
    head.reload()
    head.keyboard.press("j")
    assert focused(head) not in {request.topic for request in three_wait}


def test_several_are_chosen_and_allowed_without_script(window, three_wait):
    head = window("head", javascript=False)
    head.goto(INBOX)
    for request in three_wait[:2]:
        head.get_by_role("checkbox", name=request.topic).check()
    head.get_by_role("button", name="ตรวจดูเรื่องที่เลือกแล้วอนุญาต").click()
    head.get_by_role("button", name="ทราบ / อนุญาตเผยแพร่ทุกเรื่องที่เลือก").click()
    assert "อนุญาตแล้ว 2 เรื่อง" in head.inner_text("main")
    assert [outcome(request)[0] for request in three_wait] == [
        "allowed",
        "allowed",
        "proposed",
    ]


def test_preview_opens_in_the_page(window, three_wait):
    head = window("head")
    head.goto(f"{INBOX}{three_wait[0].pk}/")
    frame = head.frame_locator("iframe")
    frame.get_by_role("heading", name=three_wait[0].topic).first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(window, three_wait, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    changed = three_wait[2]
    first = changed.current_round
    revision = first.revision
    revision.content = {**revision.content, "summary": "แอบแก้"}
    revision.save(update_fields=["content"])
    keys = "&".join(f"item={request.pk}" for request in three_wait)
    found = {}
    for width in (360, 1280):
        head = window("head", width, color_scheme=scheme)
        for path in (
            f"{INBOX}?view=all&since=x",
            f"{INBOX}{three_wait[0].pk}/",
            f"{INBOX}allow/?{keys}",
            f"{INBOX}{changed.pk}/changed/",
        ):
            head.goto(path)
            assert fits(head, width), path
            result = axe.run(head, options=RULES)
            if result.violations_count:
                found[path, width] = result.generate_report()
    assert not found, "\n".join(found.values())
