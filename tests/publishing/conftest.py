"""Pages at the usual stages, for tests of the procedure."""

from __future__ import annotations

import pytest
from django.test import Client

from govpub.publishing import procedure
from tests.drafts import draft_news, published_news
from tests.publishing.stock import Stock


@pytest.fixture
def logged_in(people):
    """The browser of a person, by the name in ``people``."""

    def login(name):
        client = Client()
        client.force_login(getattr(people, name))
        return client

    return login


@pytest.fixture
def page(office, people):
    """A draft that was never proposed."""
    return draft_news(office, people.officer)


@pytest.fixture
def proposed(page, people):
    """The request of a draft that waits for the head."""
    return procedure.propose(page, by=people.officer)


@pytest.fixture
def public(office, people):
    """A page that went through the procedure and is public."""
    return published_news(office, people)


@pytest.fixture
def stock(bare_site):
    """A section of plain Wagtail, on a site that was never set up."""
    return Stock(bare_site.root_page)
