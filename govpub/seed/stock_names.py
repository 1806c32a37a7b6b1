"""Wagtail names what it ships with in English; an office reads Thai.

Renamed is only what nobody uses or has renamed: a group with people in it stays.
"""

from __future__ import annotations

from django.contrib.auth.models import Group

from wagtail.models import Collection, Page, Task, Workflow

GROUPS = {
    "Editors": "ผู้แก้ไขเนื้อหา (กลุ่มที่มากับระบบ)",
    "Moderators": "ผู้พิจารณาเนื้อหา (กลุ่มที่มากับระบบ)",
}
MODERATION = {"Moderators approval": "การพิจารณาเนื้อหา (ที่มากับระบบ)"}
TOP_PAGE = {"Root": "เว็บไซต์ทั้งหมด"}
TOP_COLLECTION = {"Root": "ชุดจัดเก็บทั้งหมด"}


def translate_stock_names() -> int:
    """Give them Thai names; returns how many got one."""
    renamed = 0
    for old, new in GROUPS.items():
        unused = Group.objects.filter(name=old, user=None)
        if not Group.objects.filter(name=new).exists():
            renamed += unused.update(name=new)
    for old, new in MODERATION.items():
        renamed += Workflow.objects.filter(name=old).update(name=new)
        renamed += Task.objects.filter(name=old).update(name=new)
    for old, new in TOP_PAGE.items():
        top = Page.objects.filter(depth=1, title=old)
        renamed += top.update(title=new, draft_title=new)
    for old, new in TOP_COLLECTION.items():
        renamed += Collection.objects.filter(depth=1, name=old).update(name=new)
    return renamed
