"""Files of a proposal: neither exchanged nor deleted under it, and told why."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from govpub.categories.models import NewsPage
from govpub.categories.models.item import Attachment
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import RoundFile
from tests.drafts import draft_news
from tests.publishing.screens import approve, post_editor

pytestmark = pytest.mark.django_db


def png(colour):
    stream = io.BytesIO()
    Picture.new("RGB", (8, 8), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def document(db):
    return get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )


@pytest.fixture
def proposed(office, people, document):
    page = draft_news(office, people.officer)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    return procedure.propose(NewsPage.objects.get(pk=page.pk), by=people.officer)


@pytest.fixture
def client(people):
    client = Client()
    client.force_login(people.superuser)
    return client


def stored(document):
    with get_document_model().objects.get(pk=document.pk).file.open("rb") as stream:
        return stream.read()


def exchange(client, document, content=b"other"):
    return client.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {
            "title": document.title,
            "collection": document.collection_id,
            "tags": "",
            "file": SimpleUploadedFile("b.txt", content),
        },
    )


def test_each_file_is_kept_with_its_digest(proposed, document):
    kept = RoundFile.objects.get()
    assert kept.document == document
    assert len(kept.digest) == 64


def test_exchanging_it_in_the_admin_is_refused_with_a_sentence(
    proposed, document, client
):
    response = exchange(client, document)
    assert response.status_code == 200
    assert proposed.code in response.content.decode()
    assert stored(document) == b"text"


@pytest.mark.parametrize("status", ["proposed", "allowed", "scheduled", "published"])
def test_exchanging_it_in_the_shell_is_refused(proposed, document, status):
    type(proposed).objects.update(status=status)
    document.file = ContentFile(b"other", name="a.txt")
    with pytest.raises(PermissionDenied):
        document.save()
    assert stored(document) == b"text"


def test_its_title_may_be_corrected(proposed, document):
    document.title = "เอกสารแนบ"
    document.save()
    assert get_document_model().objects.get().title == "เอกสารแนบ"


def test_returned_to_the_officer_it_may_be_exchanged(
    proposed, people, document, client
):
    procedure.refuse(proposed, by=people.head, words="ไฟล์ผิด")
    procedure.tell_back(proposed, by=people.webmaster)
    assert exchange(client, document).status_code == 302
    assert stored(document) == b"other"
    page = NewsPage.objects.get(pk=proposed.page_id)
    again = procedure.propose(page, by=people.officer)
    first, second = RoundFile.objects.order_by("pk")
    assert (first.round.number, second.round.number) == (1, 2)
    assert first.digest != second.digest
    procedure.allow(again, by=people.head)
    procedure.put_up(again, by=people.webmaster, checks=ALL_CHECKED)


def test_a_free_file_may_be_exchanged_and_deleted(document, client):
    assert exchange(client, document).status_code == 302
    assert stored(document) == b"other"
    client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not get_document_model().objects.exists()


def test_deleting_it_is_refused_and_wagtail_says_where_it_is_used(
    proposed, document, client
):
    with pytest.raises(ProtectedError):
        document.delete()
    address = reverse("wagtaildocs:delete", args=[document.pk])
    client.post(address)
    assert get_document_model().objects.exists()
    page = client.get(address).content.decode()
    assert "button serious" not in page
    usage = ReferenceIndex.get_grouped_references_to(document)
    assert usage.is_protected
    page = client.get(reverse("wagtaildocs:document_usage", args=[document.pk]))
    assert proposed.code in page.content.decode()


def test_deleting_many_at_once_is_refused(proposed, document, client):
    """Wagtail shows which one is used, and offers no button."""
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "delete"])
    free = get_document_model().objects.create(
        title="ว่าง", file=ContentFile(b"free", name="f.txt")
    )
    chosen = f"{address}?id={free.pk}&id={document.pk}"
    button = "button serious"
    assert button not in client.get(chosen).content.decode()
    assert button in client.get(f"{address}?id={free.pk}").content.decode()
    client.post(chosen)
    assert get_document_model().objects.count() == 2
    client.post(f"{address}?id={free.pk}")
    assert get_document_model().objects.get() == document


def test_a_picture_is_bound_like_a_document(office, people, client):
    image = get_image_model().objects.create(
        title="ภาพ", file=ContentFile(png("teal"), name="a.png")
    )
    page = draft_news(office, people.officer)
    request = procedure.propose(page, by=people.officer)
    RoundFile.objects.create(
        round=request.current_round, image=image, title="ภาพ", digest="0" * 64
    )
    response = client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "ภาพ",
            "collection": image.collection_id,
            "tags": "",
            "file": SimpleUploadedFile("b.png", png("red"), "image/png"),
        },
    )
    assert response.status_code == 200
    assert request.code in response.content.decode()
    image.file = ContentFile(png("red"), name="a.png")
    with pytest.raises(PermissionDenied):
        image.save()


def test_a_draft_whose_file_is_gone_can_still_be_edited(office, people, client):
    """It was never proposed, so nothing keeps the file; the draft goes on without."""
    page = draft_news(office, people.officer)
    draft = NewsPage.objects.get(pk=page.pk)
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )
    picture = get_image_model().objects.create(
        title="ภาพ", file=ContentFile(png("red"), name="a.png")
    )
    draft.attachments.add(Attachment(document=document))
    draft.lead_image, draft.lead_image_alternative = picture, "ภาพ"
    draft.save_revision(user=people.officer)
    client.force_login(people.officer)
    document.delete()
    picture.delete()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200
    with pytest.raises(ProcedureError, match="บันทึก"):
        procedure.propose(NewsPage.objects.get(pk=page.pk), by=people.officer)
    answer = post_editor(people.officer, page, summary="ไม่มีเอกสาร")
    assert answer.status_code == 302
    request = procedure.propose(NewsPage.objects.get(pk=page.pk), by=people.officer)
    assert request.current_round.files.count() == 0
    approve(request, people)
    assert NewsPage.objects.get(pk=page.pk).is_public
