"""The demo's content: realistic items in every state of the procedure.

Everything is made by the real functions, as the demo accounts. Acts happen now; only
the dates of the documents lie in the past. That is also why no item here ended by
itself: one has its last day today, and the scheduler takes it down after midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from wagtail.models import Site

from govpub.publishing import notices
from govpub.publishing.models import PublicationRequest
from home.demo.accounts import USERNAMES
from home.demo.answers import answer_survey
from home.demo.board import fill_board
from home.demo.content import (
    english,
    general,
    knowledge,
    laws,
    links,
    manuals,
    news,
    official_information,
    plans,
    under_way,
)
from home.demo.drafts import Desk
from home.demo.item import Item
from home.demo.story import Scene
from home.demo.visits import visit
from home.models import HomeSettings

SECTIONS: dict[str, tuple[Item, ...]] = {
    "ข้อมูลหน่วยงาน": (*general.ITEMS, *plans.ITEMS),
    "กฎหมาย ระเบียบ ข้อบังคับ": laws.ITEMS,
    "คลังความรู้": knowledge.ITEMS,
    "เว็บไซต์หน่วยงานที่เกี่ยวข้อง": links.ITEMS,
    "ข้อมูลข่าวสารของราชการ": official_information.ITEMS,
    "คู่มือ": manuals.ITEMS,
    "ข่าวประชาสัมพันธ์": news.ITEMS,
    "เรื่องที่อยู่ระหว่างดำเนินการ": under_way.ITEMS,
    "ฉบับภาษาอังกฤษ": english.ITEMS,
}


def load(site: Site) -> Iterator[str]:
    """Fill an office that has proposed nothing yet; a line for each part done.

    All or nothing: what was begun and not finished leaves no trace in the database.
    """
    if PublicationRequest.objects.filter(site=site).exists():
        return
    with _without_mails(), transaction.atomic():
        people = _people()
        desk = Desk(site, people)
        for name, items in SECTIONS.items():
            for item in items:
                _play(desk, item, people)
            yield f"{name}: {len(items)} เรื่อง"
        _show_banner(site)
        board = fill_board(site)
        yield f"แบบประเมิน {board}: {board.items.count()} ข้อ"
        yield f"คำตอบแบบประเมินความพึงพอใจ (ข้อมูลสมมุติ): {answer_survey(site)} ชุด"
    yield f"การเข้าชมย้อนหลัง (ข้อมูลสมมุติ): {visit(site)} ครั้ง"


def _people() -> dict[str, User]:
    users = get_user_model().objects.filter(username__in=USERNAMES)
    return {user.get_username(): user for user in users}


def _play(desk: Desk, item: Item, people: dict[str, User]) -> None:
    """Save the draft, then let people act on it as its story tells."""
    scene = Scene(desk.draft(item), item.officer, people)
    for move in item.story:
        move(scene)


def _show_banner(site: Site) -> None:
    """The No Gift Policy on the home page, unless the office chose something."""
    settings = HomeSettings.for_site(site)
    if settings.banner is None:
        proposed = PublicationRequest.objects.filter(site=site)
        settings.banner = proposed.get(topic=news.NO_GIFT.title).page
        settings.save()


@contextmanager
def _without_mails() -> Iterator[None]:
    """Nobody is told by mail of what the demo plays."""
    notices.disconnect()
    try:
        yield
    finally:
        notices.connect()
