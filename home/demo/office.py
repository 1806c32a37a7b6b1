"""The demo office: the one of the announcement, with made-up ways to reach it."""

from __future__ import annotations

from wagtail.models import Site

from govpub.publishing.models import OfficeSettings

NAME = "สำนักงานสาธารณสุขอำเภอเมืองสมุทรปราการ"
HEAD_TITLE = "สาธารณสุขอำเภอเมืองสมุทรปราการ"


def describe(site: Site) -> None:
    """Write the office's particulars, unless somebody has written some."""
    if site.site_name == "":
        site.site_name = NAME
        site.save()
    settings = OfficeSettings.for_site(site)
    if settings.name:
        return
    settings.name = NAME
    settings.name_en = "Mueang Samut Prakan District Public Health Office"
    settings.parent_organisation = "สำนักงานปลัดกระทรวงสาธารณสุข"
    settings.address = "อำเภอเมืองสมุทรปราการ จังหวัดสมุทรปราการ"
    settings.phone = "0 2000 0000"
    settings.fax = "0 2000 0001"
    settings.email = "office@example.com"
    settings.head_title = HEAD_TITLE
    settings.webmaster_title = "นักวิชาการคอมพิวเตอร์"
    settings.announcement = (
        f"ประกาศ{NAME} เรื่อง แนวทางการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของ{NAME} พ.ศ. ๒๕๖๖"
    )
    settings.save()
