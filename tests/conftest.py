"""Fixtures that every test may use: two offices and the people of one of them."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.utils.translation.reloader import translation_file_changed

from wagtail.models import Collection, Locale, Page, Site

from govpub.publishing.models import Appointment
from govpub.roles import Role
from govpub.seed.run import set_up
from govpub.thai.catalogue.compiling import compile_catalogues
from tests.availability import pytest_runtest_setup, shared_data  # noqa: F401
from tests.browser_fixtures import browser, browser_page, live_server  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
FIRST = "testserver"
SECOND = "second.example"
PEOPLE = {
    "officer": Role.OFFICER,
    "officer2": Role.OFFICER,
    "head": Role.HEAD,
    "head2": Role.HEAD,
    "webmaster": Role.WEBMASTER,
    "inspector": Role.INSPECTOR,
}


def pytest_configure(config: pytest.Config) -> None:
    """Git carries no compiled catalogues; the words on the screens come from them.

    Django has read those it found by now; it forgets them and reads the fresh ones.
    """
    for folder in ("govpub/locale", "site/locale"):
        compile_catalogues(ROOT / folder)
        for catalogue in (ROOT / folder).rglob("*.mo"):
            translation_file_changed(None, catalogue)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Uploaded files of a test go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def pytest_runtestloop() -> None:
    """All of Django and Wagtail need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell apart what asks no database, what rolls back, and what really commits."""
    for item in items:
        names = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        commits = {"transactional_db", "live_server"} & set(names)
        if not (marker or commits or "db" in names):
            item.add_marker("no_database")
        # It empties the database; the next one of its kind gets all of it back.
        commits = commits or (marker and marker.kwargs.get("transaction"))
        if commits and "django_db_serialized_rollback" not in names:
            names.insert(0, "django_db_serialized_rollback")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings, django_db_keepdb, tmp_path_factory
):
    """SQLite in a file, as on a real site: threads cannot share one in memory.

    With ``--reuse-db`` it stays in ``var``, and the next run starts sooner.
    """
    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        if django_db_keepdb:
            folder = django_settings.VAR_DIR
            folder.mkdir(exist_ok=True)
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build the two offices once; every test gets them back as they were."""
    with django_db_blocker.unblock():
        build_offices()
        database = connections["default"]
        if hasattr(database, "_test_serialized_contents"):
            del database._test_serialized_contents
            # For all connections: a browser's event loop has one of its own.
            contents = database.creation.serialize_db_to_string()
            type(database)._test_serialized_contents = contents


def build_offices() -> None:
    """Make the two offices and their people, unless they are there."""
    if Site.objects.filter(hostname=FIRST).exists():
        return
    ContentType.objects.clear_cache()
    Locale.objects.get_or_create(language_code="th")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    first = make_site(FIRST, "สำนักงานหนึ่ง", default=True)
    for site in (first, make_site(SECOND, "สำนักงานสอง")):
        set_up(site)
    for username, role in PEOPLE.items():
        make_person(username, first, role)
    get_user_model().objects.create_superuser(
        "superuser", "superuser@example.com", "x", first_name="superuser"
    )


def make_site(hostname: str, name: str, *, default: bool = False) -> Site:
    """A site with a front page of its own."""
    front = Page.get_first_root_node().add_child(
        instance=Page(title=name, slug=hostname.replace(".", "-"), live=True)
    )
    if default:
        Site.objects.filter(is_default_site=True).delete()
    return Site.objects.create(
        hostname=hostname, root_page=front, site_name=name, is_default_site=default
    )


def make_person(username: str, site: Site, role: Role, **appointment):
    """A user with one appointment at an office."""
    user = get_user_model().objects.create_user(
        username, f"{username}@example.com", "x", first_name=username
    )
    Appointment.objects.create(
        site=site,
        user=user,
        role=role,
        position=f"position of {username}",
        **appointment,
    )
    return user


@pytest.fixture
def offices(db) -> None:
    """Both offices are there, also after a test that emptied the database."""
    build_offices()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def office(offices) -> Site:
    """The first office, set up; the default site."""
    return Site.objects.get(hostname=FIRST)


@pytest.fixture
def site(office) -> Site:
    """The same, for tests to which the procedure does not matter."""
    return office


@pytest.fixture
def second_office(offices) -> Site:
    """Another office of the same installation, set up, without people."""
    return Site.objects.get(hostname=SECOND)


@pytest.fixture
def bare_site(offices) -> Site:
    """A third site that was never set up."""
    return make_site("bare.example", "สำนักงานใหม่")


@pytest.fixture
def people(office) -> SimpleNamespace:
    """The people of the first office by their names in ``PEOPLE``, and superuser."""
    users = {user.username: user for user in get_user_model().objects.all()}
    return SimpleNamespace(**{name: users[name] for name in (*PEOPLE, "superuser")})
