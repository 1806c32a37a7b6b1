"""Items that are not public: one or more in every other state of the procedure."""

from __future__ import annotations

from typing import Any

from govpub.categories.enums import Category, KnowledgeKind, LawKind, NewsKind
from home.demo.item import Bullets, Item, Pdf
from home.demo.story import (
    DRAFT,
    PUBLISHED,
    allow,
    correct,
    permit_verbally,
    propose,
    put_up,
    refuse,
    take_down,
    tell_back,
    withdraw,
)


def _news(title: str, summary: str, text: str, **more: Any) -> Item:
    words = {
        "category": Category.NEWS,
        "kind": NewsKind.NEWS,
        "days_ago": 1,
        "days": 90,
        **more,
    }
    return Item(title=title, summary=summary, body=(text,), **words)


DRAFTS = (
    _news(
        "(ร่าง) สรุปผลโครงการลดหวาน มัน เค็ม ในสถานประกอบการ",
        "",
        "อยู่ระหว่างรวบรวมผลจากสถานประกอบการ 12 แห่ง",
        story=DRAFT,
    ),
    Item(
        category=Category.KNOWLEDGE,
        kind=KnowledgeKind.ARTICLE,
        title="(ร่าง) ใช้ยาอย่างสมเหตุผลในชุมชน",
        summary="ยาปฏิชีวนะไม่ใช่ยาแก้อักเสบ ไม่ช่วยให้หวัดหายเร็วขึ้น",
        body=("อยู่ระหว่างเภสัชกรตรวจสอบความถูกต้องทางวิชาการ",),
        days_ago=0,
        officer="officer2",
        story=DRAFT,
    ),
)

PROPOSED = (
    _news(
        "แจ้งปิดปรับปรุงระบบโทรศัพท์ของสำนักงานชั่วคราว",
        "วันที่ {day:+5} เวลา 13.00 – 16.00 น. ติดต่อทางอีเมล office@example.com แทน",
        "ระหว่างการปรับปรุงไม่สามารถติดต่อทางโทรศัพท์ได้ ขออภัยในความไม่สะดวก",
        days=6,
        story=(propose,),
    ),
    _news(
        "เชิญประชุมผู้ประกอบการตลาดสด เรื่อง มาตรฐานตลาดสดน่าซื้อ",
        "วันที่ {day:+10} เวลา 09.00 – 12.00 น. ห้องประชุมที่ว่าการอำเภอ",
        "ผู้ประกอบการตลาดทุกแห่งส่งผู้แทนได้แห่งละไม่เกิน 2 คน ไม่มีค่าลงทะเบียน",
        days=12,
        officer="officer2",
        story=(propose,),
    ),
)

ALLOWED = (
    _news(
        "ผลประเมินคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. {fy:-1}",
        "สำนักงานได้คะแนนรวม 91.50 คะแนน (ข้อมูลสมมุติ)",
        "สำนักงานขอขอบคุณผู้ตอบแบบสำรวจทุกท่าน และจะนำข้อเสนอแนะไปปรับปรุงบริการ",
        story=(propose, allow),
    ),
)

REFUSED = (
    _news(
        "จำหน่ายเสื้อที่ระลึกชมรมกีฬาของเจ้าหน้าที่",
        "สั่งซื้อได้ที่ชมรมกีฬา ตัวละ 350 บาท",
        "รับสั่งซื้อถึงสิ้นเดือน จัดส่งภายในเดือนถัดไป",
        officer="officer2",
        story=(
            propose,
            refuse("ไม่เกี่ยวกับภารกิจของหน่วยงาน ให้ประชาสัมพันธ์ภายในสำนักงานแทน"),
        ),
    ),
)

RETURNED = (
    _news(
        "กำหนดการหน่วยแพทย์เคลื่อนที่ เดือน{month:-0}",
        "ออกหน่วยตำบลละ 1 วัน เวลา 08.30 – 12.00 น.",
        "ตรวจรักษาโรคทั่วไป ทันตกรรม และคัดกรองสายตา",
        story=(
            propose,
            allow,
            tell_back("ยังไม่ได้ระบุวันและสถานที่ของแต่ละตำบล โปรดเพิ่มตารางแล้วเสนอใหม่"),
        ),
    ),
)

