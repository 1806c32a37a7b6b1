"""Categories 6 and 7: how the office works, and how the public uses its services."""

from __future__ import annotations

from typing import Any

from govpub.categories.enums import Category, ServiceKind, TimeUnit, WorkManualKind
from home.demo.item import Block, Bullets, Heading, Item, Notice, Pdf, Row, Table

ACT = "พระราชบัญญัติการอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558"
DOTS = "." * 60
WORKING_DAYS = "จุดบริการประชาชน ชั้น 1 วันและเวลาราชการ หรืออีเมล office@example.com"
UNITS = {
    TimeUnit.MINUTE: "นาที",
    TimeUnit.HOUR: "ชั่วโมง",
    TimeUnit.WORKING_DAY: "วันทำการ",
    TimeUnit.DAY: "วัน",
}
# What is done, how long it takes, who does it.
Step = tuple[str, int, TimeUnit, str]


def _rows(steps: tuple[Step, ...], **more: Any) -> tuple[Row, ...]:
    return tuple(
        {"name": name, "time": time, "unit": unit, "responsible": by, **more}
        for name, time, unit, by in steps
    )


def _on_paper(steps: tuple[Step, ...]) -> Table:
    rows = tuple(
        (str(number), name, f"{time} {UNITS[unit]}", by)
        for number, (name, time, unit, by) in enumerate(steps, start=1)
    )
    head = ("ขั้นตอน", "รายละเอียด", "ระยะเวลา", "ผู้รับผิดชอบ")
    return Table("ขั้นตอนการปฏิบัติงานและระยะเวลา", head, rows)


def _work(
    kind: WorkManualKind,
    name: str,
    title: str,
    summary: str,
    steps: tuple[Step, ...],
    body: tuple[Block, ...],
    **more: Any,
) -> Item:
    return Item(
        category=Category.WORK_MANUALS,
        kind=kind,
        clauses=("9(4)-1",),
        title=title,
        summary=summary,
        body=body,
        rows={"steps": _rows(steps)},
        files=(Pdf(name, title, (_on_paper(steps), *body)),),
        days=None,
        **more,
    )


def _service(
    kind: ServiceKind,
    title: str,
    summary: str,
    steps: tuple[Step, ...],
    body: tuple[Block, ...],
    own: dict[str, str],
    **more: Any,
) -> Item:
    own = {"channel": WORKING_DAYS, "legal_basis": ACT, **own}
    return Item(
        category=Category.SERVICE_MANUALS,
        kind=kind,
        clauses=("9(4)-2",),
        title=title,
        summary=summary,
        body=body,
        own=own,
        rows={"steps": _rows(steps)},
        days=None,
        **more,
    )


REQUEST_INFORMATION = _service(
    ServiceKind.INFORMATION,
    "การขอข้อมูลข่าวสารของราชการ",
    "ขอข้อมูลที่ยังไม่ได้เผยแพร่บนเว็บไซต์ ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    (
        ("ยื่นแบบคำขอและตรวจเอกสาร", 10, TimeUnit.MINUTE, "จุดบริการประชาชน"),
        ("ค้นหาและพิจารณา", 14, TimeUnit.DAY, "เจ้าของข้อมูล"),
        ("แจ้งผลและส่งมอบสำเนา", 1, TimeUnit.DAY, "จุดบริการประชาชน"),
    ),
    (
        Heading("เอกสารที่ใช้"),
        Bullets(("แบบคำขอข้อมูลข่าวสาร", "บัตรประจำตัวประชาชน (แสดง ไม่เก็บสำเนา)")),
    ),
    {
        "fee": "สำเนา A4 หน้าละ 1 บาท รับรองสำเนาคำรับรองละ 5 บาท",
        "legal_basis": "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    },
    files=(
        Pdf(
            "request-information",
            "แบบคำขอข้อมูลข่าวสารของราชการ",
            (
                f"ข้าพเจ้า {DOTS}",
                f"ที่อยู่ {DOTS}",
                f"โทรศัพท์ หรืออีเมล {DOTS}",
                f"มีความประสงค์ขอข้อมูลข่าวสาร เรื่อง {DOTS}",
                Bullets(("ขอตรวจดู", "ขอสำเนา", "ขอสำเนาที่มีคำรับรองถูกต้อง")),
                f"ลงชื่อผู้ยื่นคำขอ {DOTS}",
            ),
            is_form=True,
        ),
    ),
    days_ago=280,
)

