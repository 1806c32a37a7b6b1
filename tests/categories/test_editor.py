"""The officer's form, through Wagtail's own screens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from govpub.categories import models
from govpub.categories.models import CategoryPage, NewsPage
from govpub.publishing import procedure
from govpub.publishing.models import (
    Appointment,
    OfficeSettings,
    PublicationRequest,
)

from .conftest import (
    KINDS,
    make_document,
    make_draft,
    make_picture,
    parent_of,
    put_through,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_officer(client, people):
    client.force_login(people.officer)


def add_url(office, model=NewsPage):
    parent = parent_of(office, model)
    return reverse(
        "wagtailadmin_pages:add",
        args=["govpub_categories", model._meta.model_name, parent.pk],
    )


def filled(files=(), body=(), **fields):
    """What the browser sends for a complete form."""
    return nested_form_data(
        {
            "unit": "กลุ่มงานบริหาร",
            "document_date": timezone.localdate().isoformat(),
            "title": "ประกาศรับสมัครงาน",
            "summary": "รับสมัครหนึ่งตำแหน่ง",
            "attachments": inline_formset(
                [{"document": file.pk, "title": ""} for file in files]
            ),
            "external_link": "",
            "remark": "",
            "publish_from": "",
            "publish_until": (timezone.localdate() + timedelta(days=30)).isoformat(),
            "kind": "news",
            "clauses": inline_formset([]),
            "gallery": streamfield([]),
            "data": streamfield([]),
            "body": streamfield(body),
            "source": "",
            "data_from": "",
            "data_until": "",
            "lead_image": "",
            "lead_image_alternative": "",
            **fields,
        }
    )


def propose(client, office, **fields):
    return client.post(add_url(office), filled(**fields) | {"action-submit": "1"})


def test_the_form_has_the_fields_of_the_paper_form_in_their_order(client, office):
    html = client.get(add_url(office)).content.decode()
    order = [
        "unit",
        "document_date",
        "title",
        "summary",
        "attachments-TOTAL_FORMS",
        "external_link",
        "remark",
        "publish_from",
        "publish_until",
    ]
    positions = [html.index(f'name="{name}"') for name in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize("name", ["slug", "go_live_at", "expire_at", "seo_title"])
def test_what_the_procedure_decides_is_not_asked(client, office, name):
    assert f'name="{name}"' not in client.get(add_url(office)).content.decode()


def test_the_unit_of_the_officer_is_filled_in(client, office, people):
    Appointment.objects.filter(user=people.officer).update(unit="กลุ่มงานควบคุมโรค")
    form = client.get(add_url(office)).context["form"]
    assert form["unit"].value() == "กลุ่มงานควบคุมโรค"
    assert form["source"].value() == "กลุ่มงานควบคุมโรค"


def test_without_a_unit_the_office_is_filled_in(client, office):
    form = client.get(add_url(office)).context["form"]
    assert form["unit"].value() == OfficeSettings.for_site(office).name


@pytest.mark.parametrize("model", list(KINDS), ids=lambda model: model.__name__)
def test_every_kind_can_be_added_in_its_category_only(client, office, model):
    assert client.get(add_url(office, model)).status_code == 200
    for category in CategoryPage.objects.child_of(office.root_page):
        if category.pk != parent_of(office, model).pk:
            url = reverse(
                "wagtailadmin_pages:add",
                args=["govpub_categories", model._meta.model_name, category.pk],
            )
            # Refused: Wagtail sends the officer back with a message.
            assert client.get(url).status_code == 302


def test_an_unfinished_draft_is_saved(client, office):
    data = filled(unit="", document_date="", summary="", publish_until="", kind="")
    assert client.post(add_url(office), data).status_code == 302
    page = NewsPage.objects.get()
    assert not page.live
    assert page.title == "ประกาศรับสมัครงาน"
    assert not PublicationRequest.objects.exists()


def test_a_draft_whose_period_ends_before_it_begins_is_refused(client, office):
    today = timezone.localdate()
    data = filled(
        publish_from=today.isoformat(),
        publish_until=(today - timedelta(days=1)).isoformat(),
    )
    response = client.post(add_url(office), data)
    assert response.context["form"].errors.keys() == {"publish_until"}
    assert not NewsPage.objects.exists()


def test_a_complete_proposal_opens_a_request(client, office, people):
    assert propose(client, office).status_code == 302
    request = PublicationRequest.objects.get()
    assert request.topic == "ประกาศรับสมัครงาน"
    assert request.officer == people.officer
    assert request.section == parent_of(office, NewsPage).title


def test_an_incomplete_proposal_says_what_is_missing_beside_each_field(client, office):
    response = propose(
        client,
        office,
        unit=" ​",
        document_date="",
        summary="",
        publish_until="",
        kind="",
    )
    errors = response.context["form"].errors
    assert errors.keys() == {
        "unit",
        "document_date",
        "summary",
        "publish_until",
        "kind",
    }
    assert not PublicationRequest.objects.exists()
    assert not NewsPage.objects.exists()


def test_a_proposal_for_a_period_that_is_over_is_refused(client, office):
    yesterday = timezone.localdate() - timedelta(days=1)
    response = propose(client, office, publish_until=yesterday.isoformat())
    assert response.context["form"].errors.keys() == {"publish_until"}


def test_an_attachment_stands_for_the_summary(client, office):
    response = propose(client, office, summary="", files=[make_document()])
    assert response.status_code == 302
    assert NewsPage.objects.get().attachments.count() == 1


def test_removing_the_only_attachment_asks_for_the_summary(client, office, people):
    draft = make_draft(
        office, NewsPage, people.officer, summary="", files=[make_document()]
    )
    row = draft.attachments.get()
    data = filled(summary="")
    data |= {
        "attachments-TOTAL_FORMS": "1",
        "attachments-INITIAL_FORMS": "1",
        "attachments-0-id": str(row.pk),
        "attachments-0-document": str(row.document_id),
        "attachments-0-title": "",
        "attachments-0-ORDER": "1",
        "attachments-0-DELETE": "1",
        "action-submit": "1",
    }
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = client.post(url, data)
    assert response.context["form"].errors.keys() == {"summary"}
    assert not PublicationRequest.objects.exists()


def test_a_file_that_is_not_what_it_says_cannot_be_proposed(client, office):
    fake = make_document("plan.pdf", b"MZ this is a program")
    response = propose(client, office, files=[fake])
    rows = response.context["form"].formsets["attachments"]
    assert rows.errors[0].keys() == {"document"}
    assert not PublicationRequest.objects.exists()


def test_a_file_that_is_missing_is_named(client, office):
    lost = make_document("lost.pdf")
    lost.file.storage.delete(lost.file.name)
    response = propose(client, office, files=[lost])
    assert "lost.pdf" in str(response.context["form"].formsets["attachments"].errors)
    assert not PublicationRequest.objects.exists()


def test_what_waits_for_its_day_is_not_proposed_again(client, office, people):
    tomorrow = timezone.localdate() + timedelta(days=1)
    draft = make_draft(office, NewsPage, people.officer, publish_from=tomorrow)
    request = put_through(draft, people).open_request
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = client.post(url, filled() | {"action-submit": "1"})
    assert request.code in str(response.context["form"].non_field_errors())
    assert PublicationRequest.objects.get() == request


def test_a_returned_item_is_corrected_and_proposed_again(client, office, people):
    draft = make_draft(office, NewsPage, people.officer)
    request = procedure.propose(draft, by=people.officer)
    procedure.refuse(request, by=people.head, words="ไม่ครบ")
    procedure.tell_back(request, by=people.webmaster)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = client.post(url, filled(title="แก้ไขแล้ว") | {"action-submit": "1"})
    assert response.status_code == 302
    request.refresh_from_db()
    assert request.rounds.count() == 2
    assert request.topic == "แก้ไขแล้ว"


def test_a_picture_needs_a_description_to_be_proposed(client, office):
    picture = make_picture()
    response = propose(client, office, lead_image=picture.pk)
    assert response.context["form"].errors.keys() == {"lead_image_alternative"}
    response = propose(
        client, office, lead_image=picture.pk, lead_image_alternative="พิธีเปิด"
    )
    assert response.status_code == 302


def test_a_picture_in_the_text_needs_a_description(client, office):
    block = {"image": make_picture().pk, "alternative": "", "caption": ""}
    response = propose(client, office, body=[("figure", block)])
    assert response.context["form"].errors.keys() == {"body"}


def test_who_has_no_role_is_told_so_and_nothing_is_saved(client, office, people):
    client.force_login(people.superuser)
    response = propose(client, office)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not NewsPage.objects.exists()


def test_what_is_typed_is_saved_as_it_should_have_been_typed(client, office):
    split = "ทํา"  # nikhahit and sara aa, as copied from a PDF
    propose(
        client,
        office,
        title=f"การ{split}งาน",
        body=[("paragraph", rich_text(f"<p>{split}</p>")), ("heading", split)],
    )
    page = NewsPage.objects.get()
    assert page.title == "การทำงาน"
    assert [str(block.value) for block in page.body][1] == "ทำ"
    assert "ทำ" in page.body[0].value.source


def test_the_address_is_ascii_and_stays(client, office):
    year = timezone.localdate().year + 543 + (timezone.localdate().month >= 10)
    client.post(add_url(office), filled(title="การสำรวจ"))
    client.post(add_url(office), filled(title="!!!"))
    first, second = NewsPage.objects.order_by("pk")
    assert first.slug == f"{year}-0001"
    assert second.slug == f"{year}-0002"

    url = reverse("wagtailadmin_pages:edit", args=[first.pk])
    client.post(url, filled(title="หัวข้อใหม่", slug="something-else"))
    first.refresh_from_db()
    assert (first.title, first.slug) == ("หัวข้อใหม่", f"{year}-0001")


def test_the_addresses_of_two_categories_are_numbered_apart(client, office):
    client.post(add_url(office), filled())
    client.post(add_url(office, models.KnowledgePage), filled(kind="article"))
    slugs = {page.slug for page in models.ItemPage.objects.all()}
    assert len(slugs) == 1


def test_a_preview_shows_the_item(client, office):
    url = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["govpub_categories", "newspage", parent_of(office, NewsPage).pk],
    )
    data = filled(files=[make_document()])
    assert client.post(url, data).json()["is_valid"]
    response = client.get(url, {"mode": ""})
    assert response.status_code == 200
    assert "ประกาศรับสมัครงาน" in response.content.decode()
    assert "plan.pdf" in response.content.decode()


def test_the_categories_themselves_are_not_edited(client, office, people):
    page = parent_of(office, NewsPage)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for person in (people.officer, people.webmaster, people.superuser):
        client.force_login(person)
        assert client.get(url).status_code == 302


def test_an_item_has_no_children(client, office, people):
    page = make_draft(office, NewsPage, people.officer)
    url = reverse("wagtailadmin_pages:add_subpage", args=[page.pk])
    assert client.get(url).status_code == 302
