"""What a citizen sees of the nine categories."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from govpub.categories import models
from govpub.categories.enums import Category, GeneralTopic
from govpub.categories.models import (
    CategoryPage,
    KnowledgePage,
    LawPage,
    NewsPage,
    Responsibility,
    TopicPage,
)
from govpub.publishing import procedure
from govpub.publishing.models import PublicationRequest
from govpub.thai.dates import FiscalYear, thai_date

from .conftest import KINDS, make_document, make_draft, make_picture, parent_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_each_category_has_its_address_and_official_title(client, office):
    for category in Category:
        assert category.official_title in text_of(client.get(f"/{category.slug}/"))


def test_the_topics_of_the_first_category_have_addresses(client, office):
    overview = text_of(client.get("/general/"))
    for topic in GeneralTopic:
        assert f'href="/general/{topic.slug}/"' in overview
        assert topic.official_title in text_of(client.get(f"/general/{topic.slug}/"))


def test_misprints_of_the_announcement_are_corrected():
    assert GeneralTopic.DUTIES.official_title == "อำนาจหน้าที่"
    assert "Public Relations" in Category.NEWS.official_title


def test_an_empty_category_says_so(client, office):
    html = text_of(client.get("/news/"))
    assert 'class="gp-notice"' in html
    assert 'method="get"' not in html.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("model", list(KINDS), ids=lambda model: model.__name__)
def test_an_item_shows_what_the_announcement_asks_for(client, publish, model):
    extra = {"lead_image": make_picture(), "lead_image_alternative": "ภาพพิธี"}
    page = publish(
        model,
        files=[make_document("แผน.pdf")],
        external_link="https://example.go.th/more",
        data_from=date(2024, 1, 1),
        data_until=date(2024, 3, 31),
        **(extra if model is NewsPage else {}),
    )
    html = re.sub(
        '<span lang="en">([^<]+)</span>', r"\1", text_of(client.get(page.url))
    )
    request = PublicationRequest.objects.get()
    for shown in (
        page.title,
        page.unit,
        page.source,
        page.summary,
        thai_date(page.document_date),
        thai_date(request.published_at),
        thai_date(request.verified_at),
        thai_date(page.publish_until),
        thai_date(page.data_from),
        request.code,
        "แผน.pdf",
        "PDF, 13",
        'href="https://example.go.th/more"',
        *[v for k, v in KINDS[model].items() if isinstance(v, str) and ord(v[0]) > 999],
    ):
        assert shown in html, shown
    if model is NewsPage:
        assert 'alt="ภาพพิธี"' in html
    assert page.title in text_of(client.get(page.get_parent().url))


def test_the_page_of_a_link_leads_to_the_website_and_has_its_own_address(
    client, publish
):
    page = publish(models.WebLinkPage)
    assert page.url.endswith(f"/links/{page.slug}/")
    assert 'href="https://example.go.th/"' in text_of(client.get(page.url))


def test_only_what_was_put_up_is_shown(client, office, people):
    draft = make_draft(office, NewsPage, people.officer)
    request = procedure.propose(draft, by=people.officer)
    assert client.get(draft.url).status_code == 404
    procedure.allow(request, by=people.head)
    assert client.get(draft.url).status_code == 404
    assert draft.title not in text_of(client.get("/news/"))


def test_a_period_that_is_over_hides_it_everywhere_without_the_scheduler(
    client, publish, time_machine
):
    page = publish(title="ประกาศที่หมดเวลา", publish_until=timezone.localdate())
    addresses = ["/news/", "/search/?q=หมดเวลา", "/feeds/news/", "/sitemap.xml"]
    for address in addresses:
        assert page.slug in text_of(client.get(address)), address

    time_machine(days=1)

    assert NewsPage.objects.get().live
    assert page.summary not in text_of(client.get(page.url))  # a notice stands there
    for address in addresses:
        assert page.slug not in text_of(client.get(address)), address


def test_each_office_shows_its_own_only(client, publish, second_office):
    page = publish(title="ของสำนักงานแรก")
    here = {"HTTP_HOST": "testserver"}
    there = {"HTTP_HOST": second_office.hostname}
    for address in ("/news/", "/search/?q=สำนักงานแรก", "/feeds/news/", "/sitemap.xml"):
        assert page.slug in text_of(client.get(address, **here)), address
        assert page.slug not in text_of(client.get(address, **there)), address
    assert client.get(page.url, **there).status_code == 404


def test_both_offices_have_the_nine_categories(office, second_office):
    for site in (office, second_office):
        pages = CategoryPage.objects.child_of(site.root_page)
        assert sorted(page.number for page in pages) == list(range(1, 10))


# --- lists --------------------------------------------------------------------


def fiscal(be: int) -> date:
    return FiscalYear(be).start + timedelta(days=40)


@pytest.fixture
def laws(publish):
    return [
        publish(LawPage, title="พระราชบัญญัติหนึ่ง", document_date=fiscal(2566)),
        publish(LawPage, title="พระราชบัญญัติสอง", document_date=fiscal(2567)),
        publish(
            LawPage, title="ระเบียบสาม", kind="regulation", document_date=fiscal(2567)
        ),
    ]


def listed(client, query=""):
    html = text_of(client.get(f"/laws/{query}"))
    return re.findall(r'class="gp-row__title"[^>]*>([^<]+)<', html)


def test_a_list_is_filtered_sorted_and_counted(client, laws):
    one, two, three = (law.title for law in laws)
    assert listed(client) == [three, two, one]
    assert listed(client, "?sort=oldest") == [one, two, three]
    assert listed(client, "?sort=title") == [two, one, three]
    assert listed(client, "?kind=act") == [two, one]
    assert listed(client, "?year=2567") == [three, two]
    assert listed(client, "?year=2567&kind=act") == [two]
    assert listed(client, "?q=บัญญัติสอง") == [two]
    html = text_of(client.get("/laws/?year=2567"))
    assert "(2)</option>" in html
    assert "(3)</option>" in html


UNKNOWN = [
    "?page=0",
    "?page=99999999999999999999",
    "?page=x",
    "?year=0",
    "?year=๒๕๖๗",
    "?year=99999",
    "?kind=%00",
    "?sort=-pk",
    "?kind=act&kind=nothing",
]


def test_a_list_ignores_what_it_does_not_know(client, laws):
    for query in UNKNOWN:
        assert len(listed(client, query)) == 3, query


def test_a_filter_without_a_match_says_so_and_leads_back(client, laws):
    html = text_of(client.get("/laws/?q=ไม่มีคำนี้"))
    assert listed(client, "?q=ไม่มีคำนี้") == []
    assert 'href="/laws/"' in html.split('class="gp-notice"')[1].split("</div>")[0]


def test_a_long_list_has_pages_that_keep_the_filter(client, publish, monkeypatch):
    monkeypatch.setattr("govpub.categories.listing.PER_PAGE", 2)
    for number in range(3):
        publish(LawPage, title=f"พระราชบัญญัติ {number}")
    first = text_of(client.get("/laws/?kind=act"))
    assert "?kind=act&amp;page=2" in first
    assert listed(client, "?kind=act&page=2") == ["พระราชบัญญัติ 0"]


@pytest.mark.parametrize("address", ["/laws/", "/general/", "/search/?q=หนึ่ง"])
def test_lists_ask_the_database_the_same_however_long(
    client, publish, django_assert_num_queries, address
):
    model = models.GeneralInformationPage if "general" in address else LawPage
    publish(model, title="หนึ่ง")
    count = queries(client, address)
    for _number in range(4):
        publish(model, title="หนึ่ง")
    assert queries(client, address) == count


def queries(client, address) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)  # caches of sites and content types are filled
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_an_item_needs_few_queries_however_much_is_attached(client, publish):
    short = publish(KnowledgePage)
    long = publish(KnowledgePage, files=[make_document(f"{n}.pdf") for n in range(5)])
    assert queries(client, long.url) == queries(client, short.url)
    assert queries(client, long.url) <= 15


# --- category 9, the footer of an item, responsibility --------------------------


def test_statistics_show_what_the_apps_announce_in_their_order(client, office):
    def section(text):
        return lambda request, site: f"{text} {site.pk}"

    name = "register_govpub_statistics_section"
    with (
        hooks.register_temporarily(name, section("survey"), order=900),
        hooks.register_temporarily(name, section("visits"), order=800),
    ):
        html = text_of(client.get("/statistics/"))
    assert html.index(f"visits {office.pk}") < html.index(f"survey {office.pk}")


def test_apps_add_to_the_end_of_an_item(client, publish):
    page = publish()
    seen = []

    def block(request, item):
        seen.append(item)
        return "the official form"

    with hooks.register_temporarily("register_govpub_item_footer", block):
        assert "the official form" in text_of(client.get(page.url))
    assert seen == [page]


def test_a_category_names_who_is_responsible_this_year(client, office):
    row = Responsibility.objects.get(
        site=office, fiscal_year=FiscalYear.current().be, category=Category.NEWS
    )
    row.responsible = "งานสื่อสารองค์กร"
    row.save()
    assert "งานสื่อสารองค์กร" in text_of(client.get("/news/"))
    assert "งานสื่อสารองค์กร" not in text_of(client.get("/laws/"))


def test_pages_tell_statistics_their_category(office, people):
    assert parent_of(office, NewsPage).govpub_category == Category.NEWS
    assert TopicPage.objects.first().govpub_category == Category.GENERAL
    item = make_draft(office, LawPage, people.officer)
    assert item.govpub_category == Category.LAWS
    assert models.ItemPage.objects.get().govpub_category == Category.LAWS
    assert Page.objects.get(pk=item.pk).specific.govpub_category == Category.LAWS


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_what_stands_in_a_closed_section_is_closed(client, publish, depth):
    page = publish(NewsPage)
    closed = Page.objects.get(path=page.path[: depth * page.steplen])
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert client.get(page.url).status_code == 302
    assert client.get("/laws/").status_code == (302 if depth == 2 else 200)
