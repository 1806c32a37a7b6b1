"""Who chose English meets no Thai, but for what people of the office wrote."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from wagtail.users.models import UserProfile

from tests.thai.latin import typed_texts
from tests.thai.office_at_work import at_work
from tests.thai.walk import Walk, addresses_without_arguments
from tests.thai.words import Words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THAI = re.compile("[\u0e01-\u0e5b]{2,}")
# The language one may change to is named in itself.
ALLOWED = {"ไทย", "ภาษาไทย"}
PUBLIC = (
    *("/", "/general/", "/laws/", "/knowledge/", "/links/", "/news/", "/statistics/"),
    *("/official-information/", "/work-manuals/", "/service-manuals/", "/procedure/"),
    *("/search/", "/oia/index/", "/oia/request/", "/archive/"),
    *("/statistics/survey/", "/statistics/survey/results/", "/verify/", "/sitemap/"),
)


# The papers of the office are in the office's language, and so is a page of its website
# that is looked at before it is public. A mail says what it said when it was sent. Who
# is not signed in has not chosen; "no permission" Wagtail says outside of the choice.
IN_THAI = (
    *("/papers/", "/supervision/", "/oia/request", "/preview/", "/view_draft/"),
    "/password_reset/",
)
NO_PERMISSION = "ขออภัย ท่านไม่มีสิทธิเข้าถึงส่วนนี้"


def thai_words(texts):
    """What is Thai in these texts and was not typed by anybody; and where it stands."""
    typed = sorted({*filter(THAI.search, typed_texts())}, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, typed)) or "(?!)")
    return [
        f"{address}: {text[:80]}"
        for text, address in texts.items()
        if set(THAI.findall(known.sub(" ", text))) - ALLOWED
        and text != NO_PERMISSION
        and not any(part in address for part in IN_THAI)
    ]


def test_the_admin(client, people, office):
    pages = at_work(office, people)
    wrong: list[str] = []
    names: set[str] = set()
    alike: Counter[tuple[str, str]] = Counter()  # what one has seen the next need not
    for user in (people.officer, people.head, people.webmaster, people.inspector):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = "en"
        profile.save()
        client.force_login(user)
        walk = Walk(client, alike=alike)
        at = [f"/admin/pages/{page.pk}/edit/" for page in pages]
        walk.through(["/admin/", *at, *addresses_without_arguments()])
        names |= set(walk.names)
        wrong += thai_words(walk.texts)
    assert not wrong, "\n".join(wrong)
    assert len(names) > 100


def test_the_public_pages(client, people, office):
    at_work(office, people)
    client.cookies["django_language"] = "en"
    wrong = []
    for address in PUBLIC:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        words = Words(answer.content.decode())
        wrong += thai_words(dict.fromkeys(words.texts, address))
    assert not wrong, "\n".join(wrong)
