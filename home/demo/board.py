"""The demo's assessment board: the shipped checklist, filled from its content."""

from __future__ import annotations

from wagtail.models import Site

from govpub.evidence import lists
from govpub.evidence.models import Checklist, EvidenceLink
from govpub.publishing.models import PublicationRequest
from govpub.thai.dates import FiscalYear
from home.demo.content import news

SHIPPED = "moph-ita-2567"
KIND = "สสอ."

# What serves as evidence for an item: its topic and, where each quarter needs its own,
# the quarter. The rest of the list is missing, as in any office in its first quarter.
EVIDENCE: tuple[tuple[str, str, int | None], ...] = (
    (
        "MOIT 1 ข้อ 1",
        "ประกาศสำนักงานสาธารณสุขอำเภอเมืองสมุทรปราการ เรื่อง "
        "แนวทางการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ พ.ศ. 2566",
        None,
    ),
    ("MOIT 2 ข้อ 1.1", "ทำเนียบผู้บริหาร", None),
    ("MOIT 2 ข้อ 1.3", "โครงสร้างหน่วยงานและอัตรากำลัง", None),
    ("MOIT 2 ข้อ 1.4", "อำนาจหน้าที่ของสำนักงานสาธารณสุขอำเภอ", None),
    ("MOIT 2 ข้อ 1.5", "พระราชบัญญัติการสาธารณสุข พ.ศ. 2535", None),
    ("MOIT 2 ข้อ 1.5", "พระราชบัญญัติโรคติดต่อ พ.ศ. 2558", None),
    ("MOIT 2 ข้อ 1.6", "อบรมฟื้นฟูศักยภาพ อสม. รุ่นที่ 1 ประจำปี พ.ศ. 2570", None),
    ("MOIT 2 ข้อ 1.7", "แผนที่ตั้งของสำนักงาน", None),
    ("MOIT 2 ข้อ 1.8", "ช่องทางการติดต่อสื่อสารและรับฟังความคิดเห็น", None),
    ("MOIT 2 ข้อ 2", "วิสัยทัศน์ ปีงบประมาณ พ.ศ. 2570", None),
    ("MOIT 2 ข้อ 2", "พันธกิจและค่านิยมองค์กร MOPH", None),
    ("MOIT 2 ข้อ 3", "พระราชบัญญัติมาตรฐานทางจริยธรรม พ.ศ. 2562", None),
    ("MOIT 2 ข้อ 8", "ยุทธศาสตร์และเป้าหมายด้านสุขภาพ พ.ศ. 2570 – 2574", None),
    ("MOIT 2 ข้อ 9", "แผนปฏิบัติการด้านสุขภาพ ประจำปีงบประมาณ พ.ศ. 2570", None),
    (
        "MOIT 2 ข้อ 10",
        "รายงานผลการดำเนินงานตามแผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2569 รอบ 12 เดือน",
        1,
    ),
    ("MOIT 2 ข้อ 11", "ผลการใช้จ่ายงบประมาณ ไตรมาสที่ 4 ปีงบประมาณ พ.ศ. 2569", 1),
    ("MOIT 2 ข้อ 12", "การร้องเรียนคุณภาพบริการและการปฏิบัติงานของเจ้าหน้าที่", None),
    ("MOIT 2 ข้อ 13", "คู่มือการรับเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", None),
    ("MOIT 2 ข้อ 14", "คู่มือปฏิบัติงานควบคุมโรคไข้เลือดออกเมื่อได้รับรายงานผู้ป่วย", None),
    ("MOIT 2 ข้อ 15", "การขอรับคำแนะนำก่อนเปิดสถานที่จำหน่ายอาหาร", None),
    (
        "MOIT 2 ข้อ 18.2",
        "แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2570 (มาตรา 9(8))",
        None,
    ),
    # One month of three: incomplete.
    ("MOIT 5", "สรุปผลการจัดซื้อจัดจ้าง (สขร. 1) เดือนตุลาคม 2569 (มาตรา 9(8))", 1),
    ("MOIT 9", "คู่มือการรับเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", None),
    ("MOIT 12", news.NO_GIFT.title, None),
)


def fill_board(site: Site) -> Checklist:
    """This year's checklist with its evidence, shown to the public.

    The list is that of another year; only its items are taken, not its dates.
    """
    data = lists.read_list(lists.as_bytes(SHIPPED), f"{SHIPPED}.json")
    year = FiscalYear.current().be
    checklist = lists.load(site, data["name"], year, data)
    checklist.office_kind, checklist.is_public = KIND, True
    checklist.save()
    items = {item.code: item for item in checklist.items.all()}
    published = PublicationRequest.objects.filter(site=site, status="published")
    for code, topic, quarter in EVIDENCE:
        page = published.get(topic=topic).page
        EvidenceLink.objects.create(item=items[code], page=page, quarter=quarter)
    return checklist
