"""Pages in another language: each approved by itself, each named once in a list."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page, Site

from govpub.categories.models import CategoryPage, ItemPage, NewsPage
from govpub.categories.translations import begin_translation, ensure_languages
from govpub.publishing import procedure
from govpub.publishing.exceptions import NotApproved, ProcedureError
from govpub.publishing.models import PublicationRequest
from govpub.roles import Role
from govpub.seed.run import set_up
from govpub.upkeep.takedown import take_down_now
from home.policies import begin_own_wording
from tests.conftest import make_person

from .conftest import make_document, make_draft, put_through
from .test_public_pages import queries, text_of

pytestmark = pytest.mark.django_db
THAI, ENGLISH = "ประกาศวันหยุดราชการ", "Notice of public holidays"
UNTRANSLATED = "has not been translated"


@pytest.fixture
def english(office) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def thai(publish) -> NewsPage:
    return publish(title=THAI, files=[make_document()])


@pytest.fixture
def draft(thai, english, people) -> NewsPage:
    """The translation, written and not proposed yet."""
    page = begin_translation(thai, english, people.officer)
    page.title = ENGLISH
    page.save()
    page.save_revision(user=people.officer)
    return NewsPage.objects.get(pk=page.pk)


@pytest.fixture
def translated(draft, people) -> NewsPage:
    """The same, after its own way through the procedure."""
    return put_through(draft, people)


@pytest.fixture
def reader(client):
    """A reader who chose English."""
    client.cookies["django_language"] = "en"
    return client


def path_of(page) -> str:
    return urlsplit(page.full_url).path


def switch(client, path, language) -> str:
    """Press the button of the switch as a browser does; where it leads."""
    tree = html5lib.parse(text_of(client.get(path)), namespaceHTMLElements=False)
    button = next(
        element
        for element in tree.iter("button")
        if element.get("name") == "language" and element.get("value") == language
    )
    response = client.post(button.get("formaction"), {"language": language})
    assert response.status_code == 302
    return response["Location"]


# --- what a reader meets --------------------------------------------------------


def test_the_switch_leads_to_the_translation_and_back(client, thai, translated):
    here, there = path_of(thai), path_of(translated)
    assert there == here[:-1] + "-en/"
    assert switch(client, here, "en") == there
    html = text_of(client.get(there))
    assert ENGLISH in html
    assert '<html lang="en"' in html
    assert UNTRANSLATED not in html
    assert switch(client, there, "th") == here
    assert THAI in text_of(client.get(here))


def test_without_a_translation_the_page_stays_and_says_so(client, thai):
    assert switch(client, path_of(thai), "en") == path_of(thai)
    html = text_of(client.get(path_of(thai)))
    assert THAI in html
    assert "The content of this page is in Thai and has not been translated." in html
    assert '<main id="main" class="gp-main" tabindex="-1" lang="th">' in html


def test_the_switch_keeps_what_was_asked_for(client, thai):
    assert switch(client, "/news/?q=ราชการ&sort=title", "en").endswith("&sort=title")


def test_a_page_in_the_other_language_says_where_the_own_is(client, thai, translated):
    there = text_of(client.get(path_of(translated)))  # read by somebody who reads Thai
    assert 'lang="en"' in there
    assert f'<a href="{path_of(thai)}">อ่านหน้านี้เป็นภาษาไทย</a>' in there
    client.cookies["django_language"] = "en"
    here = text_of(client.get(path_of(thai)))
    assert f'<a href="{path_of(translated)}">Read this page in English</a>' in here


def test_search_engines_are_told_of_both(client, thai, translated):
    for page in (thai, translated):
        html = text_of(client.get(path_of(page)))
        for code, other in (("th", thai), ("en", translated)):
            link = f'<link rel="alternate" hreflang="{code}" href="{other.full_url}">'
            assert link in html
    sitemap = text_of(client.get("/sitemap.xml"))
    assert f"<loc>{thai.full_url}</loc>" in sitemap
    assert f"<loc>{translated.full_url}</loc>" in sitemap


LISTS = ["/", "/news/", "/sitemap/", "/feeds/news/", "/oia/index/"]


@pytest.mark.parametrize("address", LISTS)
def test_lists_name_it_once_in_the_language_of_the_reader(
    client, front, office, people, english, address
):
    page = make_draft(office, NewsPage, people.officer, title=THAI)
    page.clauses.create(clause="9(8)")
    page.save_revision(user=people.officer)
    put_through(page, people)
    other = begin_translation(page, english, people.officer)
    other.title = ENGLISH
    other.save_revision(user=people.officer)
    put_through(NewsPage.objects.get(pk=other.pk), people)
    for language, shown, hidden in (("th", THAI, ENGLISH), ("en", ENGLISH, THAI)):
        client.cookies["django_language"] = language
        html = text_of(client.get(address))
        assert shown in html, language
        assert hidden not in html, language


def test_the_search_finds_it_in_either_language(client, thai, translated):
    assert path_of(translated) in text_of(client.get("/search/?q=holidays"))
    assert path_of(thai) in text_of(client.get("/search/?q=วันหยุด"))


def test_what_is_public_in_one_language_only_is_listed_in_both(
    client, thai, translated, people
):
    take_down_now(
        PublicationRequest.objects.get(page=thai.pk),
        by=people.webmaster,
        words="ข้อมูลไม่เป็นปัจจุบัน",
        public_reason="ข้อมูลไม่เป็นปัจจุบัน",
    )
    for language in ("th", "en"):
        client.cookies["django_language"] = language
        assert ENGLISH in text_of(client.get("/news/"))
    html = text_of(client.get(path_of(translated)))
    assert path_of(thai) not in html.split("<main")[1]


def test_lists_and_pages_ask_the_database_no_more_for_more_translations(
    reader, publish, english, people
):
    def both(title):
        page = publish(title=title)
        other = begin_translation(page, english, people.officer)
        other.title = f"{title} in English"
        other.save_revision(user=people.officer)
        return put_through(NewsPage.objects.get(pk=other.pk), people)

    first = both("หนึ่ง")
    few = queries(reader, "/news/")
    assert queries(reader, path_of(first)) <= 15
    for title in ("สอง", "สาม"):
        both(title)
    assert queries(reader, "/news/") == few


def test_an_own_policy_is_read_in_the_language_of_the_reader(
    client, front, office, people, english
):
    own = begin_own_wording(office, "privacy", people.officer)
    own = put_through(own, people)
    other = begin_translation(own, english, people.officer)
    other.title = "Privacy policy of the office"
    other.save_revision(user=people.officer)
    assert client.get("/policies/privacy/")["Location"] == path_of(own)
    client.cookies["django_language"] = "en"
    assert client.get("/policies/privacy/")["Location"] == path_of(own)
    put_through(type(own).objects.get(pk=other.pk), people)
    assert client.get("/policies/privacy/")["Location"] == path_of(other)


# --- nothing goes around the procedure --------------------------------------------


def test_a_translation_is_a_draft_until_it_is_approved_itself(client, thai, draft):
    assert (draft.live, draft.locale.language_code) == (False, "en")
    assert draft.translation_key == thai.translation_key
    assert [file.document for file in draft.files] == [f.document for f in thai.files]
    assert client.get(path_of(draft)).status_code == 404
    assert ENGLISH not in text_of(client.get("/news/"))
    assert switch(client, path_of(thai), "en") == path_of(thai)


def test_approving_the_original_anew_does_not_publish_the_translation(
    thai, draft, people, client
):
    thai.summary = "แก้ไขแล้ว"
    thai.save_revision(user=people.officer)
    put_through(NewsPage.objects.get(pk=thai.pk), people)
    assert not NewsPage.objects.get(pk=draft.pk).live
    assert client.get(path_of(draft)).status_code == 404


def test_it_has_a_number_and_a_form_of_its_own(thai, translated):
    first, second = PublicationRequest.objects.order_by("pk")
    assert (first.page_id, second.page_id) == (thai.pk, translated.pk)
    assert second.number == first.number + 1
    assert (first.topic, second.topic) == (THAI, ENGLISH)


def test_a_copy_that_nobody_translated_is_not_proposed(thai, english, people):
    page = begin_translation(thai, english, people.officer)
    assert list(page.own_form_errors()) == ["title"]
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)


def test_beginning_it_again_gives_the_draft_that_is_there(thai, draft, english, people):
    assert begin_translation(thai, english, people.officer).pk == draft.pk


def test_another_language_is_not_what_was_approved(thai, english):
    page = NewsPage.objects.get(pk=thai.pk)
    page.locale = english
    with pytest.raises(NotApproved):
        page.save()


@pytest.mark.parametrize("alias", [True, False])
def test_wagtails_own_translation_finds_no_second_tree(thai, english, alias):
    before = Page.objects.count()
    with pytest.raises(ParentNotTranslatedError):
        thai.copy_for_translation(english, alias=alias)
    with pytest.raises(NotApproved):
        thai.copy_for_translation(english, copy_parents=True, alias=alias)
    assert Page.objects.count() == before


@pytest.mark.parametrize("subtree", [True, False])
def test_the_frame_has_no_alias_and_no_translation(front, office, english, subtree):
    category = CategoryPage.objects.child_of(front).first()
    for page in (front, category):
        with pytest.raises((NotApproved, ParentNotTranslatedError)):
            page.copy_for_translation(english, alias=True)
        with pytest.raises((NotApproved, ParentNotTranslatedError)):
            page.copy_for_translation(english)
    assert not CategoryPage.objects.filter(locale=english).exists()
    assert {path.site_id for path in Site.get_site_root_paths()} >= {office.pk}
    assert all(path.language_code == "th" for path in Site.get_site_root_paths())


def test_an_alias_of_a_translation_is_refused_too(translated, thai):
    for update in ({}, {"update_locale": thai.locale}):
        with pytest.raises(NotApproved):
            translated.create_alias(update_slug="alias", **update)


# --- the editor -------------------------------------------------------------------


def test_an_officer_begins_a_translation_in_the_editor(client, thai, english, people):
    client.force_login(people.officer)
    editor = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[thai.pk])))
    address = reverse("govpub_translate", args=[thai.pk, "en"])
    assert address in editor
    assert THAI in text_of(client.get(address))
    assert not ItemPage.objects.filter(locale=english).exists()  # looking makes nothing
    response = client.post(address)
    page = ItemPage.objects.get(locale=english)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.owner == people.officer
    assert address not in text_of(client.get(response["Location"]))


def test_a_colleague_finds_the_way_in_the_list_of_pages(client, thai, people):
    client.force_login(people.officer2)  # who may not edit what another wrote
    listed = reverse("wagtailadmin_explore", args=[thai.get_parent().pk])
    address = reverse("govpub_translate", args=[thai.pk, "en"])
    assert address in text_of(client.get(listed))
    client.post(address)
    page = ItemPage.objects.get(locale__language_code="en")
    assert page.owner == people.officer2
    assert address not in text_of(client.get(listed))


def test_only_who_may_write_there_begins_one(client, thai, english, second_office):
    address = reverse("govpub_translate", args=[thai.pk, "en"])
    stranger = make_person("stranger", second_office, Role.OFFICER)
    client.force_login(stranger)
    assert client.post(address).status_code in (302, 403)
    assert Client().post(address).status_code == 302
    assert not ItemPage.objects.filter(locale=english).exists()


@pytest.mark.parametrize("language", ["th", "xx", "de"])
def test_there_is_no_translation_into_other_languages(client, thai, people, language):
    client.force_login(people.officer)
    address = reverse("govpub_translate", args=[thai.pk, language])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


# --- the set-up ---------------------------------------------------------------------


def test_the_set_up_makes_each_language_once(office, second_office):
    assert ensure_languages() == 0
    Locale.objects.filter(language_code="en").delete()
    pages = Page.objects.count()
    assert any("1" in line for line in set_up(office))
    assert Locale.objects.filter(language_code="en").count() == 1
    set_up(second_office)
    assert Locale.objects.count() == 2
    assert Page.objects.count() == pages


def test_a_period_of_its_own_ends_the_translation_only(
    client, thai, draft, people, time_machine
):
    draft.publish_until = timezone.localdate() + timedelta(days=2)
    draft.save_revision(user=people.officer)
    page = put_through(NewsPage.objects.get(pk=draft.pk), people)
    time_machine(days=3)
    client.cookies["django_language"] = "en"
    assert THAI in text_of(client.get("/news/"))
    html = text_of(client.get(path_of(thai)))
    assert UNTRANSLATED in html
    assert path_of(page) not in html
