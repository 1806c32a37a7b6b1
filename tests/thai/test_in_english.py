"""Who chose English meets no Thai, but for what people of the office wrote."""

from __future__ import annotations

import re

import pytest

from wagtail.users.models import UserProfile

from tests.thai.latin import typed_texts
from tests.thai.office_at_work import at_work
from tests.thai.quick_walk import QuickWalk, Words
from tests.thai.walk import addresses_without_arguments

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
THAI = re.compile("[\u0e01-\u0e5b]{2,}")
# The language one may change to is named in itself.
ALLOWED = {"ไทย", "ภาษาไทย"}
PUBLIC = (
    *("/", "/general/", "/laws/", "/knowledge/", "/links/", "/news/", "/statistics/"),
    *("/official-information/", "/work-manuals/", "/service-manuals/", "/procedure/"),
    *("/search/", "/search/?q=x", "/oia/index/", "/oia/request/", "/archive/"),
    *("/statistics/survey/", "/statistics/survey/results/", "/verify/", "/sitemap/"),
)


def thai_words(texts):
    """What is Thai in these texts and was not typed by anybody."""
    typed = sorted(filter(THAI.search, typed_texts()), key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, typed)) or "(?!)")
    return {
        text: found
        for text in texts
        if (found := set(THAI.findall(known.sub(" ", text))) - ALLOWED)
    }


def test_the_admin(client, people, office):
    pages = at_work(office, people)
    wrong = {}
    for user in (people.officer, people.head, people.webmaster, people.inspector):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = "en"
        profile.save()
        client.force_login(user)
        walk = QuickWalk(client)
        at = [f"/admin/pages/{page.pk}/edit/" for page in pages]
        walk.through(["/admin/", *at, *addresses_without_arguments()])
        assert len(walk.screens) > 40
        wrong |= {
            f"{walk.texts[t]}: {t[:80]}": w for t, w in thai_words(walk.texts).items()
        }
    assert not wrong, "\n".join(map(str, wrong.items()))


def test_the_public_pages(client, people, office):
    at_work(office, people)
    client.cookies["django_language"] = "en"
    wrong = {}
    for address in PUBLIC:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        words = Words(answer.content.decode())
        wrong |= {f"{address}: {t[:80]}": w for t, w in thai_words(words.texts).items()}
    assert not wrong, "\n".join(map(str, wrong.items()))
