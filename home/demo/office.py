"""The demo office: the one of the announcement, with made-up ways to reach it."""

from __future__ import annotations

from wagtail.models import Site

from govpub.publishing.models import OfficeSettings

NAME = "สำนักงานสาธารณสุขอำเภอเมืองสมุทรปราการ"
HEAD_TITLE = "สาธารณสุขอำเภอเมืองสมุทรปราการ"


PARTICULARS = {
    "name": NAME,
    "name_en": "Mueang Samut Prakan District Public Health Office",
    "parent_organisation": "สำนักงานปลัดกระทรวงสาธารณสุข",
    "address": "อำเภอเมืองสมุทรปราการ จังหวัดสมุทรปราการ",
    "phone": "0 2000 0000",
    "fax": "0 2000 0001",
    "email": "office@example.com",
    "head_title": HEAD_TITLE,
    "webmaster_title": "นักวิชาการคอมพิวเตอร์",
    "announcement": (
        f"ประกาศ{NAME} เรื่อง แนวทางการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของ{NAME} พ.ศ. ๒๕๖๖"
    ),
}


def describe(site: Site, port: int) -> None:
    """Write each of the office's particulars that nobody has written yet.

    On this machine its addresses carry ``port``, so that those on paper lead here.
    """
    if site.hostname == "localhost":
        site.port = port
    site.site_name = site.site_name or NAME
    site.save()
    settings = OfficeSettings.for_site(site)
    missing = {f: v for f, v in PARTICULARS.items() if not getattr(settings, f)}
    if missing:  # each saving leaves a record in the ledger
        for field, value in missing.items():
            setattr(settings, field, value)
        settings.save()
