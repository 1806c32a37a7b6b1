"""The scheduler stands still: nothing outside its period is handed to anybody.

One test for each way by which the public could reach an item or its files, each for an
item that is over and one that has not begun.
"""

from __future__ import annotations

import io
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import include, path, reverse
from freezegun import freeze_time
from PIL import Image as Picture

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.stats import public_names
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

TOPIC = "ประกาศลับเฉพาะช่วงเวลา"
SECRET = "เนื้อความที่หมดระยะเวลาแล้ว"
BEFORE, DURING, AFTER = "2026-11-01 03:00", "2026-11-20 03:00", "2026-12-01 03:00"
PERIOD = {"publish_from": date(2026, 11, 10), "publish_until": date(2026, 11, 30)}


def png():
    stream = io.BytesIO()
    Picture.new("RGB", (1200, 800), "navy").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def item(office, people):
    """An item with a document and a picture; up only from 10 to 30 November."""
    cache.clear()  # Wagtail keeps renditions there, also those of other tests
    with freeze_time("2026-10-30 03:00"):
        document = get_document_model().objects.create(
            title=f"{TOPIC} แนบ", file=ContentFile(b"secret text", name="attached.txt")
        )
        image = get_image_model().objects.create(
            title="ภาพ", file=ContentFile(png(), name="lead.png")
        )
        page = draft_news(
            office,
            people.officer,
            title=TOPIC,
            summary=SECRET,
            lead_image=image,
            lead_image_alternative="ภาพประกอบ",
            **PERIOD,
        )
        page.attachments.create(document=document)
        page.save_revision(user=people.officer)
        page = NewsPage.objects.get(pk=page.pk)
        request = procedure.propose(page, by=people.officer)
        procedure.allow(request, by=people.head)
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    return SimpleNamespace(
        request=request,
        address=page.relative_url(office),
        pk=page.pk,
        document=document,
        image=image,
        rendition=image.get_rendition("max-960x960"),
    )


@pytest.fixture
def appeared(item, people):
    with freeze_time("2026-11-10 01:00"):
        procedure.go_live(item.request, by=people.webmaster)
    return item


@pytest.fixture(params=["not begun", "over"])
def hidden(request, item, people):
    """The item outside its period, on a day on which no scheduler has run."""
    if request.param == "not begun":
        with freeze_time(BEFORE):
            yield item
    else:
        with freeze_time("2026-11-10 01:00"):
            procedure.go_live(item.request, by=people.webmaster)
        with freeze_time(AFTER):
            assert NewsPage.objects.get(pk=item.pk).live
            yield item


def words(client, address, **params):
    return client.get(address, params).content.decode()


# --- While it is up, all of it is there: the tests below could fail --------------


@freeze_time(DURING)
def test_within_its_period_everything_is_there(appeared, client, office):
    item = appeared
    assert SECRET in words(client, item.address)
    assert TOPIC in words(client, office.root_page.url)
    search = reverse("govpub_categories:search")
    assert item.address in words(client, search, q="ลับเฉพาะ")
    assert TOPIC in words(client, reverse("govpub_categories:news_feed"))
    assert item.address in words(client, "/sitemap.xml")
    assert TOPIC in words(client, "/sitemap/")
    for address in (item.document.url, item.image.file.url, item.rendition.url):
        assert client.get(address).status_code == 200


# --- 1. to 10. -------------------------------------------------------------------


def test_1_page(hidden, client):
    response = client.get(hidden.address)
    over = NewsPage.objects.get(pk=hidden.pk).live
    assert response.status_code == (200 if over else 404)  # a notice that it is over
    html = response.content.decode()
    assert SECRET not in html
    assert hidden.rendition.url not in html
    assert hidden.document.url not in html


def test_2_preview_addresses(hidden, client):
    for name in ("wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft"):
        response = client.get(reverse(name, args=[hidden.pk]))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))
    revision = hidden.request.current_round.revision_id
    address = reverse("wagtailadmin_pages:revisions_view", args=[hidden.pk, revision])
    assert client.get(address).status_code == 302


def test_3_listings(hidden, client, office):
    news = hidden.address.rstrip("/").rsplit("/", 1)[0] + "/"
    for address in (office.root_page.url, news, f"{news}?kind=news", f"{news}?q=ลับ"):
        assert TOPIC not in words(client, address)


def test_4_search(hidden, client):
    search = reverse("govpub_categories:search")
    found = words(client, search, q="ระยะเวลาแล้ว") + words(client, search, q=TOPIC)
    assert hidden.address not in found
    assert SECRET not in found


def test_5_feed(hidden, client):
    assert TOPIC not in words(client, reverse("govpub_categories:news_feed"))


def test_6_sitemap_for_machines(hidden, client):
    assert hidden.address not in words(client, "/sitemap.xml")


def test_7_sitemap_for_people(hidden, client):
    page = words(client, "/sitemap/")
    assert TOPIC not in page
    assert hidden.address not in page


router = WagtailAPIRouter("api")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("api/", router.urls), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF=__name__)
def test_8_apis(hidden, client):
    listed = client.get("/api/pages/")
    assert listed.status_code == 200
    assert TOPIC not in str(listed.json())
    news = client.get("/api/pages/?type=govpub_categories.NewsPage")
    assert TOPIC not in str(news.json())
    assert client.get(f"/api/pages/{hidden.pk}/").status_code == 404


