"""The public section, the footer and the open data, over HTTP."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from uuid import uuid4

import html5lib
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    ReferenceIndex,
)

from govpub.stats.models import Kind, Subject
from govpub.stats.open_data import harmless

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("public_addresses"),
]


@pytest.fixture
def document(office, news):
    """A document of a page that is public; of others nobody is told."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    document = get_document_model().objects.create(
        title="แผน", file=ContentFile(b"%PDF-", name="plan.pdf")
    )
    types = ContentType.objects
    ReferenceIndex.objects.create(
        base_content_type=types.get_for_model(Page),
        content_type=types.get_for_model(Page),
        object_id=str(news.pk),
        to_content_type=types.get_for_model(get_document_model()),
        to_object_id=str(document.pk),
        model_path="body",
        content_path="body",
        content_path_hash=uuid4(),
    )
    return document


def section(person, **query):
    response = person().client.get("/numbers/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_section_is_valid_html_with_and_without_numbers(person, drain, news):
    for _ in range(2):
        html = section(person)
        html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title>{html}")
        assert "style=" not in html
        assert "<script" not in html
        person().reads(news.url)
        drain()


def test_the_section_names_what_was_read(person, drain, news, document):
    for _ in range(3):
        person().reads(news.url)
    person().reads(document.url)
    drain()
    html = section(person)
    assert "ข่าว &amp; news" in html
    assert f'href="{news.url}"' in html
    assert "แผน" in html
    assert '<svg class="gp-chart__drawing"' in html
    assert "3 " in html


def test_a_chart_is_for_hours_days_or_months(person, drain, news):
    person().reads(news.url)
    drain()
    today = date.today().isoformat()
    hours = section(person, **{"from": today, "to": today})
    assert hours.count('<tr><th scope="row">') - 1 >= 24
    assert "13:00" in hours
    months = section(person, **{"from": "2020-01-01", "to": "2026-12-31"})
    assert months.count('<tr><th scope="row">') >= 84


def test_numbers_in_the_drawing_are_not_localised(person, drain, news, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    html = section(person, **{"from": "2020-01-01", "to": "2026-12-31"})
    assert 'viewBox="0 0 1680 200"' in html


def test_a_bad_period_is_explained_and_escaped(person):
    html = section(person, **{"from": "<script>alert(1)</script>"})
    assert 'role="alert"' in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_page_that_was_taken_down_is_not_named(person, drain, news):
    person().reads(news.url)
    drain()
    news.unpublish()
    assert "ข่าว &amp; news" not in section(person)


def test_a_document_that_is_not_for_all_is_not_named(person, drain, document):
    person().reads(document.url)
    drain()
    assert "แผน" in section(person)
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="login"
    )
    assert "แผน" not in section(person)


def test_another_app_may_leave_documents_out(person, drain, document):
    person().reads(document.url)
    drain()
    with hooks.register_temporarily(
        "register_govpub_listed_documents", lambda documents: documents.none()
    ):
        assert "แผน" not in section(person)


def test_other_peoples_referrers_and_searches_are_not_public(person, drain, news):
    person().reads(news.url, HTTP_REFERER="https://spam.example/")
    drain()
    assert Subject.objects.filter(kind=Kind.REFERRER).exists()
    assert "spam.example" not in section(person)
    for address in ("/statistics/data.json", "/statistics/data.csv?table=pages"):
        assert b"spam.example" not in person().reads(address).content


def test_the_footer_has_the_counter_for_every_office(person, drain, other_office):
    for _ in range(2):
        person().reads("/footer/")
    drain()
    cache.clear()
    assert "2 " in person().reads("/footer/").content.decode()
    other = person().reads("/footer/", HTTP_HOST="other.example").content.decode()
    assert "2 " not in other


# open data


def test_json_has_every_table(person, drain, news):
    person().reads(news.url)
    drain()
    response = person().reads("/statistics/data.json")
    data = json.loads(response.content)
    assert data["total"] == {"views": 1, "visitors": 1}
    assert data["days"][-1]["views"] == 1
    assert data["pages"][0]["title"] == "ข่าว & news"
    assert data["devices"] == [{"device": "desktop", "views": 1, "percent": 100.0}]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "table", ["days", "months", "pages", "categories", "downloads", "devices"]
)
def test_every_table_is_csv_for_a_spreadsheet(person, drain, news, document, table):
    person().reads(news.url)
    person().reads(document.url)
    drain()
    response = person().reads(f"/statistics/data.csv?table={table}")
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert len(rows) > 1 or table == "categories"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_title_is_never_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(5) == 5


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/statistics/data.csv?table=visitors", 404),
        ("/statistics/data.csv?from=yesterday", 400),
        ("/statistics/data.json?from=2026-01-02&to=2026-01-01", 400),
    ],
)
def test_bad_questions_have_plain_answers(person, address, status):
    response = person().reads(address)
    assert response.status_code == status


def test_an_office_gives_out_its_own_numbers_only(person, drain, other_office, news):
    person().reads(news.url)
    drain()
    response = person().reads("/statistics/data.json", HTTP_HOST="other.example")
    assert json.loads(response.content)["total"]["views"] == 0
