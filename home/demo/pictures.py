"""Pictures made by code: infographics with words, and drawings without."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

from PIL import Image, ImageDraw

from home.demo.files import printed
from home.demo.office import HEAD_TITLE, NAME
from home.demo.words import fill

WIDTH, HEIGHT = 1200, 675
SHARP = 2  # drawn larger, then made smaller, so that edges are smooth
GREEN, DEEP, PALE = "#0f6b5c", "#14332d", "#e5f1ee"
RED, SAND, SKY, WHITE = "#b3261e", "#e9dfc6", "#d6ebf5", "#ffffff"
Drawing: TypeAlias = ImageDraw.ImageDraw


def _poster(over: str, title: str, under: str, lines: dict[str, str]) -> bytes:
    data = {
        "colour": GREEN,
        "over": over,
        "title": title,
        "under": fill(under),
        "marks": list(lines),
        "lines": list(lines.values()),
        "foot": f"{NAME} โทร. 0 2000 0000",
    }
    return printed("poster.typ", data, format="png", ppi=72)


def no_gift() -> bytes:
    return _poster(
        f"นโยบายของ{HEAD_TITLE}",
        "No Gift Policy",
        "งดให้ งดรับ ของขวัญทุกชนิดจากการปฏิบัติหน้าที่ ปี {fy}",
        {
            "1": "ไม่รับของขวัญ ของกำนัล หรือประโยชน์อื่นใด ทั้งก่อน ขณะ และหลังปฏิบัติหน้าที่",
            "2": "ไม่ให้ของขวัญแก่ผู้บังคับบัญชา หรือผู้ใต้บังคับบัญชา",
            "3": "อวยพรด้วยบัตรหรือสื่อออนไลน์แทนการให้ของขวัญ",
            "4": "ผู้รับบริการได้รับบริการเท่าเทียมกัน โดยไม่ต้องมีของฝาก",
            "5": "พบการเรียกรับ แจ้งได้ทุกช่องทาง โดยข้อมูลของผู้แจ้งเป็นความลับ",
        },
    )


def wash_hands() -> bytes:
    return _poster(
        "ล้างมือให้สะอาด อย่างน้อย 20 วินาที",
        "ล้างมือ 7 ขั้นตอน",
        "ก่อนรับประทานอาหาร และหลังใช้ห้องน้ำ",
        {
            "1": "ฝ่ามือถูกัน",
            "2": "ฝ่ามือถูหลังมือ และซอกนิ้วมือ",
            "3": "ฝ่ามือถูฝ่ามือ และซอกนิ้วมือ",
            "4": "หลังนิ้วมือถูฝ่ามือ",
            "5": "ถูรอบนิ้วหัวแม่มือ",
            "6": "ปลายนิ้วมือถูฝ่ามือ",
            "7": "ถูรอบข้อมือ",
        },
    )


def _portrait(shirt: str) -> bytes:
    """A drawing in the place of a photograph; no real person is in it."""
    image = Image.new("RGB", (480, 600), PALE)
    draw = ImageDraw.Draw(image)
    draw.ellipse((150, 110, 330, 310), fill="#c98f66")
    draw.pieslice((140, 90, 340, 290), 180, 360, fill=DEEP)
    draw.rounded_rectangle((70, 340, 410, 700), 130, fill=shirt)
    draw.polygon((200, 340, 280, 340, 240, 420), fill=WHITE)
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def location() -> bytes:
    return printed("map.typ", {}, format="png", ppi=72)


def _drawn(draw_scene: Callable[[Drawing], None], sky: str = SKY) -> bytes:
    image = Image.new("RGB", (WIDTH * SHARP, HEIGHT * SHARP), sky)
    draw_scene(ImageDraw.Draw(image))
    stream = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(
        stream, "JPEG", quality=86, optimize=True
    )
    return stream.getvalue()


def _box(*corners: float) -> list[float]:
    return [corner * SHARP for corner in corners]


def _ground(draw: Drawing, colour: str = "#cfe3cf") -> None:
    draw.rectangle(_box(0, 520, WIDTH, HEIGHT), fill=colour)


def _house(draw: Drawing, x: int, wall: str) -> None:
    draw.rectangle(_box(x, 330, x + 220, 540), fill=wall)
    draw.polygon(_box(x - 30, 330, x + 110, 220, x + 250, 330), fill=GREEN)
    draw.rectangle(_box(x + 80, 420, x + 140, 540), fill=DEEP)


def _person(draw: Drawing, x: int, shirt: str, y: int = 300) -> None:
    draw.ellipse(_box(x, y, x + 80, y + 80), fill="#c98f66")
    draw.pieslice(_box(x, y - 10, x + 80, y + 66), 180, 360, fill=DEEP)
    draw.rounded_rectangle(
        _box(x - 20, y + 86, x + 100, y + 260), 40 * SHARP, fill=shirt
    )


def _village(draw: Drawing) -> None:
    draw.ellipse(_box(950, 60, 1080, 190), fill="#f6c453")
    _ground(draw)
    for x, wall in ((120, SAND), (490, WHITE), (860, SAND)):
        _house(draw, x, wall)
    for x in (370, 740):
        draw.ellipse(_box(x, 470, x + 90, 560), fill="#9c6b3f")
        draw.ellipse(_box(x + 8, 462, x + 82, 492), fill=GREEN)


def _volunteers(draw: Drawing) -> None:
    _ground(draw)
    shirts = (GREEN, "#e08a3c", GREEN, "#e08a3c", GREEN)
    for number, shirt in enumerate(shirts):
        _person(draw, 130 + number * 215, shirt)


def _vaccine(draw: Drawing) -> None:
    draw.rounded_rectangle(_box(300, 270, 820, 400), 20 * SHARP, fill=WHITE)
    draw.rectangle(_box(300, 270, 560, 400), fill=GREEN)
    draw.rectangle(_box(820, 310, 880, 360), fill=DEEP)
    draw.line(_box(880, 335, 1060, 335), fill=DEEP, width=8 * SHARP)
    draw.rectangle(_box(200, 325, 300, 345), fill=DEEP)
    draw.rectangle(_box(180, 250, 204, 420), fill=DEEP)
    for x in range(600, 820, 44):
        draw.line(_box(x, 270, x, 310), fill=DEEP, width=5 * SHARP)


def _market(draw: Drawing) -> None:
    _ground(draw, SAND)
    for number, x in enumerate(range(90, 1100, 260)):
        draw.rectangle(_box(x, 300, x + 210, 520), fill=WHITE)
        awning = RED if number % 2 else GREEN
        draw.polygon(
            _box(x - 20, 300, x + 30, 230, x + 180, 230, x + 230, 300), fill=awning
        )
        draw.rectangle(_box(x, 430, x + 210, 520), fill="#b98a58")
        for fruit in range(4):
            left = x + 14 + fruit * 48
            draw.ellipse(_box(left, 392, left + 40, 432), fill="#e08a3c")


def village() -> bytes:
    return _drawn(_village)


def volunteers() -> bytes:
    return _drawn(_volunteers, PALE)


def vaccine() -> bytes:
    return _drawn(_vaccine, PALE)


def market() -> bytes:
    return _drawn(_market)


# File name -> how it is made; the ending says what kind of picture it is.
PICTURES: dict[str, Callable[[], bytes]] = {
    "no-gift-policy.png": no_gift,
    "wash-hands.png": wash_hands,
    "executive-1.png": lambda: _portrait(GREEN),
    "executive-2.png": lambda: _portrait("#3c5a8a"),
    "executive-3.png": lambda: _portrait("#7a4a6a"),
    "location.png": location,
    "village.jpg": village,
    "volunteers.jpg": volunteers,
    "vaccine.jpg": vaccine,
    "market.jpg": market,
}
