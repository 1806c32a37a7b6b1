"""Category 4: websites of other offices."""

from __future__ import annotations

from govpub.categories.enums import Category, LinkKind
from home.demo.item import Item


def _link(kind: LinkKind, title: str, url: str, summary: str) -> Item:
    return Item(
        category=Category.LINKS,
        kind=kind,
        title=title,
        summary=summary,
        source=title,
        remark="",
        days=None,
        days_ago=150,
        own={"website": url},
        officer="officer2",
    )


ITEMS = (
    _link(
        LinkKind.MINISTRY,
        "กระทรวงสาธารณสุข",
        "https://www.moph.go.th",
        "นโยบาย ข่าวสาร และบริการของกระทรวงสาธารณสุข",
    ),
    _link(
        LinkKind.MINISTRY,
        "กรมควบคุมโรค",
        "https://ddc.moph.go.th",
        "สถานการณ์โรค คำแนะนำการป้องกัน และสายด่วน 1422",
    ),
    _link(
        LinkKind.MINISTRY,
        "กรมอนามัย",
        "https://anamai.moph.go.th",
        "ส่งเสริมสุขภาพทุกกลุ่มวัยและอนามัยสิ่งแวดล้อม",
    ),
    _link(
        LinkKind.MINISTRY,
        "สำนักงานคณะกรรมการอาหารและยา",
        "https://www.fda.moph.go.th",
        "ตรวจสอบการอนุญาตผลิตภัณฑ์สุขภาพ และร้องเรียนสายด่วน อย. 1556",
    ),
    _link(
        LinkKind.PROVINCE,
        "จังหวัดสมุทรปราการ",
        "https://www.samutprakan.go.th",
        "ข้อมูลจังหวัด ข่าวประชาสัมพันธ์ และหน่วยงานในจังหวัด",
    ),
    _link(
        LinkKind.SERVICE,
        "สำนักงานหลักประกันสุขภาพแห่งชาติ",
        "https://www.nhso.go.th",
        "ตรวจสอบสิทธิการรักษาพยาบาล และสายด่วน สปสช. 1330",
    ),
    _link(
        LinkKind.OTHER,
        "สำนักงานคณะกรรมการข้อมูลข่าวสารของราชการ",
        "https://www.oic.go.th",
        "ความรู้และช่องทางร้องเรียนตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    ),
)
