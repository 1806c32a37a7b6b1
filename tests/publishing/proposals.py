"""Proposals and the pages of requests, for tests of the screens."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from wagtail.documents import get_document_model
from wagtail.models import Revision

from govpub.publishing import procedure
from tests.drafts import draft_news
from tests.publishing.screens import fresh

INBOX = "/admin/govpub/requests/"


def propose(office, people, by="officer", **fields):
    officer = getattr(people, by)
    return procedure.propose(draft_news(office, officer, **fields), by=officer)


def propose_with_file(office, people, content=b"text", **fields):
    document = get_document_model().objects.create(
        title="เอกสารแนบท้าย", file=ContentFile(content, name="a.txt")
    )
    page = draft_news(office, people.officer, **fields)
    page.attachments.create(document=document)
    page.save_revision(user=people.officer)
    return procedure.propose(fresh(page), by=people.officer), document


def review(request):
    return reverse("govpub_publishing:review", args=[request.pk])


def send_back_and_propose_again(request, people, **changes):
    """A second round of the same dossier, with other content."""
    procedure.refuse(request, by=people.head, words="ข้อมูลไม่ครบ\nขาดแผนที่")
    procedure.tell_back(request, by=people.webmaster)
    draft = fresh(request.page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=people.officer)
    return procedure.propose(fresh(draft), by=people.officer)


def html(response):
    return response.content.decode()


def decide(client, request, act, **posted):
    seen = request.current_round.digest
    return client.post(review(request), {"act": act, "seen": seen, **posted})


def overwrite(request, **content):
    """As an autosave that gets past the lock: the same revision, other content."""
    revision = request.current_round.revision
    Revision.objects.filter(pk=revision.pk).update(
        content={**revision.content, **content}
    )


def card_html(client, **query):
    return client.get(INBOX, query).content.decode()