@override_settings(ROOT_URLCONF=__name__)
@freeze_time(DURING)
def test_8_apis_show_what_is_public(appeared, client):
    assert TOPIC in str(client.get("/api/pages/?limit=20&order=-id").json())
    assert client.get(f"/api/pages/{appeared.pk}/").status_code == 200


def test_8_open_data_names_neither_page_nor_document(hidden, office):
    def ranked(key):
        return SimpleNamespace(subject=SimpleNamespace(key=str(key)))

    assert public_names.pages(office, [ranked(hidden.pk)], 10) == []
    assert public_names.documents([ranked(hidden.document.pk)], 10) == []


@freeze_time(DURING)
def test_8_open_data_names_what_is_public(appeared, office):
    def ranked(key):
        return SimpleNamespace(subject=SimpleNamespace(key=str(key)))

    assert len(public_names.pages(office, [ranked(appeared.pk)], 10)) == 1
    assert len(public_names.documents([ranked(appeared.document.pk)], 10)) == 1


def test_9_document_by_its_view(hidden, client):
    assert client.get(hidden.document.url).status_code == 404


def test_9_document_under_the_media_address(hidden, client):
    assert client.get(f"/media/{hidden.document.file.name}").status_code == 404


def test_9_original_picture_under_the_media_address(hidden, client):
    assert client.get(hidden.image.file.url).status_code == 404


def test_9_rendition_under_the_media_address(hidden, client):
    assert client.get(hidden.rendition.url).status_code == 404


def test_10_alias(hidden, client, office):
    """Aliases are refused; one that got in past Python is not served either."""
    page = NewsPage.objects.get(pk=hidden.pk)
    parent = page.get_parent()
    alias = parent.specific.add_child(
        instance=NewsPage(
            title=TOPIC, slug="alias", kind="news", summary=SECRET, live=False
        )
    )
    NewsPage.objects.filter(pk=alias.pk).update(
        alias_of=hidden.pk, live=True, live_revision=page.live_revision, **PERIOD
    )
    address = hidden.address.replace(page.slug, "alias")
    response = client.get(address)
    assert response.status_code == 404
    assert SECRET not in words(client, "/sitemap/")


def test_10_pages_below(hidden, client):
    """Whatever a site allows below an item goes with it."""
    parent = NewsPage.objects.get(pk=hidden.pk)
    child = parent.add_child(
        instance=Page(title="หน้าลูกที่ต้องซ่อน", slug="child", live=True)
    )
    Page.objects.filter(pk=parent.pk).update(live=True)
    assert client.get(child.get_url()).status_code == 404
    assert "child/" not in words(client, "/sitemap.xml")


@freeze_time(DURING)
def test_10_pages_below_are_there_while_the_item_is(appeared, client):
    parent = NewsPage.objects.get(pk=appeared.pk)
    child = parent.add_child(instance=Page(title="หน้าลูก", slug="child", live=True))
    assert client.get(child.get_url()).status_code == 200
    assert "child/" in words(client, "/sitemap.xml")


# --- Files: shared ones, and the server in front -----------------------------------


def test_a_file_another_live_page_uses_stays(item, people, client, office):
    with freeze_time("2026-11-10 01:00"):
        procedure.go_live(item.request, by=people.webmaster)
        other = draft_news(office, people.officer, publish_until=date(2027, 1, 31))
        other.attachments.create(document=item.document)
        other.save_revision(user=people.officer)
        other = NewsPage.objects.get(pk=other.pk)
        request = procedure.propose(other, by=people.officer)
        procedure.allow(request, by=people.head)
        procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    with freeze_time(AFTER):
        assert client.get(item.document.url).status_code == 200
        assert client.get(item.rendition.url).status_code == 404
    with freeze_time("2027-02-01 03:00"):
        assert client.get(item.document.url).status_code == 404


@freeze_time(DURING)
@override_settings(GOVPUB_SENDFILE_HEADER="X-Accel-Redirect")
def test_nginx_is_told_where_the_file_lies_only_after_we_asked(appeared, client):
    response = client.get(appeared.rendition.url)
    assert response["X-Accel-Redirect"] == (
        f"/govpub-files/{appeared.rendition.file.name}"
    )
    assert response.content == b""
    assert response["Content-Type"] == "image/png"
    document = client.get(appeared.document.url)
    assert document["X-Accel-Redirect"].startswith("/govpub-files/documents/")
    with freeze_time(AFTER):
        for address in (appeared.rendition.url, appeared.document.url):
            response = client.get(address)
            assert response.status_code == 404
            assert "X-Accel-Redirect" not in response


@freeze_time(DURING)
@override_settings(GOVPUB_SENDFILE_HEADER="X-Sendfile")
def test_apache_is_told_the_path(appeared, client):
    response = client.get(appeared.rendition.url)
    assert response["X-Sendfile"] == appeared.rendition.file.path


@freeze_time(DURING)
def test_a_cache_must_ask_again_each_time(appeared, client):
    for address in (appeared.rendition.url, appeared.document.url):
        assert client.get(address)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["", "images", "images/", "../govpub.sqlite3", "images/../../x", "a\0b"]
)
def test_nonsense_below_the_media_address_is_not_found(db, client, name):
    assert client.get(f"/media/{name}").status_code == 404


@freeze_time(AFTER)
def test_who_works_in_the_admin_still_sees_the_picture(appeared, people):
    client = Client()
    client.force_login(people.webmaster)
    assert client.get(appeared.rendition.url).status_code == 200
