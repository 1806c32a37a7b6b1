"""What contradicts the approvals is found, named and closed."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from wagtail.documents import get_document_model
from wagtail.models import TaskState, WorkflowState

from govpub.categories.models import NewsPage
from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.ledger import faults
from govpub.publishing.models import LedgerEntry, PublicationRequest
from tests.drafts import draft_news, published_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(office, people):
    return published_news(office, people)


@pytest.fixture
def proposed(office, people):
    return procedure.propose(draft_news(office, people.officer), by=people.officer)


def fresh(page):
    return NewsPage.objects.get(pk=page.pk)


def doctor(**options):
    out = StringIO()
    try:
        call_command("govpub_doctor", stdout=out, stderr=out, **options)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def closes(site):
    """Found without --fix and nothing changed; with it closed, noted, then healthy."""
    code, found = doctor()
    assert code == 1
    assert doctor() == (code, found)
    code, text = doctor(fix=True)
    assert code == 0, text
    assert doctor()[0] == 0
    assert list(faults(site)) == []
    return found


def test_a_healthy_installation(public, proposed):
    assert doctor()[0] == 0


def test_live_without_any_request(office, people):
    page = draft_news(office, people.officer, title="ลัด")
    NewsPage.objects.filter(pk=page.pk).update(live=True)
    assert "ลัด" in closes(office)
    assert not fresh(page).live
    note = LedgerEntry.objects.get(action="doctor")
    assert note.data["page"] == page.pk


def test_live_by_a_request_that_was_never_allowed(office, proposed):
    page = proposed.page
    NewsPage.objects.filter(pk=page.pk).update(
        live=True, live_revision=proposed.current_round.revision
    )
    PublicationRequest.objects.update(status="published")
    closes(office)
    assert not fresh(page).live
    proposed.refresh_from_db()
    assert proposed.status == "ended"


def test_other_content_than_was_approved(office, public):
    NewsPage.objects.filter(pk=public.pk).update(summary="แก้ในฐานข้อมูล")
    closes(office)
    assert not fresh(public).live
    request = PublicationRequest.objects.get()
    assert request.status == "ended"
    assert request.acts.last().user.username == "govpub-robot"


@pytest.mark.parametrize("missing", [False, True])
def test_other_bytes_than_were_approved(office, people, missing):
    document = get_document_model().objects.create(
        title="เอกสาร", file=ContentFile(b"text", name="a.txt")
    )
    page = draft_news(office, people.officer)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    request = procedure.propose(fresh(page), by=people.officer)
    procedure.allow(request, by=people.head)
    procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)
    assert doctor()[0] == 0
    storage, name = document.file.storage, document.file.name
    storage.delete(name)
    if not missing:
        storage.save(name, ContentFile(b"other"))
    closes(office)
    assert not fresh(page).live


def test_an_approved_revision_that_was_overwritten(office, public):
    revision = fresh(public).live_revision
    revision.content["summary"] = "แก้ฉบับที่อนุมัติ"
    revision.save()
    closes(office)
    assert not fresh(public).live


def test_published_on_paper_only(office, public):
    NewsPage.objects.filter(pk=public.pk).update(live=False)
    closes(office)
    assert PublicationRequest.objects.get().status == "ended"


def test_wagtail_reviews_what_no_request_knows(office, proposed):
    PublicationRequest.objects.update(status="withdrawn")
    closes(office)
    assert not WorkflowState.objects.active().exists()
    assert not TaskState.objects.filter(status="in_progress").exists()


def test_a_request_nobody_can_decide_on(office, people, proposed):
    WorkflowState.objects.update(status="cancelled")
    TaskState.objects.update(status="cancelled")
    closes(office)
    proposed.refresh_from_db()
    assert proposed.status == "returned"
    assert procedure.propose(fresh(proposed.page), by=people.officer) == proposed


def test_another_period_than_was_proposed(office, public):
    until = PublicationRequest.objects.get().publish_until
    PublicationRequest.objects.update(publish_until=until + timedelta(days=999))
    closes(office)
    assert PublicationRequest.objects.get().publish_until == until
    assert fresh(public).is_public


def test_another_period_on_the_page_than_was_approved(office, public):
    later = timezone.localdate() + timedelta(days=999)
    NewsPage.objects.filter(pk=public.pk).update(publish_until=later)
    closes(office)
    assert not fresh(public).live


def test_what_cannot_be_closed_is_said(office, people, proposed):
    WorkflowState.objects.update(status="cancelled")
    get_user_model().objects.filter(username="govpub-robot").delete()
    code, text = doctor(fix=True)
    assert code == 1
    assert proposed.code in text
