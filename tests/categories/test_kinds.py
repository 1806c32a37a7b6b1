"""Laws, knowledge, manuals and news: what each kind must say and how it is shown."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from govpub.categories.enums import TimeUnit
from govpub.categories.models import (
    KnowledgePage,
    LawPage,
    NewsPage,
    ServiceManualPage,
    WorkManualPage,
)
from govpub.categories.steps import time_in_words
from govpub.publishing import procedure
from govpub.publishing.exceptions import NotApproved, ProcedureError

from .conftest import make_document, make_draft, make_picture
from .test_public_pages import queries, text_of
from .test_topics import rows

pytestmark = pytest.mark.django_db


def table(**fields):
    """A data set of one column of names and one of numbers."""
    value = {
        "caption": "ผู้ป่วยรายเดือน",
        "columns": [
            {"type": "text", "heading": "เดือน"},
            {"type": "number", "heading": "ราย"},
        ],
        "rows": [{"values": ["ตุลาคม", "1031"]}, {"values": ["พฤศจิกายน", None]}],
        **fields,
    }
    stream = KnowledgePage.data.field.stream_block
    return stream.to_python([{"type": "table", "value": value}])


STATISTICS = {"kind": "statistics", "data_until": date(2026, 9, 30)}


# --- what must be said ------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields", "missing"),
    [
        (LawPage, {"source": " "}, "source"),
        (LawPage, {"status": "replaced"}, "replaced_by_name"),
        (KnowledgePage, {"source": ""}, "source"),
        (KnowledgePage, {**STATISTICS}, "data"),
        (KnowledgePage, {"chart_column": "ไม่มีคอลัมน์นี้"}, "chart_column"),
        (WorkManualPage, {"steps": []}, "steps"),
        (ServiceManualPage, {"steps": []}, "steps"),
        (NewsPage, {"kind": "infographic"}, "lead_image"),
    ],
)
def test_what_is_missing_cannot_be_proposed(office, people, model, fields, missing):
    draft = make_draft(office, model, people.officer, **fields)
    assert list(draft.own_form_errors()) == [missing]
    with pytest.raises(ProcedureError):
        procedure.propose(draft, by=people.officer)


@pytest.mark.parametrize("lacking", ["data_until", "licence"])
def test_statistics_say_their_time_and_terms(office, people, lacking):
    fields = {**STATISTICS, "data": table(), lacking: None if "_" in lacking else ""}
    draft = make_draft(office, KnowledgePage, people.officer, **fields)
    assert list(draft.own_form_errors()) == [lacking]


def test_every_step_has_a_time(office, people):
    steps = rows(ServiceManualPage, "steps", {"name": "ยื่นคำขอ", "unit": "minute"})
    draft = make_draft(office, ServiceManualPage, people.officer, steps=steps)
    assert list(draft.own_form_errors()) == ["steps"]


def test_a_gallery_describes_every_picture(office, people):
    picture = {"image": make_picture().pk, "alternative": " ", "caption": ""}
    draft = make_draft(
        office, NewsPage, people.officer, gallery=rows(NewsPage, "gallery", picture)
    )
    assert list(draft.own_form_errors()) == ["gallery"]


def test_an_attached_manual_stands_for_its_steps(office, people):
    draft = make_draft(
        office, WorkManualPage, people.officer, steps=[], files=[make_document()]
    )
    assert draft.completeness() == []


# --- laws -------------------------------------------------------------------------


def test_a_replaced_law_leads_to_the_newer_one_while_that_is_public(
    client, publish, time_machine
):
    newer = publish(LawPage, title="พระราชบัญญัติใหม่")
    older = publish(
        LawPage,
        title="พระราชบัญญัติเก่า",
        status="replaced",
        replaced_by=newer,
        publish_until=None,
    )
    html = text_of(client.get(older.url))
    assert f'href="{newer.get_url()}"' in html or newer.slug in html
    assert "พระราชบัญญัติใหม่" in html
    time_machine(days=60)
    assert "พระราชบัญญัติใหม่" not in text_of(client.get(older.url))


def test_another_replacement_is_not_what_was_approved(publish):
    newer = publish(LawPage, title="พระราชบัญญัติใหม่")
    older = publish(LawPage, status="replaced", replaced_by_name="ฉบับที่ ๔")
    changed = LawPage.objects.get(pk=older.pk)
    changed.replaced_by = newer
    with pytest.raises(NotApproved):
        changed.save()


# --- data sets --------------------------------------------------------------------


@pytest.fixture
def statistics(publish):
    return publish(
        KnowledgePage, **STATISTICS, data=table(), chart_column="ราย", licence="CC BY"
    )


def test_a_data_set_is_a_table_with_its_chart(client, statistics):
    html = text_of(client.get(statistics.url))
    for shown in ("ผู้ป่วยรายเดือน", "<td data-number>1,031</td>", 'class="gp-chart"'):
        assert shown in html, shown
    assert f'href="{statistics.get_url()}csv/"' in html or "csv/" in html


def test_a_data_set_is_taken_away_with_its_terms(client, statistics):
    csv = client.get(f"{statistics.url}csv/").content.decode()
    assert csv.splitlines()[:2] == ["\ufeffเดือน,ราย", "ตุลาคม,1031"]
    data = json.loads(client.get(f"{statistics.url}json/").content)
    assert data["licence"] == "CC BY"
    assert data["until"] == "2026-09-30"
    assert data["rows"] == [
        {"เดือน": "ตุลาคม", "ราย": 1031},
        {"เดือน": "พฤศจิกายน", "ราย": None},
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {
            "columns": [
                {"type": "text", "heading": "ก"},
                {"type": "text", "heading": "ก"},
            ]
        },
        {
            "columns": [
                {"type": "text", "heading": "ก"},
                {"type": "text", "heading": " "},
            ]
        },
        {"rows": []},
    ],
)
def test_a_table_that_is_no_data_is_refused(office, people, fields):
    draft = make_draft(office, KnowledgePage, people.officer, data=table(**fields))
    assert list(draft.own_form_errors()) == ["data"]


def test_negative_numbers_are_not_drawn(office, people):
    data = table(rows=[{"values": ["ตุลาคม", "-3"]}])
    draft = make_draft(
        office, KnowledgePage, people.officer, data=data, chart_column="ราย"
    )
    assert draft.chart is None
    assert draft.completeness() == []


# --- manuals ----------------------------------------------------------------------


def test_times_are_added_up_kind_by_kind():
    times = [
        (Decimal(90), TimeUnit.MINUTE),
        (Decimal("1.5"), TimeUnit.HOUR),
        (Decimal(3), TimeUnit.WORKING_DAY),
        (Decimal(2), TimeUnit.WORKING_DAY),
        (Decimal(1), TimeUnit.DAY),
        (None, TimeUnit.DAY),
    ]
    with translation.override("en"):
        assert time_in_words(times) == "1 day 5 working days 3 hours"
    with translation.override("th"):
        assert time_in_words(times) == "1 วัน 5 วันทำการ 3 ชั่วโมง"
    assert time_in_words([]) == ""


def test_a_manual_shows_its_steps_their_sum_and_the_forms(client, office, publish):
    steps = rows(
        ServiceManualPage,
        "steps",
        {"name": "ยื่นคำขอ", "time": "50", "unit": "minute", "fee": "20"},
        {
            "name": "พิจารณา",
            "time": "70",
            "unit": "minute",
            "documents": "แบบคำขอ\nบัตรประจำตัว",
        },
    )
    page = publish(ServiceManualPage, steps=steps, fee="", files=[make_document()])
    html = text_of(client.get(page.url))
    for shown in ("2 ชั่วโมง", "20 บาท", "แบบคำขอ<br>บัตรประจำตัว", "1 ชั่วโมง 10 นาที"):
        assert shown in html, shown
    assert 'id="forms"' not in html


def test_a_form_to_fill_in_has_a_place_of_its_own(client, office, people):
    from .conftest import put_through

    draft = make_draft(
        office, ServiceManualPage, people.officer, files=[make_document("form.pdf")]
    )
    attachment = draft.attachments.get()
    attachment.is_form = True
    draft.attachments = [attachment]
    draft.save_revision(user=people.officer)
    html = text_of(client.get(put_through(draft, people).url))
    assert 'id="forms"' in html
    assert 'id="attachments"' not in html


# --- news -------------------------------------------------------------------------


def test_a_gallery_needs_no_more_queries_however_many_pictures(client, publish):
    def gallery(number):
        return rows(
            NewsPage,
            "gallery",
            *(
                {"image": make_picture().pk, "alternative": f"ภาพที่ {n}"}
                for n in range(number)
            ),
        )

    few, many = publish(gallery=gallery(1)), publish(gallery=gallery(4))
    assert 'alt="ภาพที่ 3"' in text_of(client.get(many.url))
    assert queries(client, many.url) == queries(client, few.url) <= 15


@pytest.mark.parametrize(
    "model", [LawPage, KnowledgePage, WorkManualPage, ServiceManualPage, NewsPage]
)
def test_the_page_of_a_kind_needs_few_queries(client, publish, model):
    assert queries(client, publish(model).url) <= 15


def test_a_file_and_a_film_in_the_text(client, publish):
    stream = NewsPage.body.field.stream_block
    body = stream.to_python(
        [
            {"type": "file", "value": {"document": make_document("ผัง.pdf").pk}},
            {
                "type": "video",
                "value": {"title": "สาธิต", "address": "https://video.example/1"},
            },
        ]
    )
    html = text_of(client.get(publish(body=body).url))
    assert "ผัง.pdf" in html
    assert '<a href="https://video.example/1"' in html
    assert "<iframe" not in html
    assert "<video" not in html
