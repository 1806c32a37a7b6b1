"""The office's own words for the procedure, as the announcement has them.

They are content, written in the office's language, and the office edits them later;
that is why they are not in the catalogue. Slips of the announcement are corrected:
the table there still names the ministry's website, from which it was copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Site

from govpub.publishing.enums import Step
from govpub.publishing.models import (
    OfficeSettings,
    ProcedureSettings,
    ProcedureStep,
)

HEAD_TITLE = "หัวหน้าหน่วยงาน"
WEBMASTER_TITLE = "นักวิชาการคอมพิวเตอร์"
OFFICER = "เจ้าหน้าที่ผู้ประสงค์จะเผยแพร่ข้อมูล"
WEBMASTER = "เจ้าหน้าที่ผู้รับผิดชอบ (Web Master)"
FORM_HEADING = (
    "แบบฟอร์มการขอเผยแพร่ข้อมูลผ่านเว็บไซต์ของ{office}\n"
    "ตามประกาศ{office}\n"
    "เรื่อง แนวทางการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของ{office}"
)


@dataclass(frozen=True)
class StepText:
    """One row of the announcement's procedure table."""

    step: Step
    text: str
    responsible: str
    minutes: int | None


STEPS = (
    StepText(
        Step.PROPOSE,
        "เสนอข้อมูลข่าวสารต่อ{head} เพื่อขออนุญาตเผยแพร่ผ่านเว็บไซต์{office}",
        OFFICER,
        5,
    ),
    StepText(
        Step.CONSIDER,
        "พิจารณาข้อมูลข่าวสารที่เจ้าหน้าที่เสนอ อนุญาต หรือไม่อนุญาตให้เผยแพร่",
        "{head}",
        5,
    ),
    StepText(
        Step.PUT_UP,
        "กรณีอนุญาต นำข้อมูลข่าวสารขึ้นเว็บไซต์{office}",
        WEBMASTER,
        5,
    ),
    StepText(
        Step.TELL_BACK,
        "กรณีไม่อนุญาต ประสานแจ้งกลับไปยังเจ้าหน้าที่ผู้ประสงค์จะเผยแพร่ข้อมูล "
        "พร้อมชี้แจงเหตุผล เพื่อแก้ไขแล้วเสนอตามขั้นตอนแรกอีกครั้ง",
        WEBMASTER,
        5,
    ),
    StepText(
        Step.KEEP,
        "ตรวจสอบความถูกต้อง ครบถ้วน ตลอดจนความเป็นปัจจุบันของข้อมูล "
        "และนำข้อมูลลงจากเว็บไซต์เมื่อครบระยะเวลาการเผยแพร่ข้อมูล",
        WEBMASTER,
        None,
    ),
)


def ensure_office(site: Site) -> OfficeSettings:
    """Give the office a name, and its form a heading, where it has none."""
    office = OfficeSettings.for_site(site)
    name = office.name or site.site_name or site.hostname
    missing = {
        field: value
        for field, value in (
            ("name", name),
            ("head_title", HEAD_TITLE),
            ("webmaster_title", WEBMASTER_TITLE),
            ("form_heading", FORM_HEADING.format(office=name)),
        )
        if not getattr(office, field)
    }
    if missing:  # each saving leaves a record in the ledger
        for field, value in missing.items():
            setattr(office, field, value)
        office.save()
    ProcedureSettings.for_site(site)  # the rules it has until it changes them
    return office


def ensure_procedure_steps(site: Site) -> int:
    """Write the steps the office has not got; returns how many were written."""
    office = OfficeSettings.for_site(site)
    words = {"office": office.name, "head": office.head_title}
    written = 0
    for order, row in enumerate(STEPS, start=1):
        _step, created = ProcedureStep.objects.get_or_create(
            site=site,
            step=row.step,
            defaults={
                "order": order,
                "text": row.text.format(**words),
                "responsible": row.responsible.format(**words),
                "target_minutes": row.minutes,
            },
        )
        written += created
    return written
