"""Personal data is taken out, or somebody says why it must be published."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from docx import Document as Word

from wagtail.documents import get_document_model

from govpub.categories.models import Attachment
from govpub.publishing import procedure
from govpub.publishing.exceptions import ProcedureError
from govpub.publishing.models import OfficeSettings, PublicationRequest, Round
from tests.drafts import draft_news

pytestmark = pytest.mark.django_db

# Made up; only the check digit is right.
ID = "1-2345-67890-12-1"


def with_reason(page, officer, reason):
    page.personal_data_reason = reason
    page.save_revision(user=officer)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def careless(office, people):
    return draft_news(office, people.officer, summary=f"ผู้ชนะ เลขประจำตัว {ID}")


def test_it_cannot_be_proposed_without_a_reason(careless, people):
    with pytest.raises(ProcedureError) as refused:
        procedure.propose(careless, by=people.officer)
    assert "1-" in " ".join(refused.value.messages)
    assert "2345" not in " ".join(refused.value.messages)
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize("reason", [" ", "\u200b"])
def test_a_reason_that_nobody_can_read_is_none(careless, people, reason):
    page = with_reason(careless, people.officer, reason)
    with pytest.raises(ProcedureError):
        procedure.propose(page, by=people.officer)


def test_with_a_reason_the_head_is_told(careless, people, client):
    page = with_reason(careless, people.officer, "ตามประกาศผลการคัดเลือก")
    request = procedure.propose(page, by=people.officer)
    assert request.current_round.form["personal_data"][0]["kind"] == "national_id"
    client.force_login(people.head)
    review = client.get(reverse("govpub_publishing:review", args=[request.pk]))
    text = review.content.decode()
    assert "ข้อมูลส่วนบุคคล" in text
    assert "ตามประกาศผลการคัดเลือก" in text
    procedure.allow(request, by=people.head)


def test_the_head_cannot_allow_what_nobody_gave_a_reason_for(office, people):
    """A round from before the officer had to."""
    request = procedure.propose(draft_news(office, people.officer), by=people.officer)
    form = request.current_round.form
    form["personal_data"] = [{"kind": "email", "masked": "a@•om", "file": ""}]
    Round.objects.update(form=form)
    with pytest.raises(ProcedureError):
        procedure.allow(request, by=people.head)
    request.refresh_from_db()
    assert request.status == "proposed"


def test_the_text_of_an_attachment_counts(office, people, tmp_path):
    word = Word()
    word.add_paragraph(f"รายชื่อผู้เข้าอบรม {ID}")
    path = tmp_path / "list.docx"
    word.save(path)
    document = get_document_model().objects.create(
        title="รายชื่อ", file=ContentFile(path.read_bytes(), name="list.docx")
    )
    page = draft_news(office, people.officer)
    page.attachments.add(Attachment(document=document))
    page.save_revision(user=people.officer)
    with pytest.raises(ProcedureError, match="รายชื่อ"):
        procedure.propose(page, by=people.officer)


def test_the_offices_own_numbers_need_no_reason(office, people):
    own = OfficeSettings.for_site(office)
    own.phone, own.email = "0 2389 5980, 02-389-5981", "office@example.go.th"
    own.save()
    page = draft_news(
        office, people.officer, summary="โทร. 02 389 5981 office@example.go.th"
    )
    assert procedure.propose(page, by=people.officer).status == "proposed"


def test_the_editor_says_it_beside_the_field(office, people, client, careless):
    client.force_login(people.officer)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[careless.pk]))
    assert "personal_data_reason" in form.content.decode()