ITEMS = (
    _work(
        WorkManualKind.MISSION,
        "manual-dengue",
        "คู่มือปฏิบัติงานควบคุมโรคไข้เลือดออกเมื่อได้รับรายงานผู้ป่วย",
        "ขั้นตอนตั้งแต่รับแจ้ง สอบสวนโรค ควบคุมโรค จนถึงยุติการระบาด",
        (
            ("รับแจ้งผู้ป่วยจากโรงพยาบาลและบันทึก", 30, TimeUnit.MINUTE, "เจ้าหน้าที่ระบาดวิทยา"),
            ("แจ้งทีมควบคุมโรคตำบล", 3, TimeUnit.HOUR, "เจ้าหน้าที่ระบาดวิทยา"),
            ("สอบสวนโรคและสำรวจลูกน้ำรัศมี 100 เมตร", 1, TimeUnit.DAY, "ทีมควบคุมโรค"),
            ("กำจัดลูกน้ำและพ่นสารเคมี", 1, TimeUnit.DAY, "ทีมควบคุมโรค ท้องถิ่น อสม."),
            ("เฝ้าระวังต่อเนื่องและสรุปรายงาน", 28, TimeUnit.DAY, "กลุ่มงานส่งเสริมและป้องกันโรค"),
        ),
        (Notice("ตัวชี้วัด", "ควบคุมโรคภายใน 24 ชั่วโมงหลังรับแจ้ง ไม่น้อยกว่าร้อยละ 80"),),
        unit="กลุ่มงานส่งเสริมและป้องกันโรค",
        days_ago=240,
    ),
    _work(
        WorkManualKind.CORRUPTION,
        "manual-complaints",
        "คู่มือการรับเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        "ช่องทางรับเรื่อง การคุ้มครองผู้ร้องเรียน ขั้นตอนและระยะเวลาดำเนินการ",
        (
            ("รับเรื่องและลงทะเบียน", 1, TimeUnit.WORKING_DAY, "กลุ่มงานบริหารทั่วไป"),
            ("ตรวจสอบข้อมูลเบื้องต้น", 5, TimeUnit.WORKING_DAY, "คณะกรรมการตรวจสอบ"),
            ("แจ้งความคืบหน้าแก่ผู้ร้อง", 15, TimeUnit.WORKING_DAY, "กลุ่มงานบริหารทั่วไป"),
            ("สรุปผลและเสนอ{head}", 30, TimeUnit.WORKING_DAY, "คณะกรรมการตรวจสอบ"),
        ),
        (
            Heading("หลักการ"),
            "ข้อมูลของผู้ร้องเรียนเป็นความลับ ผู้ถูกร้องเรียนไม่มีส่วนในการตรวจสอบเรื่องของตนเอง",
        ),
        days_ago=220,
        officer="officer2",
    ),
    _work(
        WorkManualKind.MISSION,
        "manual-food",
        "คู่มือการตรวจแนะนำสถานที่จำหน่ายอาหาร",
        "รายการตรวจด้านสุขลักษณะ การให้คะแนน และการให้คำแนะนำแก่ผู้ประกอบการ",
        (
            ("นัดหมายและเตรียมเครื่องมือ", 1, TimeUnit.DAY, "กลุ่มงานคุ้มครองผู้บริโภค"),
            ("ตรวจแนะนำ ณ สถานที่", 2, TimeUnit.HOUR, "เจ้าพนักงานสาธารณสุข"),
            ("แจ้งผลเป็นหนังสือ", 5, TimeUnit.WORKING_DAY, "กลุ่มงานคุ้มครองผู้บริโภค"),
        ),
        (
            Bullets(
                (
                    "สถานที่รับประทาน เตรียม ปรุง และประกอบอาหาร",
                    "อาหาร น้ำ น้ำแข็ง และเครื่องดื่ม",
                    "ภาชนะ อุปกรณ์ และการล้าง",
                    "สัตว์และแมลงนำโรค",
                    "สุขวิทยาของผู้สัมผัสอาหาร",
                ),
                ordered=True,
            ),
        ),
        unit="กลุ่มงานคุ้มครองผู้บริโภค",
        days_ago=180,
    ),
    REQUEST_INFORMATION,
    _service(
        ServiceKind.COMPLAINT,
        "การร้องเรียนคุณภาพบริการและการปฏิบัติงานของเจ้าหน้าที่",
        "ช่องทาง ขั้นตอน และระยะเวลาแจ้งผลเมื่อประชาชนไม่ได้รับความสะดวก",
        (
            ("รับเรื่องและออกเลขที่รับ", 15, TimeUnit.MINUTE, "จุดบริการประชาชน"),
            ("ตรวจสอบข้อเท็จจริง", 7, TimeUnit.WORKING_DAY, "หัวหน้ากลุ่มงานที่เกี่ยวข้อง"),
            ("แจ้งผลแก่ผู้ร้อง", 15, TimeUnit.WORKING_DAY, "กลุ่มงานบริหารทั่วไป"),
        ),
        ("เรื่องที่เป็นอันตรายต่อสุขภาพเร่งด่วน สำนักงานจะลงพื้นที่ภายใน 24 ชั่วโมง",),
        {"fee": "ไม่มีค่าธรรมเนียม"},
        days_ago=275,
        officer="officer2",
    ),
    _service(
        ServiceKind.SUPPORT,
        "การขอรับการสนับสนุนวิทยากรด้านสุขภาพ",
        "สำหรับสถานศึกษา สถานประกอบการ ชุมชน และหน่วยงานของรัฐในพื้นที่อำเภอ",
        (
            ("ส่งหนังสือขอวิทยากรล่วงหน้าอย่างน้อย 10 วัน", 10, TimeUnit.MINUTE, "ผู้ขอรับบริการ"),
            ("พิจารณาและมอบหมายวิทยากร", 3, TimeUnit.WORKING_DAY, "{head}"),
            ("แจ้งตอบรับพร้อมชื่อผู้ประสานงาน", 1, TimeUnit.WORKING_DAY, "กลุ่มงานบริหารทั่วไป"),
        ),
        (
            Heading("หัวข้อที่มีผู้ขอมาก"),
            Bullets(
                (
                    "การปฐมพยาบาลและการช่วยฟื้นคืนชีพขั้นพื้นฐาน",
                    "อาหารปลอดภัยสำหรับผู้ประกอบการ",
                    "สุขภาพจิตในที่ทำงาน",
                )
            ),
        ),
        {"fee": "ไม่มีค่าธรรมเนียม"},
        days_ago=190,
    ),
    _service(
        ServiceKind.SUPPORT,
        "การขอรับคำแนะนำก่อนเปิดสถานที่จำหน่ายอาหาร",
        "ตรวจแนะนำด้านสุขลักษณะให้ผู้ประกอบการ ก่อนยื่นขอหนังสือรับรองการแจ้งหรือใบอนุญาตต่อท้องถิ่น",
        (
            ("ยื่นคำขอพร้อมผังสถานที่", 15, TimeUnit.MINUTE, "จุดบริการประชาชน"),
            (
                "นัดตรวจและให้คำแนะนำ ณ สถานที่",
                5,
                TimeUnit.WORKING_DAY,
                "เจ้าพนักงานสาธารณสุข",
            ),
            ("ส่งสรุปคำแนะนำ", 2, TimeUnit.WORKING_DAY, "กลุ่มงานคุ้มครองผู้บริโภค"),
        ),
        (
            Notice(
                "โปรดทราบ",
                "คำแนะนำนี้ไม่ใช่ใบอนุญาต การอนุญาตเป็นอำนาจของราชการส่วนท้องถิ่น "
                "ตามพระราชบัญญัติการสาธารณสุข พ.ศ. 2535",
            ),
        ),
        {"fee": "ไม่มีค่าธรรมเนียม"},
        unit="กลุ่มงานคุ้มครองผู้บริโภค",
        days_ago=160,
    ),
)
