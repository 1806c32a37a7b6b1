"""What an office needs before its first item: the tree and the responsibility table.

Everything here looks up what exists and adds what is missing; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wagtail.models import Page, Site

from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import CategoryPage, Responsibility, TopicPage
from govpub.publishing.models import OfficeSettings
from govpub.thai.dates import FiscalYear

PROCEDURE = (
    "ขั้นตอนการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์หน่วยงานและการปรับปรุงข้อมูล"
    "เป็นไปตามข้อ ๒ - ๓ ตามประกาศ{office} เรื่อง "
    "แนวทางการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของ{office}"
)
RESPONSIBLE = "นักวิชาการคอมพิวเตอร์"
INSPECTOR = "หัวหน้าหน่วยงาน"


@transaction.atomic
def ensure_tree(site: Site) -> int:
    """The nine categories and the ten topics below the office's home page.

    They are found by number, so that titles and addresses people changed stay.
    Returns how many pages were made now.
    """
    made = _ensure(CategoryPage, Category, site.root_page)
    general = CategoryPage.objects.child_of(site.root_page).get(number=Category.GENERAL)
    return made + _ensure(TopicPage, GeneralTopic, general)


def _ensure(
    model: type[CategoryPage] | type[TopicPage],
    entries: Iterable[Category] | Iterable[GeneralTopic],
    parent: Page,
) -> int:
    present = set(model.objects.child_of(parent).values_list("number", flat=True))
    missing = [entry for entry in entries if entry not in present]
    for entry in missing:
        # The tree keeps its numbering on the parent's row: read it anew each time.
        Page.objects.get(pk=parent.pk).add_child(
            instance=model(
                number=entry,
                title=entry.official_title,
                slug=entry.slug,
                live=True,
                locale_id=parent.locale_id,
            )
        )
    return len(missing)


@transaction.atomic
def ensure_responsibilities(site: Site, fiscal_year: int) -> int:
    """The responsibility table of the announcement for a fiscal year (B.E.).

    Rows that exist stay as the office wrote them. Returns how many were made now.
    """
    office = OfficeSettings.for_site(site)
    rows = Responsibility.objects.of_year(site, FiscalYear(fiscal_year))
    present = set(rows.values_list("category", flat=True))
    missing = [category for category in Category if category not in present]
    Responsibility.objects.bulk_create(
        Responsibility(
            site=site,
            fiscal_year=fiscal_year,
            category=category,
            procedure=PROCEDURE.format(office=office.name or "หน่วยงาน"),
            responsible=office.webmaster_title or RESPONSIBLE,
            inspector=office.head_title or INSPECTOR,
        )
        for category in missing
    )
    return len(missing)
