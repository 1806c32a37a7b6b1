from __future__ import annotations

import secrets
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from wagtail.models import Locale, Page, Site

from govpub.stats import collector, offices
from govpub.stats.hits import Event, Hit

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def fresh_collector(settings, tmp_path):
    """Every test has its own spool, and no office is remembered from the last one."""
    settings.GOVPUB_STATS_DIR = str(tmp_path / "spool")
    offices.forget_offices()
    yield
    collector.reset_collector(setting="GOVPUB_STATS_DIR")


@pytest.fixture
def drain():
    """Count everything that was kept."""
    return lambda: collector.get_collector().store.drain()


@pytest.fixture
def office(db):
    """The office whose pages the visitors of these tests read."""
    Locale.objects.get_or_create(language_code="th")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    front = root.add_child(instance=Page(title="First office", slug="first-office"))
    Site.objects.filter(is_default_site=True).update(is_default_site=False)
    site, _ = Site.objects.update_or_create(
        hostname="testserver",
        port=80,
        defaults={"root_page": front, "is_default_site": True},
    )
    return site


@pytest.fixture
def other_office(office):
    home = office.root_page.get_parent().add_child(
        instance=Page(title="Other office", slug="other-office")
    )
    return Site.objects.create(
        hostname="other.example", port=80, root_page=home, site_name="Other office"
    )


class Person:
    """Somebody with a browser and an address."""

    def __init__(self, address="203.0.113.7", browser=FIREFOX, **headers):
        self.client = Client(
            REMOTE_ADDR=address,
            HTTP_USER_AGENT=browser,
            HTTP_ACCEPT_LANGUAGE=headers.pop("language", "th-TH,th;q=0.9,en;q=0.8"),
            **headers,
        )

    def reads(self, path="/", **headers):
        return self.client.get(path, **headers)


@pytest.fixture
def person():
    return Person


@pytest.fixture
def count_of(db):
    """(views, visitors) of a subject over all days."""
    from django.db.models import Sum

    from govpub.stats.models import DailyCount

    def count(kind, key="", site=None):
        rows = DailyCount.objects.filter(subject__kind=kind, subject__key=key)
        if site:
            rows = rows.filter(subject__site=site)
        total = rows.aggregate(views=Sum("views"), visitors=Sum("visitors"))
        return total["views"] or 0, total["visitors"] or 0

    return count


@pytest.fixture(autouse=True)
def public_documents(monkeypatch):
    """Whether a document is for all is the procedure's business, not the counter's."""
    monkeypatch.setattr("govpub.publishing.serving.is_public_file", lambda file: True)


@pytest.fixture
def own_database():
    """A database for processes of a test's own: on the server of the suite, if that is
    PostgreSQL; SQLite needs no more than the folder, and this is empty.
    """
    if connection.vendor != "postgresql":
        yield ""
        return
    import psycopg

    given = django_settings.DATABASES["default"]
    name = f"govpub_load_{secrets.token_hex(4)}"
    server = {
        "host": given["HOST"] or None,
        "port": given["PORT"] or None,
        "user": given["USER"] or None,
        "password": given["PASSWORD"] or None,
        "dbname": "postgres",
    }
    with psycopg.connect(**server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    yield f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}"
    with psycopg.connect(**server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def visits(office, drain):
    """``visits(day, views, visitors)`` at the office, or at another site."""

    def keep(day, views, visitors, site=office, key="/a/", **more):
        noon = int(datetime(day.year, day.month, day.day, 5, tzinfo=UTC).timestamp())
        for number in range(views):
            visitor = number % visitors + 1
            hit = Hit(noon, site.pk, Event.VIEW, key, visitor=visitor, **more)
            collector.get_collector().store.append(hit)
        drain()

    return keep


@pytest.fixture
def public_addresses(settings, office):
    """The public section at /numbers/ and the footer at /footer/."""
    settings.ROOT_URLCONF = "tests.stats.public_urls"
    cache.clear()


@pytest.fixture
def news(office):
    return office.root_page.add_child(instance=Page(title="ข่าว & news", slug="news"))