SECOND_ROUND = (
    Item(
        category=Category.LAWS,
        kind=LawKind.ORDER,
        title="คำสั่งแต่งตั้งคณะทำงานขับเคลื่อนตำบลจัดการสุขภาพ ปีงบประมาณ พ.ศ. {fy}",
        summary="องค์ประกอบและหน้าที่ของคณะทำงาน",
        body=(
            Bullets(
                (
                    "{head} เป็นประธาน",
                    "หัวหน้ากลุ่มงานทุกกลุ่มงาน เป็นคณะทำงาน",
                    "หัวหน้ากลุ่มงานยุทธศาสตร์และสารสนเทศ เป็นเลขานุการ",
                ),
                ordered=True,
            ),
        ),
        files=(Pdf("order", "คำสั่งแต่งตั้งคณะทำงานขับเคลื่อนตำบลจัดการสุขภาพ", official=True),),
        own={"law_number": "ที่ 12/{fy}"},
        days_ago=7,
        officer="officer2",
        story=(
            propose,
            refuse("ข้อมูลไม่ครบถ้วน ยังไม่ระบุวันที่มีผลใช้บังคับ"),
            tell_back(),
            correct(summary="องค์ประกอบและหน้าที่ของคณะทำงาน มีผลตั้งแต่วันที่ {day:-7}"),
            propose,
        ),
    ),
)

SCHEDULED = (
    _news(
        "สวัสดีปีใหม่ และแจ้งวันหยุดทำการช่วงเทศกาล",
        "สำนักงานหยุดทำการตามประกาศวันหยุดราชการ กรณีฉุกเฉินทางการแพทย์โทร. 1669",
        "ขอให้ทุกท่านเดินทางปลอดภัย ดื่มไม่ขับ สวมหมวกนิรภัย คาดเข็มขัดทุกที่นั่ง",
        from_day=14,
        days=45,
        story=PUBLISHED,
    ),
)

ENDED = (
    _news(
        "ประกาศเลื่อนกำหนดรับสมัคร อสม. ใหม่",
        "เลื่อนวันรับสมัคร อสม. ใหม่ไปเป็นเดือนถัดไป",
        "กำหนดการใหม่จะแจ้งให้ทราบทางเว็บไซต์นี้",
        officer="officer2",
        days_ago=30,
        story=(*PUBLISHED, take_down("ประกาศฉบับใหม่ยกเลิกประกาศนี้แล้ว")),
    ),
    _news(
        "เชิญร่วมโครงการบริจาคโลหิต",
        "ขอเชิญร่วมบริจาคโลหิต ณ หอประชุมอำเภอ",
        "ผู้บริจาคควรพักผ่อนให้เพียงพอและรับประทานอาหารก่อนบริจาค",
        days_ago=14,
        story=(*PUBLISHED, take_down("กิจกรรมเสร็จสิ้นก่อนกำหนด ไม่เป็นปัจจุบันแล้ว")),
    ),
)

URGENT = (
    _news(
        "ประกาศด่วน งดให้บริการ รพ.สต. ที่ได้รับผลกระทบจากน้ำท่วม",
        "งดให้บริการชั่วคราว 2 แห่ง ผู้ป่วยนัดติดต่อโรงพยาบาลอำเภอ",
        "กรณีฉุกเฉินทางการแพทย์โทร. 1669 ตลอด 24 ชั่วโมง",
        days_ago=0,
        days=14,
        story=(
            propose,
            permit_verbally("น้ำท่วมฉับพลัน ต้องแจ้งประชาชนทันที หัวหน้าอยู่นอกพื้นที่"),
            put_up,
        ),
    ),
)

WITHDRAWN = (
    _news(
        "แผนการออกนิเทศติดตามงาน ไตรมาสที่ 2",
        "กำหนดการนิเทศติดตามงานของโรงพยาบาลส่งเสริมสุขภาพตำบล",
        "ออกนิเทศสัปดาห์ละ 2 แห่ง ตามลำดับที่กำหนด",
        story=(propose, withdraw("กำหนดการเปลี่ยนแปลงทั้งหมด จะจัดทำใหม่แล้วเสนออีกครั้ง")),
    ),
)

ITEMS = (
    *ENDED,
    *REFUSED,
    *RETURNED,
    *SECOND_ROUND,
    *SCHEDULED,
    *URGENT,
    *WITHDRAWN,
    *ALLOWED,
    *PROPOSED,
    *DRAFTS,
)
