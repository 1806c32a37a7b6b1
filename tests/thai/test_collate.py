"""Lists in the order of a Thai dictionary."""

from __future__ import annotations

import random

import pytest

from govpub.thai.collate import collation_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["กาล", "เกิด", "ไก่", "เป็ด", "วันที่", "วัว", "หมู"],
        ["ก", "กก", "กข", "กา", "เก", "แก", "โก", "ใก", "ไก", "ข"],
        ["กะ", "กัก", "กา", "กำ", "กิ", "กี", "กึ", "กื", "กุ", "กู", "เก"],
        ["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า", "ปาก"],
        ["เก็ง", "เก่ง", "เก้ง", "เขา", "เข่า", "เข้า"],
        ["การ", "การ์ด", "การทาง"],
        ["รอ", "ฤดู", "ลา", "ฦๅ", "วา"],
        ["2566", "๒๕๖๗", "2568", "ITA", "กฎหมาย", "ข่าว", "คู่มือ"],
    ],
)
def test_dictionary_order(ordered):
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=collation_key) == ordered
