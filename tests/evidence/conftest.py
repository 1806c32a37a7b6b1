"""Papers of made-up requests, and how to read a PDF as somebody who copies from it."""

from __future__ import annotations

import pypdfium2
import pytest

from govpub.publishing import procedure
from govpub.publishing.checklist import ALL_CHECKED
from govpub.publishing.models import PublicationRequest
from tests.drafts import draft_news, published_news


def text_of(pdf: bytes) -> str:
    """The text in one line, as PDFium (Chrome, Edge) gives it to the clipboard."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


@pytest.fixture
def proposed(office, people):
    """A request that waits for the head."""

    def do(**fields) -> PublicationRequest:
        draft = draft_news(office, people.officer, **fields)
        return procedure.propose(draft, by=people.officer)

    return do


@pytest.fixture
def published(office, people):
    """A request whose information is public."""

    def do(**fields) -> PublicationRequest:
        page = published_news(office, people, **fields)
        return PublicationRequest.objects.get(page=page.pk)

    return do


@pytest.fixture
def put_through(people):
    def do(request: PublicationRequest) -> PublicationRequest:
        request = procedure.allow(request, by=people.head)
        return procedure.put_up(request, by=people.webmaster, checks=ALL_CHECKED)

    return do
