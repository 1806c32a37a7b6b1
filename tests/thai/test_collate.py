"""Lists in the order of a Thai dictionary."""

from __future__ import annotations

import random
import re

import pytest
from django.core.files.base import ContentFile

from wagtail.documents import get_document_model

from govpub.categories.models import NewsPage
from govpub.seed.groups import ensure_collection
from govpub.thai.collate import collation_key
from govpub.thai.ordering import ThaiOrder
from tests.drafts import category, draft_news, published_news

ORDERED = [
    ["กาล", "เกิด", "ไก่", "เป็ด", "วันที่", "วัว", "หมู"],
    ["ก", "กก", "กข", "กา", "เก", "แก", "โก", "ใก", "ไก", "ข"],
    ["กะ", "กัก", "กา", "กำ", "กิ", "กี", "กึ", "กื", "กุ", "กู", "เก"],
    ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาก"],
    ["เก็ง", "เก่ง", "เก้ง", "เขา", "เข่า", "เข้า"],
    ["การ", "การ์ด", "การทาง"],
    ["รอ", "ฤดู", "ลา", "ฦๅ", "วา"],
    ["2566", "๒๕๖๗", "2568", "ITA", "กฎหมาย", "ข่าว", "คู่มือ"],
]


@pytest.mark.parametrize("ordered", ORDERED)
def test_dictionary_order(ordered):
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=collation_key) == ordered


@pytest.mark.django_db
@pytest.mark.parametrize("titles", [ORDERED[0], ORDERED[1], ORDERED[3], ORDERED[4]])
def test_the_database_sorts_like_the_dictionary(office, people, titles):
    for title in random.Random(2).sample(titles, len(titles)):
        draft_news(office, people.officer, title=title)
    found = NewsPage.objects.order_by(ThaiOrder("title"))
    assert [page.title for page in found] == titles


@pytest.mark.django_db
def test_readers_find_items_by_topic_in_that_order(client, office, people):
    for title in ("เป็ด", "วันที่", "กาล", "ไก่"):
        published_news(office, people, title=title)
    html = client.get("/news/", {"sort": "title"}).content.decode()
    places = [html.index(f">{title}<") for title in ("กาล", "ไก่", "เป็ด", "วันที่")]
    assert places == sorted(places)


@pytest.mark.django_db
def test_wagtails_lists_are_in_thai_order(client, people, office):
    names = ["เขียว", "ขาว", "แดง", "๑๐ ข้อ", "ดวง"]
    shelf = {
        "collection": ensure_collection(office),
        "uploaded_by_user": people.officer,
    }
    for name in names:
        file = ContentFile(b"text", name="a.txt")
        get_document_model().objects.create(title=name, file=file, **shelf)
    for name in names:
        draft_news(office, people.officer, title=name)
    client.force_login(people.officer)
    for address in ("/admin/documents/", f"/admin/pages/{category(office, 8).pk}/"):
        for ordering, wanted in (
            ("title", ["๑๐ ข้อ", "ขาว", "เขียว", "ดวง", "แดง"]),
            ("-title", ["แดง", "ดวง", "เขียว", "ขาว", "๑๐ ข้อ"]),
        ):
            html = client.get(address, {"ordering": ordering}).content.decode()
            found = re.findall("|".join(names), html[html.index("<tbody") :])
            assert list(dict.fromkeys(found)) == wanted, address
