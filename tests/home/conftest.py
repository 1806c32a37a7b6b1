from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page

from govpub.publishing.models import OfficeSettings
from home.models import HomePage


@pytest.fixture
def front(office) -> HomePage:
    """The first office's front page made a home page, and its contact filled in."""
    home = HomePage(page_ptr_id=office.root_page_id)
    home.save_base(raw=True)
    Page.objects.filter(pk=office.root_page_id).update(
        content_type=ContentType.objects.get_for_model(HomePage)
    )
    OfficeSettings.objects.update_or_create(
        site=office,
        defaults={
            "name": "สำนักงานสาธารณสุขอำเภอตัวอย่าง",
            "name_en": "Example District Public Health Office",
            "address": "99 หมู่ 1 ตำบลตัวอย่าง",
            "phone": "0 2000 0000",
            "email": "office@example.go.th",
        },
    )
    return HomePage.objects.get(pk=home.pk)
